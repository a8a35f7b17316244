#include "finding.h"

#include <array>
#include <string_view>
#include <utility>

#include "input/digest.h"

namespace preflight {
namespace {

constexpr std::array<std::pair<Severity, const char*>, 5> kSeverities{{{Severity::info, "info"},
                                                                       {Severity::low, "low"},
                                                                       {Severity::medium, "medium"},
                                                                       {Severity::high, "high"},
                                                                       {Severity::blocker, "blocker"}}};

constexpr std::size_t kFingerprintDigits = 32;

}  // namespace

const char* to_string(Severity severity) {
  for (const auto& [value, name] : kSeverities)
    if (value == severity)
      return name;
  return "info";
}

std::optional<Severity> severity_of(const std::string& text) {
  for (const auto& [value, name] : kSeverities)
    if (text == name)
      return value;
  return std::nullopt;
}

const char* to_string(Subject::Kind kind) {
  switch (kind) {
    case Subject::Kind::runtime:
      return "runtime";
    case Subject::Kind::dependency:
      return "dependency";
    case Subject::Kind::class_:
      return "class";
    case Subject::Kind::method:
      return "method";
    case Subject::Kind::field:
      return "field";
    case Subject::Kind::operator_:
      return "operator";
    case Subject::Kind::state:
      return "state";
    case Subject::Kind::configuration:
      return "configuration";
    case Subject::Kind::manifest:
      return "manifest";
  }
  return "runtime";
}

std::string fingerprint(const Finding& finding) {
  // An operator is its ID: whether its uid is known as well depends on the savepoint's format.
  const Subject& subject = finding.subject;
  std::string identity = finding.rule;
  for (const std::string_view part :
       {std::string_view(to_string(subject.kind)),
        std::string_view(subject.operator_id.empty() ? subject.name : subject.operator_id),
        std::string_view(subject.state)}) {
    identity.push_back('\0');
    identity += part;
  }
  return sha256_of_text(identity).substr(0, kFingerprintDigits);
}

}  // namespace preflight
