#include "restore/swapped_uids.h"

#include <utility>
#include <vector>

namespace preflight {
namespace {

/// What makes two operators alike: what they are, and what they read.
std::string kind_of(const IdentifiedJob& job, const JobOperator& call) {
  std::string kind = call.call + " " + call.function_class + " " + call.function_method;
  for (const JobEdge& input : call.inputs) {
    const ExpectedOperator& from = job.operators()[input.from];
    kind += " " + (from.ids.size() == 1 ? from.ids.front().hex() : "?");
  }
  return kind;
}

struct Named {
  std::string uid;
  std::string kind;
};

/// The operators whose uid is known, in the order of the code.
std::vector<Named> named_operators(const IdentifiedJob& job) {
  std::vector<Named> named;
  for (const ExpectedOperator& op : job.operators())
    if (op.uids.size() == 1 && certainly_there(job.call_of(op), op))
      named.push_back({op.uids.front(), kind_of(job, job.call_of(op))});
  return named;
}

}  // namespace

std::map<OperatorId, std::string> swapped_uids(const IdentifiedJob& running, const IdentifiedJob& job) {
  std::map<std::string, std::pair<std::string, std::size_t>> before;
  const std::vector<Named> named_before = named_operators(running);
  for (std::size_t i = 0; i < named_before.size(); ++i)
    before.emplace(named_before[i].uid, std::pair(named_before[i].kind, i));
  std::map<OperatorId, std::string> swapped;
  std::map<std::string, Named> latest_of_kind;
  std::map<std::string, std::size_t> place_of_latest;
  for (const Named& now : named_operators(job)) {
    const auto was = before.find(now.uid);
    if (was == before.end() || was->second.first != now.kind)
      continue;
    const std::size_t place = was->second.second;
    const auto [latest, first] = place_of_latest.try_emplace(now.kind, place);
    if (!first && place < latest->second) {
      const Named& other = latest_of_kind[now.kind];
      swapped.emplace(operator_id_of_uid(now.uid), other.uid);
      swapped.emplace(operator_id_of_uid(other.uid), now.uid);
    } else {
      latest->second = place;
      latest_of_kind[now.kind] = now;
    }
  }
  return swapped;
}

}  // namespace preflight
