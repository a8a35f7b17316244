#include <fmt/format.h>

#include "build/build_formats.h"
#include "build/build_words.h"
#include "document/toml_document.h"

namespace preflight {
namespace {

const std::string* text_at(const DocumentNode& table, std::initializer_list<std::string_view> keys) {
  const DocumentNode* node = find(table, keys);
  return node != nullptr && node->is_scalar() ? &node->text : nullptr;
}

/// A version as the catalog writes it: a text, or a table with the version that is required, and perhaps a range.
void set_catalog_version(BuildDependency& dependency, const DocumentNode& version) {
  if (version.is_scalar())
    return set_version(dependency, version.text);
  for (const char* key : {"strictly", "require", "prefer"})
    if (const std::string* text = text_at(version, {key}))
      return set_version(dependency, *text);
  dependency.unknown = "the catalog gives no version for it";
}

void resolve_version(BuildDependency& dependency, const DocumentNode& library, const DocumentNode& catalog) {
  if (const std::string* name = text_at(library, {"version", "ref"})) {
    const DocumentNode* version = find(catalog, {"versions", *name});
    if (version == nullptr)
      dependency.unknown = fmt::format("the catalog has no version \"{}\"", *name);
    else
      set_catalog_version(dependency, *version);
  } else if (const DocumentNode* version = find(library, {"version"})) {
    set_catalog_version(dependency, *version);
  } else {
    dependency.unknown = "the catalog gives no version for it";
  }
}

/// "group:artifact:version", {module = "group:artifact", …} or {group = "…", name = "…", …}.
std::optional<BuildDependency> library_of(const DocumentNode& library, const DocumentNode& catalog) {
  if (library.is_scalar())
    return dependency_of(library.text);
  const std::string* module = text_at(library, {"module"});
  const std::string* group = text_at(library, {"group"});
  const std::string* name = text_at(library, {"name"});
  if (module == nullptr && (group == nullptr || name == nullptr))
    return std::nullopt;
  auto dependency = dependency_of(module != nullptr ? *module : *group + ":" + *name);
  if (dependency) {
    dependency->unknown.clear();
    resolve_version(*dependency, library, catalog);
  }
  return dependency;
}

}  // namespace

void read_gradle_catalog(std::string_view text, DeclaredBuild& build) {
  const DocumentNode catalog = parse_toml(text, build.path.string());
  const DocumentNode* libraries = find(catalog, {"libraries"});
  if (libraries == nullptr || !libraries->is_mapping()) {
    build.unknowns.emplace_back("it has no table [libraries]");
    return;
  }
  for (const DocumentEntry& entry : libraries->entries) {
    auto dependency = library_of(entry.value, catalog);
    if (!dependency) {
      build.unknowns.push_back(unknown_at(entry.line, fmt::format("\"{}\" names no group and artifact", entry.key)));
      continue;
    }
    dependency->line = entry.line;
    add_dependency(build, std::move(*dependency));
  }
}

}  // namespace preflight
