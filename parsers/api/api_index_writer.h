#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "api/api_index.h"

namespace preflight {

/// An index of these classes, as ApiIndex::read reads it. A release's place in `releases` is its ordinal: those of one
/// line stand together, oldest first. Classes come in any order and more than once; their spans are ordinals of
/// `releases`, each within one line. What is the same in adjoining releases is joined; where two records claim the same
/// release, the one that came first has it. The views need to live for the call only. The same classes make the same
/// bytes.
///
/// Throws std::invalid_argument for a descriptor that is none and for a span that is not within one line.
std::vector<std::byte> write_api_index(std::span<const ApiRelease> releases, std::vector<ApiClass> classes);

/// The index as a file of its own: what several were laid over each other for.
std::vector<std::byte> write_api_index(const ApiIndex& index);

}  // namespace preflight
