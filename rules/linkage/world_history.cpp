#include "linkage/world_history.h"

namespace preflight {

WorldHistory::WorldHistory(const WorldInputs& inputs, std::uint16_t target)
    : inputs_(inputs), line_(inputs.api->line("flink").value()), target_(target) {}

ClassWorld& WorldHistory::at(std::uint16_t ordinal) {
  return worlds_.try_emplace(ordinal, inputs_, ordinal, ClassWorld::Purpose::history).first->second;
}

std::optional<std::uint16_t> WorldHistory::last_before(const std::function<bool(ClassWorld&)>& holds) {
  for (std::uint16_t ordinal = target_; ordinal > line_.first; --ordinal)
    if (holds(at(static_cast<std::uint16_t>(ordinal - 1))))
      return static_cast<std::uint16_t>(ordinal - 1);
  return std::nullopt;
}

std::optional<std::uint16_t> WorldHistory::first_after(const std::function<bool(ClassWorld&)>& holds) {
  for (std::uint16_t ordinal = target_; ordinal < line_.last; ++ordinal)
    if (holds(at(static_cast<std::uint16_t>(ordinal + 1))))
      return static_cast<std::uint16_t>(ordinal + 1);
  return std::nullopt;
}

}  // namespace preflight
