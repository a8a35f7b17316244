#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace preflight {

/// Distinct texts that stand elsewhere, numbered from 0 in the order in which they were first added.
class TextNumbers {
 public:
  /// The number of `text`; where it was not known a new one, and the view has to last as long as this.
  std::uint32_t add(std::string_view text) {
    return add(text, [](std::string_view lasting) { return lasting; });
  }
  /// The same for a text that does not last: `keep(text)` is asked for a view that does where it was not known.
  template <class Keep>
  std::uint32_t add(std::string_view text, Keep&& keep);
  std::optional<std::uint32_t> find(std::string_view text) const;

  std::uint32_t size() const { return static_cast<std::uint32_t>(texts_.size()); }
  std::string_view operator[](std::uint32_t number) const { return texts_[number]; }

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t number = kNone;
  };

  static std::uint32_t hash_of(std::string_view text);
  /// The slot that has `text`, or the empty one where it belongs.
  std::size_t slot_of(std::string_view text, std::uint32_t hash) const;
  void grow();

  std::vector<Slot> slots_;  ///< As many as a power of two, at most half of them taken.
  std::vector<std::string_view> texts_;
};

template <class Keep>
std::uint32_t TextNumbers::add(std::string_view text, Keep&& keep) {
  if (2 * texts_.size() >= slots_.size())
    grow();
  const std::uint32_t hash = hash_of(text);
  Slot& slot = slots_[slot_of(text, hash)];
  if (slot.number == kNone) {
    slot = {hash, size()};
    texts_.push_back(keep(text));
  }
  return slot.number;
}

}  // namespace preflight
