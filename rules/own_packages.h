#pragma once

#include <string>
#include <string_view>

#include "application/application_jar.h"

namespace preflight {

/// Which packages are the team's own, as far as the entry class tells.
class OwnPackages {
 public:
  explicit OwnPackages(const ApplicationJar& application);

  /// False where the manifest names no class of the JAR: nobody can tell then.
  bool known() const { return !organisation_.empty(); }
  /// The entry class's package and all below it.
  bool is_entry_package(std::string_view package) const;
  /// All packages of the entry class's organisation: of com.acme, where it is com.acme.jobs.Main.
  bool is_own_package(std::string_view package) const;
  /// Whether a Maven group is of the same organisation.
  bool is_own_group(std::string_view group) const;

 private:
  std::string entry_package_;
  std::string organisation_;
};

}  // namespace preflight
