#include <fmt/format.h>

#include "build_listing.h"
#include "text_page.h"

namespace preflight {
namespace {

void write_heading(TextPage& page, const std::string& heading) {
  page.blank_line();
  page.paragraph({}, {{heading, Ink::strong}});
}

/// A Python package has no group.
std::string name_of(const Coordinates& coordinates) {
  return coordinates.group.empty() ? coordinates.artifact : coordinates.group + ":" + coordinates.artifact;
}

void write_dependency(TextPage& page, const DeclaredBuild& build, const BuildDependency& dependency) {
  const std::string& version = dependency.coordinates.version;
  std::vector<Span> spans{
      {name_of(dependency.coordinates), Ink::plain, true},
      {" " + (version.empty() ? "version unknown" : version), version.empty() ? Ink::yellow : Ink::plain}};
  if (!dependency.scope.empty())
    spans.push_back({" · " + dependency.scope, Ink::cyan});
  spans.push_back({" · " + build.path.string(), Ink::faint});
  if (dependency.line > 0)
    spans.push_back({fmt::format(":{}", dependency.line), Ink::faint});
  if (!dependency.version_text.empty())
    spans.push_back({fmt::format(" (\"{}\")", dependency.version_text), Ink::faint});
  if (!dependency.unknown.empty())
    spans.push_back({" · " + dependency.unknown, Ink::yellow});
  page.paragraph({{"  "}}, {{"    "}}, spans);
}

}  // namespace

void write_build_text(const DeclaredBuild& build, const TextStyle& style, std::ostream& out) {
  TextPage page(style, out);
  page.paragraph({}, {{to_string(build.kind), Ink::strong}, {" · " + build.path.string(), Ink::faint}});
  write_heading(page, fmt::format("Libraries ({})", build.dependencies.size()));
  for (const BuildDependency& dependency : build.dependencies)
    write_dependency(page, build, dependency);
  if (build.unknowns.empty())
    return;
  write_heading(page, fmt::format("Unknown ({})", build.unknowns.size()));
  for (const std::string& unknown : build.unknowns)
    page.paragraph({{"  "}}, {{"    "}}, {{unknown, Ink::yellow}});
}

}  // namespace preflight
