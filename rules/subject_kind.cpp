#include "subject_kind.h"

#include <algorithm>
#include <array>

namespace preflight {
namespace {

constexpr std::array kKinds{Subject::Kind::runtime, Subject::Kind::dependency,    Subject::Kind::class_,
                            Subject::Kind::method,  Subject::Kind::field,         Subject::Kind::operator_,
                            Subject::Kind::state,   Subject::Kind::configuration, Subject::Kind::manifest};

}  // namespace

std::optional<Subject::Kind> subject_kind_of(const std::string& text) {
  const auto* kind = std::ranges::find_if(kKinds, [&](Subject::Kind known) { return text == to_string(known); });
  return kind == kKinds.end() ? std::nullopt : std::optional(*kind);
}

std::vector<std::string> subject_kind_names() {
  std::vector<std::string> names;
  for (const Subject::Kind kind : kKinds)
    names.emplace_back(to_string(kind));
  return names;
}

}  // namespace preflight
