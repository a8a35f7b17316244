#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "maven/pom_document.h"

namespace preflight {

/// Values that come from no pom, by name; their place says where from.
using GivenValues = std::map<std::string, PomValue>;

/// Replaces ${name} as Maven 3 does (AbstractStringBasedModelInterpolator): first the project's own values by their
/// prefixed names (project.version, pom.version), then -D, then properties, then what the machine has (env.X), then the
/// project's values by bare names (${version}); a value is interpolated in its turn, and one that names itself gives
/// way to the next source. Expressions do not nest: "${a.${b}}" asks for "a.${b", in Maven too.
class Interpolator {
 public:
  struct Sources {
    std::map<std::string, PomValue> project;                 ///< By bare name: "version", "parent.version".
    const GivenValues* user = nullptr;                       ///< -D; null where it does not go before the properties.
    std::map<std::string_view, const PomValue*> properties;  ///< Of the effective model, as written.
    const GivenValues* machine = nullptr;
    std::string undefined_note;  ///< Added to the reason of an undefined property: "; parent … is not in the tree".
    std::uint64_t* expanded;     ///< Bytes of replaced properties, counted over all the poms that are read together.
    std::string looked_in;       ///< "the tree": where a definition was looked for.
  };

  struct Result {
    std::string text;     ///< What could not be replaced stays as written.
    std::string unknown;  ///< Why something was not replaced; empty when all was.
  };

  /// Where the value of a text comes from: the place and the name of the property that holds it, followed through
  /// properties that are nothing but another reference. The place is the text's own, and the name empty, when it is no
  /// bare reference; line 0 when the property is not defined.
  struct Origin {
    PomPlace place;
    std::string property;
    std::string text;  ///< What is written there.
  };

  explicit Interpolator(Sources sources) : sources_(std::move(sources)) {}

  /// Throws InputError (over_limit) when properties expand to more than 64 MiB over all poms, or refer to each other
  /// more than 200 deep.
  Result interpolate(const PomValue& value);
  Origin origin(const PomValue& value) const;

  /// Names asked for so far, defined or not.
  const std::set<std::string>& used() const { return used_; }

 private:
  const PomValue* find(const std::string& name) const;
  Result resolve(const std::string& name, const PomPlace& user);
  std::string reason_undefined(const std::string& name) const;

  Sources sources_;
  std::map<std::string, Result> resolved_;
  std::vector<std::string> in_progress_;
  std::set<std::string> used_;
};

}  // namespace preflight
