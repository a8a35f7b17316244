#include "maven/pom_tree.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <system_error>

#include "input/file_bytes.h"
#include "input/input_error.h"
#include "maven/maven_version.h"

namespace preflight {
namespace {

constexpr std::uint64_t kMostPomBytes = std::uint64_t{16} << 20U;
constexpr std::uint64_t kMostTreeBytes = std::uint64_t{64} << 20U;
constexpr std::size_t kMostLevels = 32;
constexpr std::size_t kMostModules = 1024;

/// One name for one file, however it was reached.
std::filesystem::path identity(const std::filesystem::path& path) {
  std::error_code error;
  const auto canonical = std::filesystem::weakly_canonical(path, error);
  return error ? path : canonical;
}

/// The pom that `relative` means, seen from the folder of `from`; none where there is no regular file. A leading slash
/// does not make it absolute (java.io.File joins the two), and a folder means its pom.xml.
std::optional<std::filesystem::path> related_pom(const std::filesystem::path& from, std::string relative) {
  std::replace(relative.begin(), relative.end(), '\\', '/');
  relative.erase(0, relative.find_first_not_of('/'));
  auto path = (from.parent_path() / relative).lexically_normal();
  std::error_code error;
  if (std::filesystem::is_directory(path, error))
    path /= "pom.xml";
  if (!std::filesystem::is_regular_file(path, error))
    return std::nullopt;
  return path;
}

bool is_asked_for(const Coordinates& found, const Coordinates& wanted) {
  if (found.group != wanted.group || found.artifact != wanted.artifact)
    return false;
  const auto range = VersionRange::parse(wanted.version);
  return range ? range->contains(found.version) : found.version == wanted.version;
}

[[noreturn]] void fail_at_parent(const PomDocument& child, InputErrorKind kind, const std::string& expectation) {
  throw InputError(kind, {.path = child.path.string(), .line = child.parent->place.line}, expectation);
}

}  // namespace

Coordinates raw_coordinates(const PomDocument& pom) {
  const Coordinates inherited = pom.parent ? pom.parent->coordinates : Coordinates{};
  return {pom.group.text.empty() ? inherited.group : pom.group.text, pom.artifact.text,
          pom.version.text.empty() ? inherited.version : pom.version.text};
}

const PomDocument& PomTree::read(const std::filesystem::path& path) {
  std::unique_ptr<PomDocument>& pom = poms_[identity(path)];
  if (!pom) {
    const auto bytes = read_file(path, kMostPomBytes, "a pom.xml");
    bytes_ += bytes.size();
    if (bytes_ > kMostTreeBytes)
      throw InputError(InputErrorKind::over_limit, {.path = path.string()},
                       fmt::format("expected poms of at most {} bytes in all, found more", kMostTreeBytes));
    pom = std::make_unique<PomDocument>(parse_pom(bytes, path));
  }
  return *pom;
}

const PomDocument* PomTree::in_repository(const Coordinates& coordinates) {
  const auto path = repository_.pom(coordinates);
  if (!path)
    return nullptr;
  read(*path);
  PomDocument& pom = *poms_.at(identity(*path));
  pom.of_repository = true;
  return &pom;
}

const PomDocument* PomTree::parent_in_tree(const PomDocument& child, std::string& missing_because) {
  const ParentReference& reference = *child.parent;
  if (child.of_repository)
    return nullptr;
  if (reference.relative_path.empty()) {
    missing_because = "its relativePath is empty";
    return nullptr;
  }
  if (child.path == "-") {
    missing_because = "the pom was read from standard input, which has no folder";
    return nullptr;
  }
  const auto path = related_pom(child.path, reference.relative_path);
  if (!path) {
    missing_because = fmt::format("no pom at {}", reference.relative_path);
    return nullptr;
  }
  const PomDocument& candidate = read(*path);
  if (!is_asked_for(raw_coordinates(candidate), reference.coordinates)) {
    missing_because = fmt::format("{} is {}", reference.relative_path, raw_coordinates(candidate).text());
    return nullptr;
  }
  return &candidate;
}

/// Of a range the highest version counts that the repository knows.
const PomDocument* PomTree::parent_in_repository(const PomDocument& child, std::string& missing_because) {
  if (!repository_.exists())
    return nullptr;
  Coordinates wanted = child.parent->coordinates;
  if (const auto range = VersionRange::parse(wanted.version))
    wanted.version = range->highest_of(repository_.versions(wanted.group, wanted.artifact)).value_or("");
  const PomDocument* found = in_repository(wanted);
  if (!found)
    missing_because += missing_because.empty() ? "not in the local repository" : "; not in the local repository";
  return found;
}

Lineage PomTree::lineage(const PomDocument& pom) {
  Lineage line;
  std::string chain;
  std::set<Coordinates> seen;
  for (const PomDocument* current = &pom; current;) {
    const Coordinates coordinates = raw_coordinates(*current);
    chain += coordinates.text();
    if (!seen.insert(coordinates).second)
      fail_at_parent(*line.poms.back(), InputErrorKind::corrupt, "expected parents that end, found a cycle: " + chain);
    if (line.poms.size() == kMostLevels)
      fail_at_parent(*line.poms.back(), InputErrorKind::over_limit,
                     fmt::format("expected at most {} levels of parents, found more", kMostLevels));
    chain += " -> ";
    line.poms.push_back(current);
    if (!current->parent)
      break;
    const PomDocument* parent = parent_in_tree(*current, line.missing_because);
    if (!parent)
      parent = parent_in_repository(*current, line.missing_because);
    if (!parent)
      line.missing_parent = fmt::format("parent {} ({}:{})", current->parent->coordinates.text(),
                                        current->path.string(), current->parent->place.line);
    current = parent;
  }
  return line;
}

const PomDocument* PomTree::module_of(const PomDocument& aggregator, const std::string& module) {
  const auto path = aggregator.path == "-" || module.empty() ? std::nullopt : related_pom(aggregator.path, module);
  return path ? &read(*path) : nullptr;
}

std::vector<const PomDocument*> PomTree::reactor(const Lineage& line, std::vector<std::string>& unreadable) {
  std::vector<const PomDocument*> found;
  for (const PomDocument* pom : line.poms)
    if (!pom->of_repository)
      found.push_back(pom);
  std::set<const PomDocument*> known(found.begin(), found.end());
  const auto visit = [&](const PomDocument& aggregator, const std::string& module) {
    if (found.size() == kMostModules)
      return;
    try {
      const PomDocument* pom = module_of(aggregator, module);
      if (pom && known.insert(pom).second)
        found.push_back(pom);
    } catch (const InputError& error) {
      unreadable.emplace_back(error.what());
    }
  };
  for (std::size_t i = 0; i < found.size(); ++i) {
    const PomDocument& aggregator = *found[i];
    for (const std::string& module : aggregator.section.modules)
      visit(aggregator, module);
    for (const PomProfile& profile : aggregator.profiles) {
      for (const std::string& module : profile.section.modules)
        visit(aggregator, module);
    }
  }
  return found;
}

}  // namespace preflight
