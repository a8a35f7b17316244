#include "input/interned_texts.h"

#include <algorithm>
#include <cstring>

#include "input/text_hash.h"

namespace preflight {
namespace {

constexpr std::size_t kFirstSlots = 256;
constexpr std::size_t kBlock = std::size_t{64} << 10U;

std::uint32_t hash_of(std::string_view text) {
  return static_cast<std::uint32_t>(text_hash(text));
}

/// Where a text may stand among the recent ones. Class names differ at their ends.
std::size_t place_among_recent(std::string_view text, std::size_t places) {
  constexpr std::uint64_t kMix = 0x9E3779B97F4A7C15;  // 2^64 over the golden ratio
  constexpr unsigned kUpperHalf = 32;
  std::uint64_t end = text.size();
  if (text.size() >= sizeof end)
    std::memcpy(&end, text.data() + text.size() - sizeof end, sizeof end);
  return static_cast<std::size_t>(((end ^ text.size()) * kMix) >> kUpperHalf) % places;
}

}  // namespace

std::size_t InternedTexts::slot_of(std::string_view text, std::uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  while (slots_[at].number != kNone && (slots_[at].hash != hash || texts_[slots_[at].number] != text))
    at = (at + 1) & mask;
  return at;
}

std::uint32_t InternedTexts::add(std::string_view text) {
  if (2 * texts_.size() >= slots_.size())
    grow();
  std::uint32_t& recent = recent_[place_among_recent(text, kRecent)];
  if (recent < texts_.size() && texts_[recent] == text)
    return recent;
  const std::uint32_t hash = hash_of(text);
  Slot& slot = slots_[slot_of(text, hash)];
  if (slot.number == kNone) {
    slot = {hash, size()};
    texts_.push_back(keep(text));
  }
  return recent = slot.number;
}

std::optional<std::uint32_t> InternedTexts::find(std::string_view text) const {
  if (slots_.empty())
    return std::nullopt;
  const Slot& slot = slots_[slot_of(text, hash_of(text))];
  return slot.number == kNone ? std::nullopt : std::optional(slot.number);
}

void InternedTexts::grow() {
  recent_.resize(kRecent, kNone);
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

std::string_view InternedTexts::keep(std::string_view text) {
  if (text.empty())
    return {};
  if (text.size() > free_bytes_) {
    free_bytes_ = std::max(kBlock, text.size());
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(free_bytes_));
    free_ = blocks_.back().get();
  }
  std::memcpy(free_, text.data(), text.size());
  const std::string_view kept(free_, text.size());
  free_ += text.size();
  free_bytes_ -= text.size();
  return kept;
}

}  // namespace preflight
