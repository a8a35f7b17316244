#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "maven/dependency_management.h"
#include "maven/inheritance.h"
#include "maven/interpolation.h"
#include "maven/pom.h"
#include "maven/pom_settings.h"
#include "maven/pom_tree.h"
#include "maven/profile_activation.h"

namespace preflight {

/// What a model is made for. -P reaches a project alone; -D goes before the properties of projects and BOMs, and after
/// those of a dependency's own pom (MNG-7563).
enum class PomRole { project, bom, dependency };

/// One pom after profiles, inheritance, interpolation and management.
struct EffectiveModel {
  Coordinates project;
  std::string packaging;
  std::vector<PomDependency> dependencies;
  DependencyManagement management;
  std::map<std::string, std::string> properties;  ///< Of a project alone.
  std::vector<std::string> modules;               ///< As written, those of active profiles among them.
  std::vector<std::string> unknowns;  ///< Parents, BOMs, properties and profiles that could not be found or decided.
  std::string missing;  ///< The first parent or BOM that was not found: Maven makes no model then. Empty otherwise.
};

/// Makes the models of the poms of one tree, each once. What it hands out lives as long as it does.
class EffectiveModels {
 public:
  EffectiveModels(PomTree& tree, const PomSettings& settings);

  /// The projects that are built together with `pom`: BOMs and dependencies are looked for among them first.
  void set_reactor_of(const PomDocument& pom);

  /// Throws InputError: what PomTree throws; corrupt (BOMs that import each other), over_limit (32 levels of BOMs, two
  /// million entries to merge, what Interpolator limits).
  const EffectiveModel& of(const PomDocument& pom, PomRole role);

  /// The pom of those coordinates, in the reactor or the repository; none where it is in neither. Modules that cannot
  /// be read on the way are added to `notes`.
  const PomDocument* find(const Coordinates& wanted, std::vector<std::string>& notes);

 private:
  /// A pom, its profiles and its parents, before interpolation.
  struct Assembled {
    MergedSection section;
    std::vector<ProfileDecision> profiles;  ///< Of the whole line, the pom's own first.
    std::vector<std::string> modules;
    std::string missing_parent;
    std::string missing_because;
  };

  using Key = std::pair<const PomDocument*, PomRole>;

  Assembled assemble(const PomDocument& pom, PomRole role);
  Assembled own_share(const PomDocument& pom, const ActivationContext& context);
  std::shared_ptr<Interpolator> interpolator(const PomDocument& pom, PomRole role, const Assembled& assembled);
  Coordinates coordinates(const PomDocument& pom, Interpolator& interpolator);
  PomDependency interpolated(const DeclaredDependency& declared, Interpolator& interpolator);
  void manage(const Assembled& assembled, const std::shared_ptr<Interpolator>& interpolator, EffectiveModel& model);
  void import_bom(const PomDependency& reference, EffectiveModel& model);
  void resolve_range(PomDependency& dependency);
  void add_dependencies(const Assembled& assembled, Interpolator& interpolator, EffectiveModel& model);
  void spend(std::size_t entries, const PomDocument& pom);
  std::unique_ptr<EffectiveModel> make(const PomDocument& pom, PomRole role);

  PomTree& tree_;
  const PomSettings& settings_;
  GivenValues user_values_;
  GivenValues machine_values_;
  GivenValues machine_and_user_values_;
  std::optional<Lineage> reactor_line_;
  std::optional<std::map<Coordinates, const PomDocument*>> reactor_;
  std::vector<std::string> unreadable_modules_;
  std::map<Key, Assembled> shares_;  ///< Of poms whose own folder does not matter.
  std::map<Key, std::unique_ptr<EffectiveModel>> models_;
  std::vector<std::string> importing_;  ///< The chain of BOMs that import each other right now.
  std::set<std::string> undefined_;     ///< Reasons that interpolation gave.
  std::size_t entries_ = 0;
  std::uint64_t expanded_ = 0;
};

/// Adds a text to a list unless it is there.
void add_once(std::vector<std::string>& list, const std::string& text);

}  // namespace preflight
