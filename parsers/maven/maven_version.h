#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace preflight {

/// Orders versions as Maven's resolver does (org.eclipse.aether.util.version.GenericVersion): numbers by value, known
/// qualifiers alpha < beta < milestone < rc < snapshot < release < sp, other words after these, trailing zeros ignored.
std::strong_ordering compare_versions(std::string_view left, std::string_view right);

/// Whether a version names a range, "[1.0,2.0)", and not one release.
bool is_version_range(std::string_view version);

/// A version range, or several: "[1.0,2.0),[3.0]".
class VersionRange {
 public:
  /// None where the brackets do not pair up.
  static std::optional<VersionRange> parse(std::string_view text);

  bool contains(std::string_view version) const;
  /// The version of a range that holds exactly one: "[1.0]".
  std::optional<std::string> only_version() const;
  /// The highest of the versions that is in the range; none where none is.
  std::optional<std::string> highest_of(const std::vector<std::string>& versions) const;

 private:
  struct Interval {
    std::string lowest;  ///< Empty where there is no bound.
    std::string highest;
    bool lowest_included = false;
    bool highest_included = false;
  };
  std::vector<Interval> intervals_;
};

}  // namespace preflight
