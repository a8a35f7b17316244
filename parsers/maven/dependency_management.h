#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "maven/pom.h"
#include "maven/pom_document.h"

namespace preflight {

/// The own <dependencyManagement> entries of one model, its parents' among them, BOM imports left out. Entries are
/// interpolated when they are asked for: a BOM has hundreds, a project uses a few.
class ManagedEntries {
 public:
  using Interpolate = std::function<PomDependency(const DeclaredDependency&)>;

  /// `key_of` is the interpolated key of an entry. Of two entries with one key the first counts.
  ManagedEntries(const std::vector<const DeclaredDependency*>& declared, Interpolate interpolate,
                 const std::function<std::string(const DeclaredDependency&)>& key_of);

  const PomDependency* find(const std::string& key);
  const std::vector<std::string>& keys() const { return keys_; }

 private:
  struct Entry {
    const DeclaredDependency* declared;
    std::optional<PomDependency> interpolated;
  };

  Interpolate interpolate_;
  std::unordered_map<std::string, Entry> entries_;
  std::vector<std::string> keys_;
};

/// What <dependencyManagement> and the BOMs it imports say, in Maven's order of precedence: the project's and its
/// parents' own entries, then BOMs in the order of their import; the first entry for a key decides. A parent or BOM
/// that could not be found keeps its rank: what ranks below it is known only as "unless that one manages it".
class DependencyManagement {
 public:
  /// `places`: where things were looked for, for messages: "the tree".
  explicit DependencyManagement(std::string places = "the tree") : places_(std::move(places)) {}

  /// Each adds below all that was added so far. A BOM that comes again adds nothing.
  void add(std::shared_ptr<ManagedEntries> entries);
  void add_missing(const std::string& source) { sources_.push_back({nullptr, source}); }
  void import_bom(const DependencyManagement& bom);

  /// Fills in what the dependency does not say itself (DefaultDependencyManagementInjector): version, scope and
  /// exclusions. A version that cannot be told becomes `unknown`.
  void apply_to(PomDependency& dependency) const;

  /// Every entry that decides something, the highest rank first.
  void visit(const std::function<void(const PomDependency&)>& visitor) const;

  /// How many models and missing sources it is made of.
  std::size_t size() const { return sources_.size(); }

 private:
  struct Source {
    std::shared_ptr<ManagedEntries> entries;  ///< Null for one that is missing.
    std::string missing;
  };
  struct Found {
    const PomDependency* managed = nullptr;
    std::vector<std::string> missing;  ///< Sources above it that could not be found.
  };

  Found find(const std::string& key) const;
  std::string version_from(const Found& found, PomDependency& dependency) const;

  std::string places_;
  std::vector<Source> sources_;
};

/// What identifies a dependency within one model.
std::string management_key(const PomDependency& dependency);

}  // namespace preflight
