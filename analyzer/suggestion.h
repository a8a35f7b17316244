#pragma once

#include <string>
#include <vector>

namespace preflight {

/// The name that is at most two edits away from `given`, and the nearest of them; empty where none is near.
std::string nearest_name(const std::string& given, const std::vector<std::string>& names);

/// " Did you mean NAME?" with the nearest name, or nothing where none is near.
std::string did_you_mean(const std::string& given, const std::vector<std::string>& names);

/// "a, b or c": what could have been given.
std::string one_of(const std::vector<std::string>& names);

}  // namespace preflight
