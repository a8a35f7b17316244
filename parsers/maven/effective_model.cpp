#include "maven/effective_model.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "input/input_error.h"
#include "maven/maven_version.h"

namespace preflight {
namespace {

constexpr std::size_t kMostBomLevels = 32;
constexpr std::size_t kMostEntries = 2'000'000;  // Dependencies merged, over all models.

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

bool is_bom_import(const PomDependency& managed) {
  return managed.type == "pom" && managed.scope == "import";
}

/// Notes the end of a scope in the chain of BOMs, also where an error leaves it.
class ChainLink {
 public:
  ChainLink(std::vector<std::string>& chain, std::string name) : chain_(chain) { chain_.push_back(std::move(name)); }
  ~ChainLink() { chain_.pop_back(); }
  ChainLink(const ChainLink&) = delete;
  ChainLink& operator=(const ChainLink&) = delete;

 private:
  std::vector<std::string>& chain_;
};

}  // namespace

void add_once(std::vector<std::string>& list, const std::string& text) {
  if (std::find(list.begin(), list.end(), text) == list.end())
    list.push_back(text);
}

EffectiveModels::EffectiveModels(PomTree& tree, const PomSettings& settings) : tree_(tree), settings_(settings) {
  for (const auto& [name, value] : settings.user_properties)
    user_values_[name] = {value, {"-D " + name, 0}};
  for (const auto& [name, value] : settings.environment)
    machine_values_["env." + name] = {value, {"environment", 0}};
  machine_and_user_values_ = machine_values_;
  for (const auto& [name, value] : user_values_)
    machine_and_user_values_.insert_or_assign(name, value);
}

void EffectiveModels::spend(std::size_t entries, const PomDocument& pom) {
  entries_ += entries;
  if (entries_ > kMostEntries)
    throw InputError(InputErrorKind::over_limit, {.path = pom.path.string(), .line = 1},
                     fmt::format("expected at most {} dependencies to merge, found more", kMostEntries));
}

/// A pom with its active profiles.
EffectiveModels::Assembled EffectiveModels::own_share(const PomDocument& pom, const ActivationContext& context) {
  Assembled share{.section = normalized(pom.section),
                  .profiles = decide_profiles(pom.profiles, context),
                  .modules = pom.section.modules,
                  .missing_parent = "",
                  .missing_because = ""};
  for (const ProfileDecision& decision : share.profiles) {
    if (!decision.active)
      continue;
    inject_profile(share.section, decision.profile->section);
    const auto& modules = decision.profile->section.modules;
    share.modules.insert(share.modules.end(), modules.begin(), modules.end());
  }
  spend(share.section.dependencies.size() + share.section.managed.size(), pom);
  return share;
}

/// Each pom of the line gets its own active profiles first, then its parents' share (DefaultModelBuilder#build).
EffectiveModels::Assembled EffectiveModels::assemble(const PomDocument& pom, PomRole role) {
  const Lineage line = tree_.lineage(pom);
  const bool is_project = role == PomRole::project;
  const ActivationContext context{
      .user = is_project ? &user_values_ : nullptr,
      .machine = is_project ? &machine_values_ : &machine_and_user_values_,
      .folder = is_project && pom.path != "-" ? std::filesystem::absolute(pom.path).parent_path() : "",
      .chosen = is_project ? &settings_.active_profiles : nullptr,
      .unchosen = is_project ? &settings_.inactive_profiles : nullptr};
  Assembled above;
  for (auto member = line.poms.rbegin(); member != line.poms.rend(); ++member) {
    const auto known = shares_.find({*member, role});
    if (known != shares_.end()) {
      above = known->second;
      continue;
    }
    Assembled share = own_share(**member, context);
    inherit(share.section, above.section);
    spend(above.section.dependencies.size() + above.section.managed.size(), **member);
    share.profiles.insert(share.profiles.end(), above.profiles.begin(), above.profiles.end());
    share.missing_parent = line.missing_parent;
    share.missing_because = line.missing_because;
    above = std::move(share);
    if (!is_project && *member != &pom)
      shares_[{*member, role}] = above;
  }
  return above;
}

std::shared_ptr<Interpolator> EffectiveModels::interpolator(const PomDocument& pom, PomRole role,
                                                            const Assembled& assembled) {
  const bool is_dependency = role == PomRole::dependency;
  Interpolator::Sources sources{.project = project_values(pom),
                                .user = is_dependency ? nullptr : &user_values_,
                                .properties = assembled.section.properties,
                                .machine = is_dependency ? &machine_and_user_values_ : &machine_values_,
                                .undefined_note = "",
                                .expanded = &expanded_,
                                .looked_in = tree_.places()};
  if (!assembled.missing_parent.empty())
    sources.undefined_note =
        fmt::format("; {}, which may define it, is not in {} either", assembled.missing_parent, tree_.places());
  return std::make_shared<Interpolator>(std::move(sources));
}

Coordinates EffectiveModels::coordinates(const PomDocument& pom, Interpolator& interpolator) {
  const auto values = project_values(pom);
  const auto version = interpolator.interpolate(values.at("version"));
  return {interpolator.interpolate(values.at("groupId")).text, interpolator.interpolate(values.at("artifactId")).text,
          version.unknown.empty() ? version.text : ""};
}

PomDependency EffectiveModels::interpolated(const DeclaredDependency& declared, Interpolator& interpolator) {
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
  dependency.version_text = origin.text;
  dependency.written = {
      {declared.group, declared.group_place}, {declared.artifact, declared.artifact_place}, declared.version};
  if (version.unknown.empty())
    dependency.coordinates.version = version.text;
  else
    dependency.unknown = version.unknown;
  if (!dependency.unknown.empty())
    undefined_.insert(dependency.unknown);
  return dependency;
}

void EffectiveModels::set_reactor_of(const PomDocument& pom) {
  reactor_line_ = tree_.lineage(pom);
  reactor_.reset();
}

const PomDocument* EffectiveModels::find(const Coordinates& wanted, std::vector<std::string>& notes) {
  if (!reactor_) {
    reactor_.emplace();
    for (const PomDocument* pom :
         reactor_line_ ? tree_.reactor(*reactor_line_, unreadable_modules_) : std::vector<const PomDocument*>{}) {
      try {
        const Assembled assembled = assemble(*pom, PomRole::project);
        reactor_->emplace(coordinates(*pom, *interpolator(*pom, PomRole::project, assembled)), pom);
      } catch (const InputError& error) {  // Of another project; limits are for all of them together.
        if (error.kind() == InputErrorKind::over_limit)
          throw;
        unreadable_modules_.emplace_back(error.what());
      }
    }
  }
  if (const auto found = reactor_->find(wanted); found != reactor_->end())
    return found->second;
  const PomDocument* found = tree_.in_repository(wanted);
  if (!found)
    for (const std::string& module : unreadable_modules_)
      add_once(notes, "module that cannot be read: " + module);
  return found;
}

void EffectiveModels::import_bom(const PomDependency& reference, EffectiveModel& model) {
  const std::string bom = reference.coordinates.text();
  const std::string name =
      fmt::format("BOM {} ({}:{})", bom, reference.declared.path.string(), reference.declared.line);
  const PomDocument* found = reference.unknown.empty() ? find(reference.coordinates, model.unknowns) : nullptr;
  if (!found) {
    const std::string unknown = reference.unknown.empty() ? fmt::format("{} is not in {}", name, tree_.places())
                                                          : name + ": " + reference.unknown;
    add_once(model.unknowns, unknown);
    if (model.missing.empty())
      model.missing = unknown;
    model.management.add_missing(name);
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
  const EffectiveModel& imported = of(*found, PomRole::bom);
  for (const std::string& unknown : imported.unknowns)
    add_once(model.unknowns, unknown);
  if (model.missing.empty())
    model.missing = imported.missing;
  spend(imported.management.size(), *found);
  model.management.import_bom(imported.management);
}

void EffectiveModels::manage(const Assembled& assembled, const std::shared_ptr<Interpolator>& interpolator,
                             EffectiveModel& model) {
  std::vector<const DeclaredDependency*> entries;
  std::vector<PomDependency> boms;
  for (const DeclaredDependency* declared : assembled.section.managed) {
    const bool may_import = declared->scope == "import" || declared->scope.find("${") != std::string::npos;
    PomDependency managed = may_import ? interpolated(*declared, *interpolator) : PomDependency{};
    if (may_import && is_bom_import(managed))
      boms.push_back(std::move(managed));
    else
      entries.push_back(declared);
  }
  const auto key_of = [&](const DeclaredDependency& declared) {
    return declared.key.find("${") == std::string::npos ? declared.key
                                                        : management_key(interpolated(declared, *interpolator));
  };
  model.management = DependencyManagement(tree_.places());
  model.management.add(std::make_shared<ManagedEntries>(
      entries,
      [this, interpolator](const DeclaredDependency& declared) { return interpolated(declared, *interpolator); },
      key_of));
  if (!assembled.missing_parent.empty())
    model.management.add_missing(assembled.missing_parent);
  const ChainLink link(importing_, model.project.text());
  for (const PomDependency& bom : boms)
    import_bom(bom, model);
}

/// A range stands for the highest version in it that the repository knows.
void EffectiveModels::resolve_range(PomDependency& dependency) {
  std::string& version = dependency.coordinates.version;
  if (version == "LATEST" || version == "RELEASE") {
    dependency.unknown = fmt::format("{} is whatever the registry has on the day of the build", version);
    dependency.version_range = std::exchange(version, "");
  }
  if (!is_version_range(version))
    return;
  dependency.version_range = std::exchange(version, "");
  const auto range = VersionRange::parse(dependency.version_range);
  if (!range) {
    dependency.unknown = fmt::format("'{}' is no version range", dependency.version_range);
    return;
  }
  if (const auto only = range->only_version()) {
    version = *only;
    return;
  }
  const auto highest =
      range->highest_of(tree_.repository().versions(dependency.coordinates.group, dependency.coordinates.artifact));
  if (highest)
    version = *highest;
  else
    dependency.unknown =
        fmt::format("the range {} leaves the version open{}", dependency.version_range,
                    tree_.repository().exists() ? ", and the local repository lists no version in it" : "");
}

void EffectiveModels::add_dependencies(const Assembled& assembled, Interpolator& interpolator, EffectiveModel& model) {
  for (const DeclaredDependency* declared : assembled.section.dependencies) {
    PomDependency dependency = interpolated(*declared, interpolator);
    model.management.apply_to(dependency);
    if (dependency.scope.empty())
      dependency.scope = "compile";
    if (undefined_.contains(dependency.unknown))
      add_once(model.unknowns, dependency.unknown);
    resolve_range(dependency);
    model.dependencies.push_back(std::move(dependency));
  }
}

std::unique_ptr<EffectiveModel> EffectiveModels::make(const PomDocument& pom, PomRole role) {
  auto model = std::make_unique<EffectiveModel>();
  const Assembled assembled = assemble(pom, role);
  const auto interpolator = this->interpolator(pom, role, assembled);
  if (!assembled.missing_parent.empty()) {
    model->missing =
        fmt::format("{} is not in {}: {}", assembled.missing_parent, tree_.places(), assembled.missing_because);
    model->unknowns.push_back(model->missing);
  }
  model->project = coordinates(pom, *interpolator);
  model->packaging = interpolator->interpolate({pom.packaging, {pom.path, 0}}).text;
  if (model->project.version.empty())
    add_once(model->unknowns,
             "the project's version: " + interpolator->interpolate(project_values(pom).at("version")).unknown);
  model->modules = assembled.modules;

  if (role != PomRole::dependency || !assembled.section.dependencies.empty())
    manage(assembled, interpolator, *model);
  if (role != PomRole::bom)
    add_dependencies(assembled, *interpolator, *model);
  if (role == PomRole::dependency)
    model->management = DependencyManagement();  // It has done its work, and there are hundreds of these.

  for (const ProfileDecision& decision : assembled.profiles) {
    const bool matters = role == PomRole::project
                             ? touches_dependencies(*decision.profile, interpolator->used())
                             : !decision.profile->section.dependencies.empty() ||
                                   (role == PomRole::bom && !decision.profile->section.managed.empty());
    if (!decision.depends_on.empty() && matters)
      add_once(model->unknowns, describe(decision));
  }
  if (role == PomRole::project)
    for (const auto& [name, value] : assembled.section.properties)
      model->properties[std::string(name)] = interpolator->interpolate(*value).text;
  return model;
}

const EffectiveModel& EffectiveModels::of(const PomDocument& pom, PomRole role) {
  const Key key{&pom, role};
  const auto known = models_.find(key);
  if (known != models_.end())
    return *known->second;
  std::unique_ptr<EffectiveModel> model = make(pom, role);
  return *(models_[key] = std::move(model));
}

}  // namespace preflight
