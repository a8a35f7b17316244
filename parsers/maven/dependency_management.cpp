#include "maven/dependency_management.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "maven/inheritance.h"

namespace preflight {
namespace {

constexpr std::size_t kMostSourcesNamed = 3;

/// A version that is written, if only as a property that nobody defines, is not managed.
bool writes_version(const PomDependency& dependency) {
  return dependency.version_decided.line != 0 || !dependency.version_property.empty();
}

}  // namespace

std::string DependencyManagement::missing_sources() const {
  const std::size_t named = std::min(missing_.size(), kMostSourcesNamed);
  std::string text =
      fmt::format("{}", fmt::join(missing_.begin(), missing_.begin() + static_cast<std::ptrdiff_t>(named), ", "));
  if (named < missing_.size())
    text += fmt::format(" or {} more", missing_.size() - named);
  return text;
}

void DependencyManagement::add(const PomDependency& managed, const std::string& unless) {
  const std::string key = management_key(managed);
  if (entries_.try_emplace(key, Entry{managed, missing_.empty() ? unless : missing_sources()}).second)
    keys_.push_back(key);
}

void DependencyManagement::import_bom(const DependencyManagement& bom) {
  for (const std::string& key : bom.keys_) {
    const Entry& entry = bom.entries_.at(key);
    add(entry.managed, entry.unless);
  }
  missing_.insert(missing_.end(), bom.missing_.begin(), bom.missing_.end());
}

void DependencyManagement::apply_to(PomDependency& dependency) const {
  const auto found = entries_.find(management_key(dependency));
  std::string unknown;
  if (found != entries_.end()) {
    const PomDependency& managed = found->second.managed;
    if (dependency.scope.empty())
      dependency.scope = managed.scope;
    if (dependency.exclusions.empty())
      dependency.exclusions = managed.exclusions;
    if (writes_version(dependency))
      return;
    if (found->second.unless.empty() && writes_version(managed)) {
      dependency.coordinates.version = managed.coordinates.version;
      dependency.version_decided = managed.version_decided;
      dependency.version_property = managed.version_property;
      unknown = managed.unknown;
    } else if (writes_version(managed)) {
      unknown =
          fmt::format("managed as {} at {}:{}, unless {} manages it: not in the tree", managed.coordinates.version,
                      managed.declared.path.string(), managed.declared.line, found->second.unless);
    } else {
      unknown =
          fmt::format("managed without a version at {}:{}", managed.declared.path.string(), managed.declared.line);
    }
  } else if (writes_version(dependency)) {
    return;
  } else if (missing_.empty()) {
    unknown = "no version is written, and no dependencyManagement in the tree gives one";
  } else {
    unknown = fmt::format("no version is written, and what may manage it is not in the tree: {}", missing_sources());
  }
  if (dependency.unknown.empty())
    dependency.unknown = unknown;
}

}  // namespace preflight
