#include "maven/pom.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <utility>

#include "input/input_error.h"
#include "maven/dependency_management.h"
#include "maven/inheritance.h"
#include "maven/interpolation.h"
#include "maven/pom_tree.h"
#include "maven/profile_activation.h"

namespace preflight {
namespace {

constexpr std::size_t kMostBomLevels = 32;
constexpr std::size_t kMostEntries = 250'000;  // Dependencies merged and imported for one pom, all in all.

/// A pom after profiles and inheritance, before management: the texts as written, and what interpolates them.
struct AssembledPom {
  std::string missing_parent;
  std::string missing_because;
  PomSection section;
  std::vector<ProfileDecision> profiles;  ///< Of the whole line, the pom's own first.
  Interpolator interpolator;
};

PomValue inherited(const PomDocument& pom, const PomValue PomDocument::*own, std::string Coordinates::*from_parent) {
  if (!(pom.*own).text.empty() || !pom.parent)
    return pom.*own;
  return {pom.parent->coordinates.*from_parent, pom.parent->version_place};
}

/// The project's own values that ${project.…} can name, as written.
std::map<std::string, PomValue> project_values(const PomDocument& pom) {
  std::map<std::string, PomValue> values;
  values["groupId"] = inherited(pom, &PomDocument::group, &Coordinates::group);
  values["artifactId"] = pom.artifact;
  values["version"] = inherited(pom, &PomDocument::version, &Coordinates::version);
  values["packaging"] = {pom.packaging, {pom.path, 0}};
  if (!pom.name.empty())
    values["name"] = {pom.name, {pom.path, 0}};
  if (pom.parent) {
    const PomPlace& place = pom.parent->version_place;
    values["parent.groupId"] = {pom.parent->coordinates.group, place};
    values["parent.artifactId"] = {pom.parent->coordinates.artifact, place};
    values["parent.version"] = {pom.parent->coordinates.version, place};
  }
  return values;
}

/// Builds the models that one read_pom asks for: the pom itself and the BOMs it imports.
class PomReader {
 public:
  PomModel read(const std::filesystem::path& path);

 private:
  AssembledPom assemble(const PomDocument& pom, const Lineage& line);
  Coordinates coordinates(const PomDocument& pom, Interpolator& interpolator);
  PomDependency interpolated(const DeclaredDependency& declared, Interpolator& interpolator);
  const DependencyManagement& management(const PomDocument& pom, AssembledPom& assembled);
  void import_bom(const PomDependency& reference, DependencyManagement& management);
  const PomDocument* find_bom(const Coordinates& wanted);
  void spend(std::size_t entries, const PomPlace& place);
  void note(const std::string& unknown);

  PomTree tree_;
  Lineage line_;
  std::vector<const PomDocument*> reactor_;
  std::map<const PomDocument*, DependencyManagement> managements_;
  std::vector<std::string> importing_;  ///< The chain of BOMs that import each other right now.
  std::set<std::string> undefined_;     ///< Reasons that interpolation gave for dependencies.
  std::vector<std::string> unknowns_;
  std::size_t entries_ = 0;
};

void PomReader::note(const std::string& unknown) {
  if (std::find(unknowns_.begin(), unknowns_.end(), unknown) == unknowns_.end())
    unknowns_.push_back(unknown);
}

void PomReader::spend(std::size_t entries, const PomPlace& place) {
  entries_ += entries;
  if (entries_ > kMostEntries)
    throw InputError(InputErrorKind::over_limit, {.path = place.path.string(), .line = place.line},
                     fmt::format("expected at most {} dependencies to merge, found more", kMostEntries));
}

/// Each pom of the line gets its own active profiles first, then its parents' share (DefaultModelBuilder#build).
AssembledPom PomReader::assemble(const PomDocument& pom, const Lineage& line) {
  PomSection section;
  std::vector<ProfileDecision> profiles;
  for (const PomDocument* member : line.poms) {
    PomSection own = member->section;
    drop_duplicates(own.dependencies);
    for (const ProfileDecision& decision : decide_profiles(member->profiles)) {
      profiles.push_back(decision);
      if (decision.active)
        inject_profile(own, decision.profile->section);
    }
    spend(own.dependencies.size() + own.managed.size(), {member->path, 1});
    if (member == &pom)
      section = std::move(own);
    else
      inherit(section, own);
  }
  Interpolator::Sources sources{project_values(pom), section.properties, ""};
  if (!line.missing_parent.empty())
    sources.undefined_note = fmt::format("; {}, which may define it, is not in the tree either", line.missing_parent);
  return {line.missing_parent, line.missing_because, std::move(section), std::move(profiles),
          Interpolator(std::move(sources))};
}

Coordinates PomReader::coordinates(const PomDocument& pom, Interpolator& interpolator) {
  const auto values = project_values(pom);
  const auto version = interpolator.interpolate(values.at("version"));
  return {interpolator.interpolate(values.at("groupId")).text, interpolator.interpolate(values.at("artifactId")).text,
          version.unknown.empty() ? version.text : ""};
}

PomDependency PomReader::interpolated(const DeclaredDependency& declared, Interpolator& interpolator) {
  PomDependency dependency;
  const auto text = [&](const std::string& as_written) {
    const auto result = interpolator.interpolate({as_written, declared.place});
    if (dependency.unknown.empty())
      dependency.unknown = result.unknown;
    return result.text;
  };
  dependency.coordinates.group = text(declared.group);
  dependency.coordinates.artifact = text(declared.artifact);
  dependency.type = text(declared.type);
  dependency.classifier = text(declared.classifier);
  dependency.scope = text(declared.scope);
  dependency.optional = text(declared.optional) == "true";
  for (const Coordinates& exclusion : declared.exclusions)
    dependency.exclusions.push_back({text(exclusion.group), text(exclusion.artifact), ""});
  dependency.declared = declared.place;

  const auto version = interpolator.interpolate(declared.version);
  const auto origin = interpolator.origin(declared.version);
  dependency.version_decided = origin.place;
  dependency.version_property = origin.property;
  if (version.unknown.empty())
    dependency.coordinates.version = version.text;
  else
    dependency.unknown = version.unknown;
  if (!dependency.unknown.empty())
    undefined_.insert(dependency.unknown);
  return dependency;
}

/// A BOM of those coordinates among the parents and modules around the pom that was asked for.
const PomDocument* PomReader::find_bom(const Coordinates& wanted) {
  if (reactor_.empty()) {
    std::vector<std::string> unreadable;
    reactor_ = tree_.reactor(line_, unreadable);
    for (const std::string& module : unreadable)
      note("module that cannot be read: " + module);
  }
  for (const PomDocument* candidate : reactor_) {
    if (candidate->artifact.text != wanted.artifact)
      continue;
    auto assembled = assemble(*candidate, tree_.lineage(*candidate));
    if (coordinates(*candidate, assembled.interpolator) == wanted)
      return candidate;
  }
  return nullptr;
}

void PomReader::import_bom(const PomDependency& reference, DependencyManagement& management) {
  const std::string bom = reference.coordinates.text();
  const std::string name =
      fmt::format("BOM {} ({}:{})", bom, reference.declared.path.string(), reference.declared.line);
  const PomDocument* found = reference.unknown.empty() ? find_bom(reference.coordinates) : nullptr;
  if (!found) {
    note(reference.unknown.empty() ? name + " is not in the tree" : name + ": " + reference.unknown);
    management.add_missing(name);
    return;
  }
  const InputPlace place{.path = reference.declared.path.string(), .line = reference.declared.line};
  if (std::find(importing_.begin(), importing_.end(), bom) != importing_.end())
    throw InputError(
        InputErrorKind::corrupt, place,
        fmt::format("expected BOMs that end, found a cycle: {} -> {}", fmt::join(importing_, " -> "), bom));
  if (importing_.size() == kMostBomLevels)
    throw InputError(InputErrorKind::over_limit, place,
                     fmt::format("expected BOMs that import each other at most {} deep, found deeper", kMostBomLevels));
  auto assembled = assemble(*found, tree_.lineage(*found));
  const DependencyManagement& imported = this->management(*found, assembled);
  spend(imported.size(), reference.declared);
  management.import_bom(imported);
}

/// The effective <dependencyManagement> of a pom, computed once.
const DependencyManagement& PomReader::management(const PomDocument& pom, AssembledPom& assembled) {
  if (const auto known = managements_.find(&pom); known != managements_.end())
    return known->second;

  importing_.push_back(coordinates(pom, assembled.interpolator).text());
  DependencyManagement management;
  std::vector<PomDependency> boms;
  for (const DeclaredDependency& declared : assembled.section.managed) {
    PomDependency managed = interpolated(declared, assembled.interpolator);
    if (managed.type == "pom" && managed.scope == "import")
      boms.push_back(std::move(managed));
    else
      management.add(managed);
  }
  if (!assembled.missing_parent.empty())
    management.add_missing(assembled.missing_parent);
  for (const PomDependency& bom : boms)
    import_bom(bom, management);
  importing_.pop_back();
  return managements_[&pom] = std::move(management);
}

PomModel PomReader::read(const std::filesystem::path& path) {
  const PomDocument& pom = tree_.read(path);
  line_ = tree_.lineage(pom);
  AssembledPom assembled = assemble(pom, line_);
  Interpolator& interpolator = assembled.interpolator;
  if (!assembled.missing_parent.empty())
    note(fmt::format("{} is not in the tree: {}", assembled.missing_parent, assembled.missing_because));

  PomModel model;
  model.path = path;
  model.project = coordinates(pom, interpolator);
  model.packaging = interpolator.interpolate({pom.packaging, {path, 0}}).text;
  if (model.project.version.empty())
    note("the project's version: " + interpolator.interpolate(project_values(pom).at("version")).unknown);

  const DependencyManagement& managed = management(pom, assembled);
  for (const DeclaredDependency& declared : assembled.section.dependencies) {
    PomDependency dependency = interpolated(declared, interpolator);
    managed.apply_to(dependency);
    if (dependency.scope.empty())
      dependency.scope = "compile";
    if (undefined_.contains(dependency.unknown))
      note(dependency.unknown);
    model.dependencies.push_back(std::move(dependency));
  }
  for (const ProfileDecision& decision : assembled.profiles) {
    if (!decision.depends_on.empty() && touches_dependencies(*decision.profile, interpolator.used()))
      note(describe(decision));
  }
  for (const auto& [name, value] : assembled.section.properties)
    model.properties[name] = interpolator.interpolate(value).text;
  model.unknowns = std::move(unknowns_);
  return model;
}

}  // namespace

PomModel read_pom(const std::filesystem::path& path) {
  return PomReader().read(path);
}

}  // namespace preflight
