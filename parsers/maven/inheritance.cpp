#include "maven/inheritance.h"

#include <cstddef>
#include <unordered_map>
#include <utility>

namespace preflight {
namespace {

enum class Dominant { target, source };

std::string key_of(const std::string& group, const std::string& artifact, const std::string& type,
                   const std::string& classifier) {
  const std::string key = group + ":" + artifact + ":" + type;
  return classifier.empty() ? key : key + ":" + classifier;
}

/// Keeps the order of first appearance, as the linked maps of Maven's ModelMerger do. A target with nothing to merge
/// stays as it is, duplicates included.
void merge(std::vector<DeclaredDependency>& target, const std::vector<DeclaredDependency>& source, Dominant dominant) {
  if (source.empty())
    return;
  drop_duplicates(target);
  std::unordered_map<std::string, std::size_t> positions;
  for (std::size_t i = 0; i < target.size(); ++i)
    positions.emplace(management_key(target[i]), i);
  for (const DeclaredDependency& dependency : source) {
    const auto [position, added] = positions.emplace(management_key(dependency), target.size());
    if (added)
      target.push_back(dependency);
    else if (dominant == Dominant::source)
      target[position->second] = dependency;
  }
}

void merge(PomSection& target, const PomSection& source, Dominant dominant) {
  for (const auto& [name, value] : source.properties) {
    if (dominant == Dominant::source)
      target.properties.insert_or_assign(name, value);
    else
      target.properties.emplace(name, value);
  }
  merge(target.dependencies, source.dependencies, dominant);
  merge(target.managed, source.managed, dominant);
}

}  // namespace

std::string management_key(const DeclaredDependency& dependency) {
  return key_of(dependency.group, dependency.artifact, dependency.type, dependency.classifier);
}

std::string management_key(const PomDependency& dependency) {
  return key_of(dependency.coordinates.group, dependency.coordinates.artifact, dependency.type, dependency.classifier);
}

void inject_profile(PomSection& project, const PomSection& profile) {
  merge(project, profile, Dominant::source);
}

void inherit(PomSection& project, const PomSection& parent) {
  merge(project, parent, Dominant::target);
}

void drop_duplicates(std::vector<DeclaredDependency>& dependencies) {
  std::unordered_map<std::string, std::size_t> positions;
  std::vector<DeclaredDependency> kept;
  for (DeclaredDependency& dependency : dependencies) {
    const auto [position, added] = positions.emplace(management_key(dependency), kept.size());
    if (added)
      kept.push_back(std::move(dependency));
    else
      kept[position->second] = std::move(dependency);
  }
  dependencies = std::move(kept);
}

}  // namespace preflight
