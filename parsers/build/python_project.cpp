#include <fmt/format.h>

#include "build/build_formats.h"
#include "build/build_words.h"
#include "document/toml_document.h"

namespace preflight {
namespace {

void read_requirements(const DocumentNode* list, const std::string& scope, DeclaredBuild& build) {
  if (list == nullptr || !list->is_sequence())
    return;
  for (const DocumentNode& item : list->items) {
    if (item.is_scalar())
      add_python_requirement(item.text, scope, item.line, build);
    else
      build.unknowns.push_back(unknown_at(item.line, "a requirement is no text"));
  }
}

void read_groups(const DocumentNode* groups, DeclaredBuild& build) {
  if (groups != nullptr && groups->is_mapping())
    for (const DocumentEntry& group : groups->entries)
      read_requirements(&group.value, is_version_text(group.key) ? group.key : "", build);
}

/// Poetry: "1.20.0" and "^1.20.0" alike are written for versions that fit; "==1.20.0" pins one.
void read_poetry(const DocumentNode* packages, DeclaredBuild& build) {
  if (packages == nullptr || !packages->is_mapping())
    return;
  for (const DocumentEntry& entry : packages->entries) {
    const DocumentNode* version = entry.value.is_mapping() ? find(entry.value, {"version"}) : &entry.value;
    const std::string text = version != nullptr && version->is_scalar() ? version->text : "";
    // A plain version is taken as it stands: it is what Poetry means by it.
    const bool plain = !text.empty() && text.find_first_not_of("0123456789.") == std::string::npos;
    add_python_requirement(entry.key + (plain ? "==" : " ") + text, "", entry.line, build);
  }
}

}  // namespace

void read_python_project(std::string_view text, DeclaredBuild& build) {
  const DocumentNode project = parse_toml(text, build.path.string());
  if (const DocumentNode* python = find(project, {"project", "requires-python"}); python != nullptr)
    add_python_requirement("python " + python->text, "requires-python", python->line, build);
  read_requirements(find(project, {"project", "dependencies"}), "", build);
  read_groups(find(project, {"project", "optional-dependencies"}), build);
  read_groups(find(project, {"dependency-groups"}), build);
  read_poetry(find(project, {"tool", "poetry", "dependencies"}), build);
  if (build.dependencies.empty() && build.unknowns.empty())
    build.unknowns.emplace_back("it names no dependencies in [project], [dependency-groups] or [tool.poetry]");
}

}  // namespace preflight
