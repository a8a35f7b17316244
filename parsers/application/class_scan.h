#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "application/application_jar.h"
#include "classfile/class_view.h"

namespace preflight {

/// Gathers what the classes of an application say, and sorts it at the end: a name that many classes refer to is kept
/// once.
class ClassScan {
 public:
  /// `place` is that of the class file, and `release` is the N of META-INF/versions/N, 0 for the base. Throws
  /// InputError.
  void add(std::span<const std::byte> bytes, const InputPlace& place, int release);
  /// Takes over what another scan gathered of classes that come behind these on the class path.
  void append(ClassScan&& behind);
  /// Moves everything into `jar`: classes, external_classes, references, string_constants, uid_calls. Nothing may be
  /// added then.
  void finish(ApplicationJar& jar);

 private:
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };

  void add(const ClassView& view, const InputPlace& place, int release);
  void refer(std::string_view internal_name, std::uint32_t referrer);
  /// `position` leads from the order in which classes were added to that of ApplicationJar::classes.
  void finish_references(ApplicationJar& jar, const std::vector<std::uint32_t>& position);

  std::vector<ApplicationClass> classes_;
  std::vector<UidCall> uid_calls_;
  std::unordered_map<std::string, std::vector<std::uint32_t>, TextHash, std::equal_to<>>
      referrers_;                                                       ///< By internal name.
  std::unordered_set<std::string, TextHash, std::equal_to<>> strings_;  ///< In modified UTF-8.
};

}  // namespace preflight
