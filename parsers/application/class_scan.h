#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "application/application_jar.h"
#include "classfile/class_view.h"

namespace preflight {

/// Gathers what the classes of an application say, one after the other, and sorts it at the end: a name that many
/// classes refer to is kept once.
class ClassScan {
 public:
  /// `entry` names the class file, and `release` is the N of META-INF/versions/N, 0 for the base.
  void add(const ClassView& view, std::string entry, int release);
  /// Moves everything into `jar`: classes, external_classes, string_constants. Nothing may be added then.
  void finish(ApplicationJar& jar);

 private:
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };

  void refer(std::string_view internal_name, std::uint32_t referrer);

  std::vector<ApplicationClass> classes_;
  std::unordered_map<std::string, std::vector<std::uint32_t>, TextHash, std::equal_to<>>
      referrers_;                                                       ///< By internal name.
  std::unordered_set<std::string, TextHash, std::equal_to<>> strings_;  ///< In modified UTF-8.
};

}  // namespace preflight
