#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "input/input_error.h"

namespace preflight {

/// The text of an XML file as UTF-8, ready for a parser that knows neither encodings nor DOCTYPEs.
/// Takes UTF-8 (with or without a byte order mark), US-ASCII and ISO-8859-1, as the XML declaration says. Bytes that
/// are not UTF-8 become U+FFFD, as in the decoder that Maven reads with. Line numbers stay what they are. Throws
/// InputError: not_this_format (empty, or it does not begin with `<`), unsupported (another encoding; a DOCTYPE: `what`
/// has none, and without one there are no entities to expand), corrupt (a NUL byte).
std::string xml_text(std::span<const std::byte> bytes, const InputPlace& place, const std::string& what);

}  // namespace preflight
