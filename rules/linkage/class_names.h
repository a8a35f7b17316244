#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "application/application_jar.h"

namespace preflight {

/// Finds the classes of a JAR by their names: in a table of its own, since linking asks for tens of thousands of names,
/// and the sorted list takes as many comparisons for each as it has bits.
class ClassNames {
 public:
  /// `application` must outlive this.
  explicit ClassNames(const ApplicationJar& application);

  /// All classes of that name, of every release, as they stand in ApplicationJar::classes.
  std::span<const ApplicationClass> find(std::string_view name) const;
  /// Their place there.
  std::uint32_t index_of(const ApplicationClass& of) const { return static_cast<std::uint32_t>(&of - classes_.data()); }

 private:
  std::span<const ApplicationClass> classes_;  ///< Sorted by name.
  std::vector<std::uint32_t> slots_;           ///< One more than the index of the first class of a name; 0: empty.
};

}  // namespace preflight
