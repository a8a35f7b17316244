#pragma once

// Private to the reader of jobs.

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace preflight {

/// Whether an operator with these aspects is all that `when` wants, and nothing that it has with a '!'.
inline bool aspects_hold(const std::vector<std::string>& when, const std::vector<std::string>& aspects) {
  return std::ranges::all_of(when, [&](std::string_view aspect) {
    const bool wanted = !aspect.starts_with('!');
    if (!wanted)
      aspect.remove_prefix(1);
    return (std::ranges::find(aspects, aspect) != aspects.end()) == wanted;
  });
}

}  // namespace preflight
