#pragma once

#include <string>
#include <string_view>

namespace preflight {

/// Whether all of `text` is as `pattern` says: `*` stands for any characters, `?` for one, and what follows a backslash
/// for itself. Takes time in the product of the lengths at most, whatever the pattern.
bool matches_pattern(std::string_view pattern, std::string_view text);

/// The pattern that `text` alone matches.
std::string pattern_of(std::string_view text);

}  // namespace preflight
