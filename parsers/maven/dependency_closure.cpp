#include "maven/dependency_closure.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <unordered_map>

#include "input/input_error.h"
#include "maven/maven_version.h"

namespace preflight {
namespace {

constexpr std::size_t kMostNodes = 50'000;
constexpr std::size_t kDeepest = 200;
constexpr int kMostRelocations = 16;
constexpr int kRoot = -1;

/// Types that are files of another extension, and the classifier they bring (Maven's default ArtifactHandlers).
struct ArtifactType {
  std::string_view type;
  std::string_view extension;
  std::string_view classifier;
};
constexpr std::array<ArtifactType, 6> kTypes = {{{"test-jar", "jar", "tests"},
                                                 {"ejb-client", "jar", "client"},
                                                 {"java-source", "jar", "sources"},
                                                 {"javadoc", "jar", "javadoc"},
                                                 {"ejb", "jar", ""},
                                                 {"maven-plugin", "jar", ""}}};

/// What two dependencies must have in common so that one displaces the other.
std::string conflict_key(const PomDependency& dependency) {
  std::string_view extension = dependency.type;
  std::string_view classifier = dependency.classifier;
  for (const ArtifactType& known : kTypes) {
    if (known.type == dependency.type) {
      extension = known.extension;
      if (classifier.empty())
        classifier = known.classifier;
    }
  }
  return fmt::format("{}:{}:{}:{}", dependency.coordinates.group, dependency.coordinates.artifact, extension,
                     classifier);
}

/// An archive that has its dependencies inside.
bool has_its_dependencies_inside(const PomDependency& dependency) {
  constexpr std::array<std::string_view, 4> kFatTypes = {"war", "ear", "rar", "par"};
  return std::find(kFatTypes.begin(), kFatTypes.end(), dependency.type) != kFatTypes.end();
}

bool excludes(const Coordinates& exclusion, const Coordinates& artifact) {
  const auto matches = [](const std::string& pattern, const std::string& text) {
    return pattern == "*" || pattern == text;
  };
  return matches(exclusion.group, artifact.group) && matches(exclusion.artifact, artifact.artifact);
}

/// The scopes from the narrowest on; a way to an artifact gives it one of these.
int width_of(const std::string& scope) {
  constexpr std::array<std::string_view, 4> kNarrowFirst = {"test", "provided", "runtime", "compile"};
  const auto found = std::find(kNarrowFirst.begin(), kNarrowFirst.end(), scope);
  return found == kNarrowFirst.end() ? -1 : static_cast<int>(found - kNarrowFirst.begin());
}

/// JavaScopeDeriver: the scope of a dependency of a dependency.
std::string derived_scope(const std::string& parent, const std::string& own) {
  if (own == "system" || own == "test")
    return own;
  if (parent.empty() || parent == "compile")
    return own;
  if (parent == "test" || parent == "runtime")
    return parent;
  return parent == "system" || parent == "provided" ? "provided" : "runtime";
}

/// One declaration of a dependency, on one way from the project.
struct Node {
  PomDependency dependency;
  int parent = kRoot;  ///< The winner that declares it.
  std::size_t depth = 1;
  std::size_t position = 0;  ///< Of a direct dependency: which one it is.
  bool scope_is_managed = false;
};

class ClosureBuilder {
 public:
  ClosureBuilder(const EffectiveModel& project, EffectiveModels& models) : project_(project), models_(models) {
    project.management.visit(
        [&](const PomDependency& managed) { managed_.try_emplace(conflict_key(managed), managed); });
  }

  DependencyClosure build() {
    PomDependency self;
    self.coordinates = project_.project;
    self.type = "jar";
    winners_[conflict_key(self)] = kRoot;
    relocated_.resize(project_.dependencies.size());
    for (const PomDependency& dependency : project_.dependencies) {
      Node node{.dependency = dependency, .position = queue_.size()};
      add_managed_exclusions(node.dependency);
      queue_.push_back(std::move(node));
    }
    while (!queue_.empty()) {
      Node node = std::move(queue_.front());
      queue_.pop_front();
      settle(std::move(node));
    }
    settle_scopes();
    return result();
  }

 private:
  struct Way {
    int parent;
    std::string scope;
    bool scope_is_managed;
    bool optional;
  };

  void settle(Node node);
  const PomDocument* pom_of(Node& node);
  void expand(int index, const PomDocument& pom);
  bool is_excluded(const PomDependency& dependency, int winner) const;
  void manage(Node& node, bool version_too) const;
  void add_managed_exclusions(PomDependency& dependency) const;
  void check_range(const Node& loser, int winner);
  void settle_scopes();
  std::string scope_of(std::size_t index) const;
  std::vector<Coordinates> path_to(int winner) const;
  DependencyClosure result();
  void leave_open(int winner, const std::string& reason) { open_.emplace_back(winner, reason); }

  const EffectiveModel& project_;
  EffectiveModels& models_;
  std::unordered_map<std::string, PomDependency> managed_;
  std::deque<Node> queue_;
  std::vector<Node> nodes_;                        ///< The winners, in the order met.
  std::vector<std::vector<Way>> ways_;             ///< Of each winner: every declaration of its artifact.
  std::map<std::string, int> winners_;             ///< By conflict key.
  std::vector<std::pair<int, std::string>> open_;  ///< Winners whose own dependencies are not known, and why.
  std::vector<Coordinates> relocated_;
  std::size_t declarations_ = 0;
};

void ClosureBuilder::add_managed_exclusions(PomDependency& dependency) const {
  const auto found = managed_.find(conflict_key(dependency));
  if (found == managed_.end())
    return;
  for (const Coordinates& exclusion : found->second.exclusions)
    if (std::find(dependency.exclusions.begin(), dependency.exclusions.end(), exclusion) == dependency.exclusions.end())
      dependency.exclusions.push_back(exclusion);
}

/// What the project's dependencyManagement says of a dependency of a dependency.
void ClosureBuilder::manage(Node& node, bool version_too) const {
  PomDependency& dependency = node.dependency;
  const auto found = managed_.find(conflict_key(dependency));
  if (found == managed_.end())
    return;
  const PomDependency& managed = found->second;
  const bool gives_version = managed.version_decided.line != 0 || !managed.version_property.empty();
  if (version_too && gives_version) {
    dependency.coordinates.version = managed.coordinates.version;
    dependency.version_decided = managed.version_decided;
    dependency.version_property = managed.version_property;
    dependency.version_range.clear();
    dependency.unknown = managed.unknown;
  }
  if (!managed.scope.empty()) {
    dependency.scope = managed.scope;
    node.scope_is_managed = true;
  }
  dependency.optional = dependency.optional || managed.optional;
  add_managed_exclusions(dependency);
}

/// The pom of a node's artifact, which becomes that of the relocated one.
const PomDocument* ClosureBuilder::pom_of(Node& node) {
  Coordinates& coordinates = node.dependency.coordinates;
  const PomDocument* pom = nullptr;
  for (int i = 0; i < kMostRelocations; ++i) {
    std::vector<std::string> notes;
    pom = models_.find(coordinates, notes);
    if (!pom || !pom->relocation)
      return pom;
    const Coordinates& moved = *pom->relocation;
    const Coordinates before = coordinates;
    if (!moved.group.empty())
      coordinates.group = moved.group;
    if (!moved.artifact.empty())
      coordinates.artifact = moved.artifact;
    if (!moved.version.empty())
      coordinates.version = moved.version;
    const bool same_artifact = before.group == coordinates.group && before.artifact == coordinates.artifact;
    if (node.depth > 1)
      manage(node, !same_artifact);
  }
  return pom;
}

void ClosureBuilder::settle(Node node) {
  const PomDocument* pom = nullptr;
  std::string unreadable;
  try {
    if (!node.dependency.coordinates.version.empty())
      pom = pom_of(node);
  } catch (const InputError& error) {
    if (error.kind() == InputErrorKind::over_limit)
      throw;
    unreadable = error.what();
  }
  if (node.parent == kRoot && node.dependency.coordinates != project_.dependencies[node.position].coordinates)
    relocated_[node.position] = node.dependency.coordinates;
  const auto [winner, is_new] = winners_.try_emplace(conflict_key(node.dependency), static_cast<int>(nodes_.size()));
  if (winner->second == kRoot)
    return;
  const Way way{node.parent, node.dependency.scope, node.scope_is_managed, node.dependency.optional};
  if (!is_new) {
    check_range(node, winner->second);
    ways_[static_cast<std::size_t>(winner->second)].push_back(way);
    return;
  }
  const int index = winner->second;
  const bool leaf = node.dependency.scope == "system" || has_its_dependencies_inside(node.dependency);
  const bool too_deep = node.depth >= kDeepest;
  nodes_.push_back(std::move(node));
  ways_.push_back({way});
  if (leaf)
    return;
  if (pom && !too_deep)
    expand(index, *pom);
  else
    leave_open(index, unreadable);
}

bool ClosureBuilder::is_excluded(const PomDependency& dependency, int winner) const {
  for (int at = winner; at != kRoot; at = nodes_[static_cast<std::size_t>(at)].parent) {
    const auto& exclusions = nodes_[static_cast<std::size_t>(at)].dependency.exclusions;
    if (std::any_of(exclusions.begin(), exclusions.end(),
                    [&](const Coordinates& exclusion) { return excludes(exclusion, dependency.coordinates); }))
      return true;
  }
  return false;
}

void ClosureBuilder::expand(int index, const PomDocument& pom) {
  const EffectiveModel* model = nullptr;
  try {
    model = &models_.of(pom, pom.of_repository ? PomRole::dependency : PomRole::project);
  } catch (const InputError& error) {
    if (error.kind() == InputErrorKind::over_limit)
      throw;
    leave_open(index, error.what());
    return;
  }
  if (!model->missing.empty()) {
    leave_open(index, model->missing);
    return;
  }
  if (pom.of_repository)
    for (const std::string& unknown : model->unknowns)
      leave_open(index, unknown);
  for (const PomDependency& dependency : model->dependencies) {
    if (dependency.scope == "test" || dependency.scope == "provided" || dependency.optional ||
        is_excluded(dependency, index))
      continue;
    Node node{.dependency = dependency, .parent = index, .depth = nodes_[static_cast<std::size_t>(index)].depth + 1};
    manage(node, true);
    if (++declarations_ > kMostNodes)
      throw InputError(InputErrorKind::over_limit, {.path = pom.path.string()},
                       fmt::format("expected at most {} transitive dependencies to follow, found more", kMostNodes));
    queue_.push_back(std::move(node));
  }
}

void ClosureBuilder::check_range(const Node& loser, int winner) {
  const auto range = VersionRange::parse(loser.dependency.version_range);
  PomDependency& chosen = nodes_[static_cast<std::size_t>(winner)].dependency;
  if (!range || chosen.coordinates.version.empty() || range->contains(chosen.coordinates.version))
    return;
  const std::string asking = loser.parent == kRoot
                                 ? "the project"
                                 : nodes_[static_cast<std::size_t>(loser.parent)].dependency.coordinates.text();
  chosen.unknown = fmt::format("{} is nearest, but {} asks for {}", chosen.coordinates.version, asking,
                               loser.dependency.version_range);
  chosen.coordinates.version.clear();
}

std::string ClosureBuilder::scope_of(std::size_t index) const {
  const Node& node = nodes_[index];
  if (node.parent == kRoot || node.dependency.scope == "system")
    return node.dependency.scope;
  std::string widest;
  for (const Way& way : ways_[index]) {
    const std::string& above = way.parent == kRoot ? "" : nodes_[static_cast<std::size_t>(way.parent)].dependency.scope;
    const std::string scope = way.scope_is_managed ? way.scope : derived_scope(above, way.scope);
    if (widest.empty() || width_of(scope) > width_of(widest))
      widest = scope;
  }
  return widest;
}

/// A scope depends on those above, and a later way may widen one that was settled: repeated until nothing changes.
/// Scopes only widen, so this ends.
void ClosureBuilder::settle_scopes() {
  for (std::size_t i = 0; i < nodes_.size(); ++i)
    if (nodes_[i].parent != kRoot) {
      nodes_[i].dependency.scope = "test";
      nodes_[i].dependency.optional = true;
    }
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (nodes_[i].parent == kRoot)
        continue;
      PomDependency& dependency = nodes_[i].dependency;
      const std::string scope = scope_of(i);
      const bool optional = std::all_of(ways_[i].begin(), ways_[i].end(), [&](const Way& way) {
        return way.optional ||
               (way.parent != kRoot && nodes_[static_cast<std::size_t>(way.parent)].dependency.optional);
      });
      changed = changed || scope != dependency.scope || optional != dependency.optional;
      dependency.scope = scope;
      dependency.optional = optional;
    }
  }
}

std::vector<Coordinates> ClosureBuilder::path_to(int winner) const {
  std::vector<Coordinates> path;
  for (int at = winner; at != kRoot; at = nodes_[static_cast<std::size_t>(at)].parent)
    path.push_back(nodes_[static_cast<std::size_t>(at)].dependency.coordinates);
  std::reverse(path.begin(), path.end());
  return path;
}

DependencyClosure ClosureBuilder::result() {
  DependencyClosure closure;
  closure.relocated = std::move(relocated_);
  std::vector<std::string> without_pom;
  for (const auto& [winner, reason] : open_) {
    const PomDependency& dependency = nodes_[static_cast<std::size_t>(winner)].dependency;
    if (dependency.scope == "test")
      continue;
    if (reason.empty())
      add_once(without_pom, dependency.coordinates.text());
    else
      closure.unknowns.push_back(fmt::format("what {} depends on: {}", dependency.coordinates.text(), reason));
  }
  if (!without_pom.empty())
    closure.unknowns.push_back(fmt::format("what these depend on, whose poms are not in the local repository: {}",
                                           fmt::join(without_pom, ", ")));
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    if (nodes_[i].parent == kRoot)
      continue;
    PomDependency dependency = nodes_[i].dependency;
    dependency.through = path_to(nodes_[i].parent);
    int top = static_cast<int>(i);
    while (nodes_[static_cast<std::size_t>(top)].parent != kRoot)
      top = nodes_[static_cast<std::size_t>(top)].parent;
    dependency.brought_in = nodes_[static_cast<std::size_t>(top)].dependency.declared;
    closure.transitive.push_back(std::move(dependency));
  }
  return closure;
}

}  // namespace

DependencyClosure close_dependencies(const EffectiveModel& project, EffectiveModels& models) {
  return ClosureBuilder(project, models).build();
}

}  // namespace preflight
