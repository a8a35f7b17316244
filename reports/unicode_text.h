#pragma once

#include <string>
#include <string_view>

namespace preflight {

// Names in a report come from JARs and savepoints that anyone may have made: any bytes at all. These functions are what
// stands between such a name and a terminal, a browser or a JSON parser.

/// `text` with every byte that is not part of well-formed UTF-8 replaced by U+FFFD.
std::string valid_utf8(std::string_view text);

/// `text` as a reader should see it: control characters and bytes that are not UTF-8 as \xNN; characters that show
/// nothing themselves but change what is around them (bidirectional overrides, zero-width characters, line and
/// paragraph separators: Unicode categories Cf, Zl, Zp) as \uNNNN.
std::string visible_text(std::string_view text);

/// Columns that `text` takes on a terminal: two for wide East Asian characters, none for combining marks (UAX #11).
/// `text` is well-formed UTF-8 without control characters, as visible_text() returns it.
int display_width(std::string_view text);

}  // namespace preflight
