#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "maven/local_repository.h"
#include "maven/pom_document.h"

namespace preflight {

/// A pom and the parents above it that could be found.
struct Lineage {
  std::vector<const PomDocument*> poms;  ///< The pom first, its topmost parent last; never empty.
  std::string missing_parent;  ///< Where the line breaks off: "parent g:a:1 (pom.xml:4)"; empty when it ends by itself.
  std::string missing_because;  ///< "no pom at ../pom.xml".
};

/// The poms that can be reached from one pom by files alone: parents by relativePath, modules, and what the local
/// repository has. Each file is read once, and only regular files are. What it hands out lives as long as the tree.
class PomTree {
 public:
  explicit PomTree(LocalRepository repository) : repository_(std::move(repository)) {}

  const LocalRepository& repository() const { return repository_; }

  /// "the tree", or "the tree or the local repository": where things are looked for, for messages.
  std::string places() const { return repository_.exists() ? "the tree or the local repository" : "the tree"; }

  /// Throws as read_file and parse_pom do, and InputError (over_limit) when the poms read so far exceed 64 MiB.
  const PomDocument& read(const std::filesystem::path& path);

  /// The pom of those coordinates in the local repository; none where it has none. Throws as read does.
  const PomDocument* in_repository(const Coordinates& coordinates);

  /// Follows <parent> as Maven does (DefaultModelBuilder#readParent): by relativePath, and only to a pom of the
  /// coordinates asked for, then in the local repository. Throws as read does, and InputError: corrupt (a cycle, with
  /// the chain), over_limit (32 levels).
  Lineage lineage(const PomDocument& pom);

  /// The pom of one <module>; none where there is no regular file. Throws as read does.
  const PomDocument* module_of(const PomDocument& aggregator, const std::string& module);

  /// The poms of a line that are in the tree and all modules below them, in the order found, up to 1024. A module that
  /// cannot be read is left out and named in `unreadable`.
  std::vector<const PomDocument*> reactor(const Lineage& line, std::vector<std::string>& unreadable);

 private:
  const PomDocument* parent_in_tree(const PomDocument& child, std::string& missing_because);
  const PomDocument* parent_in_repository(const PomDocument& child, std::string& missing_because);

  LocalRepository repository_;
  std::map<std::filesystem::path, std::unique_ptr<PomDocument>> poms_;
  std::uint64_t bytes_ = 0;
};

/// Coordinates as written, group and version taken from <parent> where the pom has none of its own.
Coordinates raw_coordinates(const PomDocument& pom);

}  // namespace preflight
