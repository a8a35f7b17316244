#pragma once

#include <cstdint>

#include "savepoint/savepoint.h"

namespace preflight {

/// Bytes of memory that a snapshot, a state takes beside the object itself.
std::uint64_t memory_beside(const SerializerSnapshot& snapshot);
std::uint64_t memory_beside(const State& state);

}  // namespace preflight
