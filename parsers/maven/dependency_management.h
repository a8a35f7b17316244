#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

#include "maven/pom.h"

namespace preflight {

/// What <dependencyManagement> and the BOMs it imports say, in Maven's order of precedence: the project's and its
/// parents' own entries, then BOMs in the order of their import; the first entry for a key decides. A parent or BOM
/// that is not in the tree keeps its rank: what ranks below it is known only as "unless that one manages it".
class DependencyManagement {
 public:
  /// Adds an entry below all that was added so far.
  void add(const PomDependency& managed) { add(managed, ""); }
  void add_missing(const std::string& source) { missing_.push_back(source); }
  void import_bom(const DependencyManagement& bom);

  /// Fills in what the dependency does not say itself (DefaultDependencyManagementInjector): version, scope and
  /// exclusions. A version that cannot be told becomes `unknown`.
  void apply_to(PomDependency& dependency) const;

  std::size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    PomDependency managed;
    std::string unless;  ///< Sources that rank above and are not in the tree.
  };

  void add(const PomDependency& managed, const std::string& unless);
  std::string missing_sources() const;

  std::unordered_map<std::string, Entry> entries_;
  std::vector<std::string> keys_;  ///< In the order of precedence.
  std::vector<std::string> missing_;
};

}  // namespace preflight
