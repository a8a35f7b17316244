#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace preflight {

/// Distinct texts, numbered from 0 in the order in which they were first added. Each is kept once; views of them are
/// good as long as this is.
class InternedTexts {
 public:
  /// The number of `text`, a new one where it was not known.
  std::uint32_t add(std::string_view text);
  std::optional<std::uint32_t> find(std::string_view text) const;

  std::uint32_t size() const { return static_cast<std::uint32_t>(texts_.size()); }
  std::string_view operator[](std::uint32_t number) const { return texts_[number]; }

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t number = kNone;
  };
  static constexpr std::uint32_t kNone = UINT32_MAX;
  /// Few enough to stay in the processor's nearest cache: neighbouring classes refer to the same names again and again.
  static constexpr std::size_t kRecent = 1024;

  /// The slot that has `text`, or the empty one where it belongs.
  std::size_t slot_of(std::string_view text, std::uint32_t hash) const;
  void grow();
  std::string_view keep(std::string_view text);

  std::vector<std::uint32_t> recent_;  ///< Numbers that add returned lately, by a hash of the texts' ends.
  std::vector<Slot> slots_;            ///< As many as a power of two, at most half of them taken.
  std::vector<std::string_view> texts_;
  std::vector<std::unique_ptr<char[]>> blocks_;  ///< Where the texts stand.
  char* free_ = nullptr;                         ///< The rest of the last block.
  std::size_t free_bytes_ = 0;
};

}  // namespace preflight
