#pragma once

#include <cstdint>
#include <limits>

namespace preflight {

// The promise about files from strangers: reading N bytes of savepoint takes at most 64 MiB + 16 N of memory, the bytes
// themselves included. Whatever grows with what a file says is taken from a MemoryLimit first: 24 MiB + 8 N for what is
// kept (operator_assembly.h), 16 MiB + 4 n while a header of n bytes is read (snapshot_reader.h). Real savepoints stay
// far below. What is bounded by constants (a Java object stream, the parts of one handle) has the rest.

/// How much memory may still be taken.
class MemoryLimit {
 public:
  MemoryLimit(std::uint64_t fixed, std::uint64_t per_input_byte, std::uint64_t input_bytes)
      : per_input_byte_(per_input_byte), limit_(fixed) {
    allow_for(input_bytes);
  }

  /// Raises the limit for input that turned up later.
  void allow_for(std::uint64_t input_bytes) {
    constexpr std::uint64_t kMax = std::numeric_limits<std::uint64_t>::max();
    limit_ = input_bytes > (kMax - limit_) / per_input_byte_ ? kMax : limit_ + input_bytes * per_input_byte_;
  }

  /// False, and nothing taken, where less than `bytes` is left.
  [[nodiscard]] bool take(std::uint64_t bytes) {
    if (bytes > limit_ - taken_)
      return false;
    taken_ += bytes;
    return true;
  }

  std::uint64_t limit() const { return limit_; }

 private:
  std::uint64_t per_input_byte_;
  std::uint64_t limit_;
  std::uint64_t taken_ = 0;
};

/// What an element costs a vector that grows to hold it: while the elements move to a place twice as large, there are
/// three for each.
template <typename Element>
constexpr std::uint64_t kGrowingElement = 3 * sizeof(Element);

}  // namespace preflight
