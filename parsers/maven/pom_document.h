#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "maven/coordinates.h"
#include "maven/pom.h"

namespace preflight {

/// One pom.xml as written: nothing inherited, nothing interpolated. Texts are trimmed as Maven trims them; an element
/// that is absent and one that is empty are both an empty text, except where said otherwise. The elements are those of
/// the Maven 4.0.0 project descriptor that can bear on a dependency.

/// <dependency>, under <dependencies> or <dependencyManagement>.
struct DeclaredDependency {
  std::string group;
  std::string artifact;
  PomValue version;
  PomPlace group_place;
  PomPlace artifact_place;
  std::string type = "jar";
  std::string classifier;
  std::string scope;
  std::string optional;
  std::vector<Coordinates> exclusions;
  PomPlace place;
  std::string key;  ///< As written: what identifies it within one model (Dependency#getManagementKey).
};

/// What a <project> and a <profile> have in common.
struct PomSection {
  std::map<std::string, PomValue> properties;
  std::vector<DeclaredDependency> dependencies;
  std::vector<DeclaredDependency> managed;  ///< <dependencyManagement>, BOM imports included.
  std::vector<std::string> modules;
};

/// <activation><property>. A name or a value that begins with "!" asks for the opposite.
struct PropertyActivation {
  std::string name;
  std::string value;
};

/// <activation><os>. Each may be empty, and may begin with "!".
struct OsActivation {
  std::string name;
  std::string family;
  std::string architecture;
  std::string version;
};

/// <activation><file>. Where both are written Maven looks at `exists`.
struct FileActivation {
  std::string exists;
  std::string missing;
};

/// <activation> of a profile.
struct ProfileActivation {
  bool active_by_default = false;
  std::optional<PropertyActivation> property;
  std::optional<std::string> jdk;
  std::optional<OsActivation> os;
  std::optional<FileActivation> file;
};

struct PomProfile {
  std::string id = "default";
  ProfileActivation activation;
  PomSection section;
  PomPlace place;
};

/// <parent>.
struct ParentReference {
  Coordinates coordinates;
  std::string relative_path = "../pom.xml";  ///< Empty where written as empty: "not from the tree".
  PomPlace place;
  PomPlace version_place;
};

struct PomDocument {
  std::filesystem::path path;
  std::optional<ParentReference> parent;
  PomValue group;
  PomValue artifact;
  PomValue version;
  std::string packaging = "jar";
  std::string name;
  PomSection section;
  std::vector<PomProfile> profiles;
  std::optional<Coordinates> relocation;  ///< <distributionManagement><relocation>; what is empty in it stays the same.
  bool of_repository = false;             ///< It lies in a local repository, where no relativePath leads anywhere.
};

/// What identifies a dependency within one model.
std::string management_key(const std::string& group, const std::string& artifact, const std::string& type,
                           const std::string& classifier);

/// Parses the bytes of a pom.xml; `path` is what places name. Throws InputError: what xml_text throws; not_this_format
/// (the root is not <project>), corrupt (not well formed; an element twice that may stand once; a dependency without
/// group or artifact), over_limit (elements nested deeper than the XML parser's 100).
PomDocument parse_pom(std::span<const std::byte> bytes, const std::filesystem::path& path);

}  // namespace preflight
