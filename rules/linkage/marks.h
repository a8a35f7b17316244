#pragma once

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "linkage/linkage.h"
#include "linkage/symbol_linking.h"
#include "linkage/world_history.h"

namespace preflight {

/// Gathers the uses of what Flink marked as deprecated or internal, each symbol once: the class where the mark is the
/// class's, the member where it is its own.
class Marks {
 public:
  explicit Marks(WorldHistory& history) : history_(history) {}

  /// A use that links.
  void note(ClassWorld& target, const KnownClass& user, const SymbolUse& use, const LinkOutcome& outcome,
            const CallSite& site);
  /// All of them, sorted, with the release that lacks them.
  std::vector<MarkedUse> take(const ApiIndex& api);

 private:
  struct Draft {
    MarkedUse marked;
    std::string user;
    SymbolUse use;
  };

  WorldHistory& history_;
  std::map<std::tuple<std::string, std::string, std::string>, Draft> drafts_;
};

}  // namespace preflight
