#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "linkage/class_checks.h"
#include "linkage/linkage.h"
#include "linkage/symbol_linking.h"
#include "linkage/world_history.h"

namespace preflight {

/// Adds a call site that is not there yet.
void add_site(std::vector<CallSite>& sites, CallSite site);

/// Gathers the symbols that do not link, each once, and says what other releases have to say of them.
class ProblemList {
 public:
  using ClassCheck = std::vector<ClassFault> (*)(ClassWorld&, const KnownClass&);

  /// A use that fails.
  void add(const KnownClass& user, const SymbolUse& use, const LinkOutcome& outcome, CallSite site);
  /// A fault of a class, which `check` finds in any world.
  void add(const KnownClass& of, const ClassFault& fault, ClassCheck check, CallSite site);
  /// A fault that was found with the release it came with.
  void add(const ClassFault& fault, CallSite site);

  /// The problems, sorted. A member that no release has is perhaps none at all: the application was compiled against
  /// something that the index does not know. Those go to `unexplained`.
  std::vector<LinkageProblem> settle(const WorldInputs& inputs, ClassWorld& target, WorldHistory& history,
                                     std::vector<LinkageProblem>& unexplained);

 private:
  /// Owner, name, descriptor, fault.
  using Key = std::tuple<std::string, std::string, std::string, LinkageFault>;

  /// A problem while its call sites are gathered, and what to ask of another release.
  struct Draft {
    LinkageProblem problem;
    const KnownClass* owner = nullptr;
    std::string user;
    std::optional<SymbolUse> use;
    ClassCheck check = nullptr;

    bool links_in(ClassWorld& world) const;
  };

  static Key key_of(const ClassFault& fault);
  Draft& draft_of(const Key& key, const KnownClass& owner);
  /// Whether it is one though no release is without it: the member is there, but out of reach or of another kind; or
  /// the JAR has a class of that name with such a member, which Flink's own hides.
  static bool is_certain(const Draft& draft, const WorldInputs& inputs);
  static bool explain(Draft& draft, const ApiIndex& api, WorldHistory& history);

  std::map<Key, Draft> drafts_;
};

}  // namespace preflight
