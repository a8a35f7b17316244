#include "input/interned_texts.h"

#include <cstring>

namespace preflight {
namespace {

/// So few that they stay in the processor's nearest cache.
constexpr std::size_t kRecent = 1024;

/// Where a text may stand among the recent ones. Class names differ at their ends.
std::size_t place_among_recent(std::string_view text) {
  constexpr std::uint64_t kMix = 0x9E3779B97F4A7C15;  // 2^64 over the golden ratio
  constexpr unsigned kUpperHalf = 32;
  std::uint64_t end = text.size();
  if (text.size() >= sizeof end)
    std::memcpy(&end, text.data() + text.size() - sizeof end, sizeof end);
  return static_cast<std::size_t>(((end ^ text.size()) * kMix) >> kUpperHalf) % kRecent;
}

}  // namespace

std::uint32_t InternedTexts::add(std::string_view text) {
  if (recent_.empty())
    recent_.resize(kRecent);
  Recent& recent = recent_[place_among_recent(text)];
  if (recent.text != text || recent.number == UINT32_MAX) {
    recent.number = numbers_.add(text, [this](std::string_view added) { return store_.keep(added); });
    recent.text = numbers_[recent.number];
  }
  return recent.number;
}

}  // namespace preflight
