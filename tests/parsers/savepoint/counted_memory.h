#pragma once

#include <cstdint>
#include <functional>

namespace preflight::test {

/// The most bytes that `run` had allocated with operator new at one time, beyond those before it, as malloc rounds them
/// up. Counts in the program that counted_memory.cpp is linked into, which replaces operator new; for one thread.
std::uint64_t peak_memory_of(const std::function<void()>& run);

}  // namespace preflight::test
