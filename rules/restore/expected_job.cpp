#include "restore/expected_job.h"

#include <fmt/format.h>

#include <utility>

#include "serialization/snapshot_forms.h"

namespace preflight {
namespace {

constexpr const char* kVoidNamespace = "org.apache.flink.runtime.state.VoidNamespaceSerializer";
constexpr const char* kTtlSerializer = "org.apache.flink.runtime.state.ttl.TtlStateFactory$TtlSerializer";
constexpr const char* kLongSerializer = "org.apache.flink.api.common.typeutils.base.LongSerializer";
constexpr const char* kTimerSerializer = "org.apache.flink.streaming.api.operators.TimerSerializer";

using Options = std::vector<std::pair<std::string, std::string>>;

/// How a kind of state stands in the state backend's meta information (StateMetaInfoSnapshot).
struct KindForm {
  StateKind kind;
  const char* backend_type;
  const char* option;
  const char* value;
};

KindForm form_of(JobStateKind kind) {
  constexpr const char* kKeyed = "KEYED_STATE_TYPE";
  constexpr const char* kMode = "OPERATOR_STATE_DISTRIBUTION_MODE";
  switch (kind) {
    case JobStateKind::value:
      return {StateKind::keyed, "KEY_VALUE", kKeyed, "VALUE"};
    case JobStateKind::list:
      return {StateKind::keyed, "KEY_VALUE", kKeyed, "LIST"};
    case JobStateKind::map:
      return {StateKind::keyed, "KEY_VALUE", kKeyed, "MAP"};
    case JobStateKind::reducing:
      return {StateKind::keyed, "KEY_VALUE", kKeyed, "REDUCING"};
    case JobStateKind::aggregating:
      return {StateKind::keyed, "KEY_VALUE", kKeyed, "AGGREGATING"};
    case JobStateKind::folding:
      return {StateKind::keyed, "KEY_VALUE", kKeyed, "FOLDING"};
    case JobStateKind::operator_list:
      return {StateKind::operator_list, "OPERATOR", kMode, "SPLIT_DISTRIBUTE"};
    case JobStateKind::operator_union:
      return {StateKind::operator_union, "OPERATOR", kMode, "UNION"};
    case JobStateKind::broadcast:
      return {StateKind::broadcast, "BROADCAST", kMode, "BROADCAST"};
    case JobStateKind::timers:
      return {StateKind::timer, "PRIORITY_QUEUE", nullptr, nullptr};
    case JobStateKind::coordinator:
      return {StateKind::coordinator, "", nullptr, nullptr};
  }
  return {StateKind::keyed, "", nullptr, nullptr};
}

/// "com.acme.Job.main:42: the argument is read from a file"
std::string with_place(const std::string& reason, const CodePlace& place) {
  return place.class_name.empty() ? reason : fmt::format("{}: {}", to_text(place), reason);
}

/// Makes the serializers of one operator's states.
class StateForms {
 public:
  StateForms(const SerializerInference& inference, const CompatibilityTable& table,
             const std::optional<SerializerSnapshot>& key)
      : inference_(inference), table_(table), key_(key) {}

  ExpectedState of(const JobState& job_state) const {
    const KindForm form = form_of(job_state.kind);
    ExpectedState expected{.ttl = job_state.ttl,
                           .conditional = job_state.conditional,
                           .lazy = job_state.lazy,
                           .payload = job_state.payload,
                           .place = job_state.place};
    State& state = expected.state;
    state.kind = form.kind;
    state.backend_state_type = form.backend_type;
    if (form.option != nullptr)
      state.options = Options{{form.option, form.value}};
    add_serializers(job_state, expected);
    return expected;
  }

 private:
  void add_serializers(const JobState& job_state, ExpectedState& expected) const {
    State& state = expected.state;
    switch (job_state.kind) {
      case JobStateKind::coordinator:
        return;
      case JobStateKind::timers:
        state.value = snapshot_of(table_, kTimerSerializer,
                                  {key_.value_or(unknown_serializer("the key's type is not known")),
                                   namespace_of(job_state, expected, "[1]")});
        return;
      case JobStateKind::operator_list:
      case JobStateKind::operator_union:
        state.element = infer(job_state.value, expected, "");
        return;
      case JobStateKind::broadcast:
        state.key = infer(job_state.key, expected, "key");
        state.value = infer(job_state.value, expected, "");
        return;
      default:
        state.namespace_serializer = namespace_of(job_state, expected, "namespace");
        state.value = keyed_value(job_state, expected);
    }
  }

  SerializerSnapshot keyed_value(const JobState& job_state, ExpectedState& expected) const {
    const bool ttl = job_state.ttl == JobState::Ttl::on;
    const std::string inside = ttl ? "[1]" : "";
    if (job_state.kind == JobStateKind::list)
      return list_snapshot(table_, with_ttl(ttl, infer(job_state.value, expected, "[0]" + inside)));
    if (job_state.kind == JobStateKind::map)
      return map_snapshot(table_, infer(job_state.key, expected, "[0]"),
                          with_ttl(ttl, infer(job_state.value, expected, "[1]" + inside)));
    return with_ttl(ttl, infer(job_state.value, expected, inside));
  }

  /// The time stamp before each value (TtlStateFactory$TtlSerializer).
  SerializerSnapshot with_ttl(bool ttl, SerializerSnapshot value) const {
    if (!ttl)
      return value;
    return snapshot_of(table_, kTtlSerializer, {snapshot_of(table_, kLongSerializer), std::move(value)});
  }

  SerializerSnapshot namespace_of(const JobState& job_state, ExpectedState& expected, const std::string& where) const {
    return job_state.namespace_type ? infer(*job_state.namespace_type, expected, where)
                                    : snapshot_of(table_, kVoidNamespace);
  }

  /// `where` is the way to it in the state's own tree.
  SerializerSnapshot infer(const TypeExpression& type, ExpectedState& expected, const std::string& where) const {
    InferredSerializer inferred = inference_.serializer_of(type);
    for (SerializerNote& note : inferred.notes) {
      note.where.insert(0, where);
      expected.notes.push_back(std::move(note));
    }
    return std::move(inferred.snapshot);
  }

  const SerializerInference& inference_;
  const CompatibilityTable& table_;
  const std::optional<SerializerSnapshot>& key_;
};

/// One for each name that the state can have.
void add_states(const JobState& job_state, const ExpectedState& expected, std::vector<ExpectedState>& states) {
  using Knowledge = JobValue<std::string>::Knowledge;
  const JobValue<std::string>& name = job_state.name;
  if (name.knowledge == Knowledge::known || name.knowledge == Knowledge::one_of) {
    for (const std::string& value : name.values) {
      states.push_back(expected);
      states.back().state.name = value;
      states.back().conditional |= name.values.size() > 1;
    }
    return;
  }
  states.push_back(expected);
  states.back().name_pattern = name.pattern;
  states.back().name_unknown_because =
      name.absent() ? "the code gives it no name" : with_place(name.reason, name.place);
  if (job_state.kind == JobStateKind::coordinator && name.absent()) {
    states.back().state.name = "coordinator";
    states.back().name_unknown_because.clear();
  }
}

void identify(const JobOperator& job_operator, ExpectedOperator& expected) {
  using Origin = ExpectedOperator::IdOrigin;
  if (!job_operator.uid_hash.absent()) {
    expected.id_origin = Origin::uid_hash;
    for (const std::string& hash : job_operator.uid_hash.values)
      if (const auto id = OperatorId::from_hex(hash))
        expected.ids.push_back(*id);
      else
        expected.id_unknown_because = fmt::format("the uid hash {} is none: it has to be 32 hex digits", hash);
    if (job_operator.uid_hash.values.empty())
      expected.id_unknown_because = with_place(job_operator.uid_hash.reason, job_operator.uid_hash.place);
    return;
  }
  if (job_operator.uid.absent()) {
    expected.id_origin = Origin::automatic;
    return;
  }
  expected.id_origin = Origin::uid;
  for (const std::string& uid : job_operator.uid.values) {
    expected.ids.push_back(operator_id_of_uid(uid));
    expected.uids.push_back(uid);
  }
  if (job_operator.uid.knowledge == JobValue<std::string>::Knowledge::unknown)
    expected.id_unknown_because = with_place(job_operator.uid.reason, job_operator.uid.place);
}

}  // namespace

ExpectedJob expect_job(const JobModel& job, const FlinkVersion& release, const CompatibilityTable& table) {
  const SerializerInference inference(job, release, table);
  ExpectedJob expected{.release = release};
  for (const JobOperator& job_operator : job.operators) {
    ExpectedOperator& made = expected.operators.emplace_back();
    made.index = static_cast<std::uint32_t>(expected.operators.size() - 1);
    identify(job_operator, made);
    if (job_operator.key) {
      InferredSerializer key = inference.serializer_of(*job_operator.key);
      made.key_serializer = std::move(key.snapshot);
      made.key_notes = std::move(key.notes);
    }
    const StateForms forms(inference, table, made.key_serializer);
    for (const JobState& job_state : job_operator.states)
      add_states(job_state, forms.of(job_state), made.states);
    made.states_incomplete_because = job_operator.states_incomplete_because;
  }
  return expected;
}

}  // namespace preflight
