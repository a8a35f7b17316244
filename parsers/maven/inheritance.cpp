#include "maven/inheritance.h"

#include <cstddef>
#include <unordered_map>

namespace preflight {
namespace {

enum class Dominant { target, source };
using Declared = std::vector<const DeclaredDependency*>;

void drop_duplicates(Declared& dependencies) {
  std::unordered_map<std::string_view, std::size_t> positions;
  Declared kept;
  for (const DeclaredDependency* dependency : dependencies) {
    const auto [position, added] = positions.emplace(dependency->key, kept.size());
    if (added)
      kept.push_back(dependency);
    else
      kept[position->second] = dependency;
  }
  dependencies = std::move(kept);
}

/// Keeps the order of first appearance, as the linked maps of Maven's ModelMerger do. A target with nothing to merge
/// stays as it is, duplicates included.
void merge(Declared& target, const Declared& source, Dominant dominant) {
  if (source.empty())
    return;
  drop_duplicates(target);
  std::unordered_map<std::string_view, std::size_t> positions;
  for (std::size_t i = 0; i < target.size(); ++i)
    positions.emplace(target[i]->key, i);
  for (const DeclaredDependency* dependency : source) {
    const auto [position, added] = positions.emplace(dependency->key, target.size());
    if (added)
      target.push_back(dependency);
    else if (dominant == Dominant::source)
      target[position->second] = dependency;
  }
}

void merge(MergedSection& target, const MergedSection& source, Dominant dominant) {
  for (const auto& [name, value] : source.properties) {
    if (dominant == Dominant::source)
      target.properties.insert_or_assign(name, value);
    else
      target.properties.emplace(name, value);
  }
  merge(target.dependencies, source.dependencies, dominant);
  merge(target.managed, source.managed, dominant);
}

MergedSection as_written(const PomSection& section) {
  MergedSection merged;
  for (const auto& [name, value] : section.properties)
    merged.properties.emplace(name, &value);
  for (const DeclaredDependency& dependency : section.dependencies)
    merged.dependencies.push_back(&dependency);
  for (const DeclaredDependency& dependency : section.managed)
    merged.managed.push_back(&dependency);
  return merged;
}

}  // namespace

MergedSection normalized(const PomSection& section) {
  MergedSection merged = as_written(section);
  drop_duplicates(merged.dependencies);
  return merged;
}

void inject_profile(MergedSection& project, const PomSection& profile) {
  merge(project, as_written(profile), Dominant::source);
}

void inherit(MergedSection& project, const MergedSection& parent) {
  merge(project, parent, Dominant::target);
}

}  // namespace preflight
