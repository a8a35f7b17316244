#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>

#include "input/input_error.h"

namespace preflight {

/// A .properties file as java.util.Properties#load(InputStream) reads it: ISO 8859-1, comments, continuation lines,
/// `=`, `:` or white space between key and value, escapes. Keys and values are returned in UTF-8; of a key given twice
/// the last. Throws InputError (corrupt) at a \u that four hex digits do not follow.
std::map<std::string, std::string> parse_java_properties(std::span<const std::byte> bytes, const InputPlace& place);

}  // namespace preflight
