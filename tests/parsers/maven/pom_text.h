#pragma once

#include <filesystem>
#include <string>

#include "maven/pom.h"

namespace preflight::test {

/// A dependency in the notation of PomCase, with paths relative to `root`.
inline std::string text_of(const PomDependency& dependency, const std::filesystem::path& root) {
  const Coordinates& coordinates = dependency.coordinates;
  std::string text =
      coordinates.group + ":" + coordinates.artifact + ":" + coordinates.version + " " + dependency.scope;
  if (dependency.type != "jar")
    text += " type=" + dependency.type;
  if (!dependency.classifier.empty())
    text += " classifier=" + dependency.classifier;
  if (dependency.optional)
    text += " optional";
  for (const Coordinates& exclusion : dependency.exclusions)
    text += " excludes " + exclusion.text();
  const PomPlace& decided = dependency.version_decided;
  const bool in_the_dependency = decided.path == dependency.declared.path && decided.line == dependency.declared.line;
  if (decided.line != 0 && (!in_the_dependency || !dependency.version_property.empty()))
    text += " @" + decided.path.lexically_relative(root).string() + ":" + std::to_string(decided.line);
  if (!dependency.version_property.empty())
    text += " by " + dependency.version_property;
  return dependency.unknown.empty() ? text : text + "; " + dependency.unknown;
}

/// `text` without the folder it speaks of, so that expectations need not know where the test runs.
inline std::string without_root(std::string text, const std::filesystem::path& root) {
  const std::string prefix = root.string() + "/";
  for (auto at = text.find(prefix); at != std::string::npos; at = text.find(prefix))
    text.erase(at, prefix.size());
  return text;
}

}  // namespace preflight::test
