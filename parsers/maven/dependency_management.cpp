#include "maven/dependency_management.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <utility>

namespace preflight {
namespace {

constexpr std::size_t kMostSourcesNamed = 3;

/// A version that is written, if only as a property that nobody defines, is not managed.
bool writes_version(const PomDependency& dependency) {
  return dependency.version_decided.line != 0 || !dependency.version_property.empty();
}

std::string named(const std::vector<std::string>& sources) {
  const std::size_t shown = std::min(sources.size(), kMostSourcesNamed);
  std::string text =
      fmt::format("{}", fmt::join(sources.begin(), sources.begin() + static_cast<std::ptrdiff_t>(shown), ", "));
  if (shown < sources.size())
    text += fmt::format(" or {} more", sources.size() - shown);
  return text;
}

}  // namespace

std::string management_key(const PomDependency& dependency) {
  return management_key(dependency.coordinates.group, dependency.coordinates.artifact, dependency.type,
                        dependency.classifier);
}

ManagedEntries::ManagedEntries(const std::vector<const DeclaredDependency*>& declared, Interpolate interpolate,
                               const std::function<std::string(const DeclaredDependency&)>& key_of)
    : interpolate_(std::move(interpolate)) {
  entries_.reserve(declared.size());
  for (const DeclaredDependency* entry : declared) {
    std::string key = key_of(*entry);
    if (entries_.try_emplace(key, Entry{entry, std::nullopt}).second)
      keys_.push_back(std::move(key));
  }
}

const PomDependency* ManagedEntries::find(const std::string& key) {
  const auto found = entries_.find(key);
  if (found == entries_.end())
    return nullptr;
  Entry& entry = found->second;
  if (!entry.interpolated)
    entry.interpolated = interpolate_(*entry.declared);
  return &*entry.interpolated;
}

void DependencyManagement::add(std::shared_ptr<ManagedEntries> entries) {
  sources_.push_back({std::move(entries), ""});
}

void DependencyManagement::import_bom(const DependencyManagement& bom) {
  std::set<const ManagedEntries*> known;
  for (const Source& source : sources_)
    known.insert(source.entries.get());
  for (const Source& source : bom.sources_)
    if (!source.entries || known.insert(source.entries.get()).second)
      sources_.push_back(source);
}

DependencyManagement::Found DependencyManagement::find(const std::string& key) const {
  Found found;
  for (const Source& source : sources_) {
    if (!source.entries)
      found.missing.push_back(source.missing);
    else if ((found.managed = source.entries->find(key)))
      break;
  }
  return found;
}

/// Sets the version, or says why it cannot be told.
std::string DependencyManagement::version_from(const Found& found, PomDependency& dependency) const {
  if (!found.managed && found.missing.empty())
    return fmt::format("no version is written, and no dependencyManagement in {} gives one", places_);
  if (!found.managed)
    return fmt::format("no version is written, and what may manage it is not in {}: {}", places_, named(found.missing));
  const PomDependency& managed = *found.managed;
  const std::string place = fmt::format("{}:{}", managed.declared.path.string(), managed.declared.line);
  if (!writes_version(managed))
    return "managed without a version at " + place;
  if (!found.missing.empty())
    return fmt::format("managed as {} at {}, unless {} manages it: not in {}", managed.coordinates.version, place,
                       named(found.missing), places_);
  dependency.coordinates.version = managed.coordinates.version;
  dependency.version_decided = managed.version_decided;
  dependency.version_property = managed.version_property;
  dependency.version_text = managed.version_text;
  dependency.managed = managed.written;
  return managed.unknown;
}

void DependencyManagement::apply_to(PomDependency& dependency) const {
  const Found found = find(management_key(dependency));
  if (found.managed) {
    if (dependency.scope.empty())
      dependency.scope = found.managed->scope;
    if (dependency.exclusions.empty())
      dependency.exclusions = found.managed->exclusions;
  }
  if (writes_version(dependency))
    return;
  const std::string unknown = version_from(found, dependency);
  if (dependency.unknown.empty())
    dependency.unknown = unknown;
}

void DependencyManagement::visit(const std::function<void(const PomDependency&)>& visitor) const {
  std::set<std::string> seen;
  for (const Source& source : sources_) {
    if (!source.entries)
      continue;
    for (const std::string& key : source.entries->keys())
      if (seen.insert(key).second)
        visitor(*source.entries->find(key));
  }
}

}  // namespace preflight
