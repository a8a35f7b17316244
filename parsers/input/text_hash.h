#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace preflight {

/// A hash (XXH3) with a seed that is another one in each run: nobody can choose names for a hostile input that all have
/// one hash. So nothing that is shown may depend on it.
std::uint64_t text_hash(std::string_view text);

/// For the standard's containers, which then can be searched by a view of a string.
struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return text_hash(text); }
};

}  // namespace preflight
