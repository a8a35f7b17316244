#include <fmt/format.h>

#include "build/build_formats.h"
#include "build/build_words.h"
#include "document/document.h"
#include "input/input_error.h"

namespace preflight {
namespace {

std::string text_at(const DocumentNode& node, const char* key) {
  const DocumentNode* value = find(node, {key});
  return value != nullptr && value->is_scalar() ? value->text : "";
}

/// Percent-encoding of a purl ("%2B"); what is none stays as it is.
std::string decoded(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  const auto digit = [&](char c) { return kDigits.find(c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c); };
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool encoded = text[at] == '%' && at + 2 < text.size() && digit(text[at + 1]) < kDigits.size() &&
                         digit(text[at + 2]) < kDigits.size();
    if (!encoded) {
      result += text[at];
      continue;
    }
    result += static_cast<char>(digit(text[at + 1]) * kDigits.size() + digit(text[at + 2]));
    at += 2;
  }
  return result;
}

/// "pkg:maven/org.apache.flink/flink-clients@1.20.0?type=jar"; nullopt for packages of other kinds.
std::optional<BuildDependency> dependency_of_purl(std::string_view purl) {
  purl = purl.substr(0, purl.find_first_of("?#"));
  const bool maven = purl.starts_with("pkg:maven/");
  const bool python = purl.starts_with("pkg:pypi/");
  if (!maven && !python)
    return std::nullopt;
  const std::string_view path = purl.substr(purl.find('/') + 1);
  const std::size_t at = std::min(path.rfind('@'), path.size());
  const std::string_view name = path.substr(0, at);
  const std::size_t slash = name.rfind('/');
  BuildDependency dependency;
  dependency.coordinates.group = maven && slash != std::string_view::npos ? decoded(name.substr(0, slash)) : "";
  dependency.coordinates.artifact = decoded(slash == std::string_view::npos ? name : name.substr(slash + 1));
  if (!is_coordinate(dependency.coordinates.artifact) || (maven && !is_coordinate(dependency.coordinates.group)))
    return std::nullopt;
  set_version(dependency, decoded(path.substr(std::min(at + 1, path.size()))));
  return dependency;
}

void read_components(const DocumentNode& list, DeclaredBuild& build) {
  for (const DocumentNode& component : list.items) {
    const std::string purl = text_at(component, "purl");
    if (auto dependency = dependency_of_purl(purl)) {
      const std::string scope = text_at(component, "scope");
      dependency->scope = is_version_text(scope) ? scope : "";
      dependency->line = component.line;
      add_dependency(build, std::move(*dependency));
    } else if (purl.empty() && text_at(component, "type") == "library") {
      build.unknowns.push_back(
          unknown_at(component.line, fmt::format("the library \"{}\" has no purl", text_at(component, "name"))));
    }
    const DocumentNode* nested = component.is_mapping() ? find(component, {"components"}) : nullptr;
    if (nested != nullptr && nested->is_sequence())
      read_components(*nested, build);
  }
}

}  // namespace

void read_cyclonedx_sbom(std::string_view text, DeclaredBuild& build) {
  const std::string name = build.path.string();
  const std::vector<DocumentNode> documents = parse_documents(text, name);
  if (documents.size() != 1 || !documents.front().is_mapping() ||
      text_at(documents.front(), "bomFormat") != "CycloneDX")
    throw InputError(InputErrorKind::not_this_format, {name},
                     "expected a CycloneDX bill of materials, \"bomFormat\": \"CycloneDX\"");
  const DocumentNode* components = find(documents.front(), {"components"});
  if (components != nullptr && components->is_sequence())
    read_components(*components, build);
  else
    build.unknowns.emplace_back("it lists no components");
}

}  // namespace preflight
