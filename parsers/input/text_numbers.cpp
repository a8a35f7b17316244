#include "input/text_numbers.h"

#include <algorithm>
#include <utility>

#include "input/text_hash.h"

namespace preflight {

std::uint32_t TextNumbers::hash_of(std::string_view text) {
  return static_cast<std::uint32_t>(text_hash(text));
}

std::size_t TextNumbers::slot_of(std::string_view text, std::uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  while (slots_[at].number != kNone && (slots_[at].hash != hash || texts_[slots_[at].number] != text))
    at = (at + 1) & mask;
  return at;
}

std::optional<std::uint32_t> TextNumbers::find(std::string_view text) const {
  if (slots_.empty())
    return std::nullopt;
  const Slot& slot = slots_[slot_of(text, hash_of(text))];
  return slot.number == kNone ? std::nullopt : std::optional(slot.number);
}

void TextNumbers::grow() {
  constexpr std::size_t kFirstSlots = 256;
  const std::vector<Slot> before = std::move(slots_);
  slots_.assign(std::max(kFirstSlots, 4 * before.size()), {});
  const std::size_t mask = slots_.size() - 1;
  for (const Slot& slot : before) {
    if (slot.number == kNone)
      continue;
    std::size_t at = slot.hash & mask;
    while (slots_[at].number != kNone)
      at = (at + 1) & mask;
    slots_[at] = slot;
  }
}

}  // namespace preflight
