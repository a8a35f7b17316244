#include <fmt/format.h>
#include <fmt/ranges.h>

#include "pom_listing.h"
#include "text_page.h"

namespace preflight {
namespace {

void write_heading(TextPage& page, const std::string& heading) {
  page.blank_line();
  page.paragraph({}, {{heading, Ink::strong}});
}

std::string place_text(const PomPlace& place) {
  return place.line > 0 ? fmt::format("{}:{}", place.path.string(), place.line) : place.path.string();
}

std::string name_of(const PomDependency& dependency) {
  std::string name = dependency.coordinates.group + ":" + dependency.coordinates.artifact;
  if (dependency.type != "jar")
    name += ":" + dependency.type;
  return dependency.classifier.empty() ? name : name + ":" + dependency.classifier;
}

/// What decided the version, in words.
std::string decision_text(const PomDependency& dependency) {
  std::string text =
      place_text(dependency.version_decided.path.empty() ? dependency.declared : dependency.version_decided);
  if (!dependency.version_property.empty())
    text += fmt::format(" (${{{}}})", dependency.version_property);
  if (!dependency.version_range.empty())
    text += " of " + dependency.version_range;
  return text;
}

void write_dependency(TextPage& page, const PomDependency& dependency) {
  const bool known = dependency.unknown.empty();
  std::vector<Span> spans{
      {name_of(dependency), Ink::plain, true},
      {" " + (dependency.coordinates.version.empty() ? "version unknown" : dependency.coordinates.version),
       known ? Ink::plain : Ink::yellow},
      {fmt::format(" · {}{}", dependency.scope, dependency.optional ? ", optional" : ""), Ink::cyan},
      {" · " + decision_text(dependency), Ink::faint}};
  if (!dependency.through.empty()) {
    std::vector<std::string> through;
    for (const Coordinates& artifact : dependency.through)
      through.push_back(artifact.text());
    spans.push_back({fmt::format(" · through {}", fmt::join(through, ", ")), Ink::faint});
  }
  if (!dependency.relocated_to.group.empty())
    spans.push_back({" · moved to " + dependency.relocated_to.text(), Ink::yellow});
  if (!known)
    spans.push_back({" · " + dependency.unknown, Ink::yellow});
  page.paragraph({{"  "}}, {{"    "}}, spans);
}

void write_dependencies(TextPage& page, const char* kind, const std::vector<PomDependency>& dependencies) {
  if (dependencies.empty())
    return;
  write_heading(page, fmt::format("{} ({})", kind, dependencies.size()));
  for (const PomDependency& dependency : dependencies)
    write_dependency(page, dependency);
}

void write_project(TextPage& page, const PomModel& model) {
  page.paragraph({{"Project ", Ink::strong}},
                 {{model.project.text(), Ink::strong, true},
                  {fmt::format(" · {} · {}", model.packaging, model.path.string()), Ink::faint}});
  write_dependencies(page, "Dependencies", model.dependencies);
  if (model.transitive)
    write_dependencies(page, "Transitive dependencies", *model.transitive);
  if (model.unknowns.empty())
    return;
  write_heading(page, fmt::format("Unknown ({})", model.unknowns.size()));
  for (const std::string& unknown : model.unknowns)
    page.paragraph({{"  "}}, {{"    "}}, {{unknown, Ink::yellow}});
}

}  // namespace

void write_pom_text(const std::vector<PomModel>& projects, const TextStyle& style, std::ostream& out) {
  TextPage page(style, out);
  bool first = true;
  for (const PomModel& model : projects) {
    if (!first)
      page.blank_line();
    first = false;
    write_project(page, model);
  }
}

}  // namespace preflight
