#include "restore/operator_matching.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace preflight {
namespace {

using IdOrigin = ExpectedOperator::IdOrigin;

bool in_savepoint(const Savepoint& savepoint, const OperatorId& id) {
  return std::ranges::find(savepoint.operators, id, &OperatorState::id) != savepoint.operators.end();
}

/// The IDs under which an operator looks for its state: a uid hash where the savepoint has it, else what Flink
/// generates.
std::vector<OperatorId> looked_for(const ExpectedOperator& op, const Savepoint& savepoint) {
  if (op.id_origin != IdOrigin::uid_hash || !op.written_as)
    return op.ids;
  const bool hash_is_there =
      std::ranges::any_of(op.ids, [&](const OperatorId& id) { return in_savepoint(savepoint, id); });
  return hash_is_there ? op.ids : std::vector{*op.written_as};
}

OperatorMatch match_of(IdOrigin origin) {
  switch (origin) {
    case IdOrigin::uid:
      return OperatorMatch::by_uid;
    case IdOrigin::uid_hash:
      return OperatorMatch::by_uid_hash;
    case IdOrigin::automatic:
      return OperatorMatch::by_automatic_id;
    case IdOrigin::unknown:
      return OperatorMatch::undetermined;
  }
  return OperatorMatch::undetermined;
}

std::optional<std::string> uid_that_gives(const ExpectedOperator& op, const OperatorId& id) {
  for (const std::string& uid : op.uids)
    if (operator_id_of_uid(uid) == id)
      return uid;
  return std::nullopt;
}

std::string why_matched(const OperatorMatching& matching, const JobOperator& call) {
  switch (matching.how) {
    case OperatorMatch::by_uid:
      return fmt::format("the new job has uid \"{}\": {}", matching.uid.value_or(""), describe(call));
    case OperatorMatch::by_uid_hash:
      return fmt::format("the new job names this ID by setUidHash: {}", describe(call));
    default:
      return fmt::format("it has no uid; the new job's graph gives the same ID again, to {}", describe(call));
  }
}

}  // namespace

OperatorMatcher::OperatorMatcher(const Savepoint& before, const IdentifiedJob* job, const ApplicationJar* application)
    : before_(before), job_(job), application_(application) {
  if (application != nullptr)
    candidates_.emplace(*application);
  std::vector<OperatorId> ids;
  std::vector<OperatorId> from_uid;
  if (job != nullptr)
    for (const ExpectedOperator& op : job->operators())
      for (const OperatorId& id : looked_for(op, before)) {
        takers_[id].push_back(op.index);
        if (op.id_origin == IdOrigin::uid)
          from_uid.push_back(id);
      }
  for (const OperatorState& state : before.operators) {
    ids.push_back(state.id);
    if (state.uid || (candidates_ && candidates_->find(state.id) != nullptr))
      from_uid.push_back(state.id);
  }
  automatic_ = recognise_automatic_ids(ids, from_uid);
}

/// Metadata from version 5 on stores the uids, so one that is missing was not set.
bool OperatorMatcher::has_no_uid(const OperatorState& before) const {
  constexpr std::int32_t kFirstVersionWithUids = 5;
  return automatic_.certain.contains(before.id) || (before_.metadata_version >= kFirstVersionWithUids && !before.uid);
}

bool OperatorMatcher::may_be_automatic(const OperatorState& before) const {
  return !before.uid && (has_no_uid(before) || automatic_.possible.contains(before.id) || !automatic_.exhaustive);
}

/// Why an operator that no known one of the new job matches may be there all the same; empty where it certainly is not.
std::string OperatorMatcher::why_undetermined(const OperatorState& before) const {
  if (job_ == nullptr)
    return "the job that the JAR builds could not be read";
  if (!job_->model().incomplete_because.empty())
    return "the new job may have operators that were not found: " + job_->model().incomplete_because;
  if (job_->model().uses_table_api)
    return "the new job uses the Table API, whose planner makes operators and their uids";
  for (const ExpectedOperator& op : job_->operators()) {
    if (op.id_unknown_because.empty())
      continue;
    const bool without_uid = op.id_origin == IdOrigin::automatic;
    const bool could_be_it = without_uid ? may_be_automatic(before) : !automatic_.certain.contains(before.id);
    if (could_be_it)
      return fmt::format("the ID of {} is not known: {}", describe(job_->call_of(op)), op.id_unknown_because);
  }
  return "";
}

OperatorMatching OperatorMatcher::matched(const std::vector<std::uint32_t>& takers, const OperatorState& before) const {
  OperatorMatching matching;
  const ExpectedOperator& op = job_->operators()[takers.front()];
  const JobOperator& call = job_->call_of(op);
  matching.op = op.index;
  matching.how = op.id_origin == IdOrigin::uid_hash && op.written_as == before.id
                     ? (call.uid.absent() ? OperatorMatch::by_automatic_id : OperatorMatch::by_uid)
                     : match_of(op.id_origin);
  matching.uid = uid_that_gives(op, before.id);
  if (!matching.uid && matching.how == OperatorMatch::by_uid && call.uid.known())
    matching.uid = call.uid.values.front();
  matching.reason = why_matched(matching, call);
  matching.uncertain_because = why_uncertain(call, op);
  if (takers.size() > 1 && matching.uncertain_because.empty())
    matching.uncertain_because =
        fmt::format("{} may have the same ID", describe(job_->call_of(job_->operators()[takers[1]])));
  return matching;
}

OperatorMatching OperatorMatcher::match(const OperatorState& before) const {
  if (application_ == nullptr)
    return {.how = OperatorMatch::no_application, .reason = "no application JAR was given (--app)"};
  if (const auto takers = takers_.find(before.id); takers != takers_.end())
    return matched(takers->second, before);
  const std::string undetermined = why_undetermined(before);
  if (undetermined.empty())
    return {.how = OperatorMatch::absent, .reason = "no operator of the new job has this ID"};
  if (const std::string* text = candidates_->find(before.id))
    return {.how = OperatorMatch::by_string_constant,
            .uid = *text,
            .reason = fmt::format("the new JAR holds the text \"{}\", which as a uid gives this ID; which operator has "
                                  "it is not known, because {}",
                                  *text, undetermined),
            .uncertain_because = undetermined};
  if (has_no_uid(before))
    return {.how = OperatorMatch::automatic,
            .reason = fmt::format("it has no uid: Flink generated its ID from the shape of the job graph, and whether "
                                  "the new graph gives the same ID again is not determined, because {}",
                                  undetermined),
            .uncertain_because = undetermined};
  return {.how = OperatorMatch::undetermined,
          .reason = "no operator of the new job is known to have this ID, but " + undetermined,
          .uncertain_because = undetermined};
}

std::vector<std::uint32_t> OperatorMatcher::added() const {
  std::vector<std::uint32_t> added;
  if (job_ == nullptr)
    return added;
  for (const ExpectedOperator& op : job_->operators()) {
    const std::vector<OperatorId> ids = looked_for(op, before_);
    if (!ids.empty() && std::ranges::none_of(ids, [&](const OperatorId& id) { return in_savepoint(before_, id); }))
      added.push_back(op.index);
  }
  return added;
}

std::vector<std::string> OperatorMatcher::used_twice() const {
  std::vector<std::string> twice;
  if (job_ == nullptr)
    return twice;
  std::set<std::string> seen;
  for (const ExpectedOperator& op : job_->operators()) {
    const JobOperator& call = job_->call_of(op);
    if (!call.uid.known() || call.conditional)
      continue;
    const std::string& uid = call.uid.values.front();
    if (!seen.insert(uid).second && std::ranges::find(twice, uid) == twice.end())
      twice.push_back(uid);
  }
  return twice;
}

}  // namespace preflight
