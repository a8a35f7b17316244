#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "maven/pom_document.h"

namespace preflight {

/// A pom and the parents above it that are in the tree.
struct Lineage {
  std::vector<const PomDocument*> poms;  ///< The pom first, its topmost parent last; never empty.
  std::string missing_parent;  ///< Where the line breaks off: "parent g:a:1 (pom.xml:4)"; empty when it ends by itself.
  std::string missing_because;  ///< "no pom at ../pom.xml".
};

/// The poms that can be reached from one pom by files alone: parents by relativePath, and modules. Each file is read
/// once, and only regular files are. What it hands out lives as long as the tree.
class PomTree {
 public:
  /// Throws as read_file and parse_pom do, and InputError (over_limit) when the poms read so far exceed 64 MiB.
  const PomDocument& read(const std::filesystem::path& path);

  /// Follows <parent> as Maven does (DefaultModelBuilder#readParentLocally): by relativePath, and only to a pom of the
  /// coordinates asked for. Throws as read does, and InputError: corrupt (a cycle, with the chain), over_limit (32
  /// levels).
  Lineage lineage(const PomDocument& pom);

  /// The poms of a line and all modules below them, in the order found, up to 1024. A module that cannot be read is
  /// left out and named in `unreadable`.
  std::vector<const PomDocument*> reactor(const Lineage& line, std::vector<std::string>& unreadable);

 private:
  const PomDocument* parent_in_tree(const PomDocument& child, std::string& missing_because);

  std::map<std::filesystem::path, std::unique_ptr<PomDocument>> poms_;
  std::uint64_t bytes_ = 0;
};

/// Coordinates as written, group and version taken from <parent> where the pom has none of its own.
Coordinates raw_coordinates(const PomDocument& pom);

}  // namespace preflight
