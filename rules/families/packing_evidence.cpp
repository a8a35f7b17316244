#include "families/packing_evidence.h"

#include <fmt/format.h>

#include <utility>

namespace preflight {

Finding packing_finding(const char* rule, Severity severity, std::string name, const Facts& facts) {
  Finding finding;
  finding.rule = rule;
  finding.severity = severity;
  finding.subject = {.kind = Subject::Kind::dependency, .name = std::move(name)};
  finding.location = {.path = facts.upgrade.application->path.string()};
  return finding;
}

std::string entry_of(const PackedLibrary& library) {
  return library.entries.empty() ? std::string() : library.entries.front();
}

std::string description_of(const PackedLibrary& library) {
  std::string text =
      fmt::format("{} {}", library.key(), library.version.empty() ? "(version unknown)" : library.version);
  if (!library.relocated_under.empty())
    text += fmt::format(", relocated to {}", library.relocated_under);
  if (library.classes > 0)
    text += fmt::format(", {} {}", library.classes, library.classes == 1 ? "class" : "classes");
  return text;
}

}  // namespace preflight
