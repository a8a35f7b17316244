#pragma once

#include <functional>
#include <map>
#include <optional>

#include "linkage/class_world.h"

namespace preflight {

/// The application's code on the Flink releases before and after the target.
class WorldHistory {
 public:
  /// `target` is an ordinal of the line "flink", which `inputs` has.
  WorldHistory(const WorldInputs& inputs, std::uint16_t target);

  ClassWorld& at(std::uint16_t ordinal);
  /// The newest release before the target of which `holds` is true.
  std::optional<std::uint16_t> last_before(const std::function<bool(ClassWorld&)>& holds);
  /// The oldest release after the target of which `holds` is true.
  std::optional<std::uint16_t> first_after(const std::function<bool(ClassWorld&)>& holds);

 private:
  const WorldInputs& inputs_;
  ApiSpan line_;
  std::uint16_t target_;
  std::map<std::uint16_t, ClassWorld> worlds_;
};

}  // namespace preflight
