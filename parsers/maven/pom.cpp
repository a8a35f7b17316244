#include "maven/pom.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "input/input_error.h"
#include "maven/dependency_closure.h"
#include "maven/effective_model.h"
#include "maven/pom_tree.h"

namespace preflight {
namespace {

constexpr std::size_t kMostProjects = 1024;

/// The projects of one command line, with one tree for all of them.
class PomReader {
 public:
  explicit PomReader(const PomSettings& settings)
      : tree_(LocalRepository(settings.repository)), models_(tree_, settings), repository_(settings.repository) {}

  PomModel read(const std::filesystem::path& path) {
    const PomDocument& pom = tree_.read(path);
    models_.set_reactor_of(pom);
    return model(pom);
  }

  std::vector<PomModel> read_with_modules(const std::filesystem::path& path) {
    models_.set_reactor_of(tree_.read(path));
    std::vector<PomModel> projects;
    add_with_modules(tree_.read(path), projects);
    return projects;
  }

 private:
  PomModel model(const PomDocument& pom) {
    const EffectiveModel& effective = models_.of(pom, PomRole::project);
    PomModel model{.path = pom.path,
                   .project = effective.project,
                   .packaging = effective.packaging,
                   .properties = effective.properties,
                   .dependencies = effective.dependencies,
                   .transitive = std::nullopt,
                   .modules = {},
                   .repository = repository_,
                   .unknowns = effective.unknowns};
    if (tree_.repository().exists()) {
      DependencyClosure closure = close_dependencies(effective, models_);
      model.transitive = std::move(closure.transitive);
      for (std::size_t i = 0; i < model.dependencies.size(); ++i)
        model.dependencies[i].relocated_to = closure.relocated[i];
      for (const std::string& unknown : closure.unknowns)
        add_once(model.unknowns, unknown);
    }
    return model;
  }

  void add_with_modules(const PomDocument& pom, std::vector<PomModel>& projects) {
    if (!seen_.insert(&pom).second)
      return;
    if (projects.size() == kMostProjects)
      throw InputError(InputErrorKind::over_limit, {.path = pom.path.string()},
                       fmt::format("expected at most {} modules, found more", kMostProjects));
    const std::size_t index = projects.size();
    projects.push_back(model(pom));
    for (const std::string& module : models_.of(pom, PomRole::project).modules) {
      try {
        const PomDocument* found = tree_.module_of(pom, module);
        if (found)
          projects[index].modules.push_back(found->path);
        else
          add_once(projects[index].unknowns, fmt::format("module '{}' has no pom", module));
        if (found)
          add_with_modules(*found, projects);
      } catch (const InputError& error) {
        if (error.kind() == InputErrorKind::over_limit)
          throw;
        add_once(projects[index].unknowns, fmt::format("module that cannot be read: {}", error.what()));
      }
    }
  }

  PomTree tree_;
  EffectiveModels models_;
  std::optional<std::filesystem::path> repository_;
  std::set<const PomDocument*> seen_;
};

}  // namespace

PomModel read_pom(const std::filesystem::path& path, const PomSettings& settings) {
  return PomReader(settings).read(path);
}

std::vector<PomModel> read_reactor(const std::filesystem::path& path, const PomSettings& settings) {
  return PomReader(settings).read_with_modules(path);
}

}  // namespace preflight
