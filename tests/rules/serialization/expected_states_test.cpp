#include <algorithm>
#include <catch2/catch.hpp>

#include "restore/expected_job.h"
#include "rules/upgrade_builder.h"
#include "upgrade_corpus.h"

using namespace preflight;
using namespace preflight::test;

namespace {

TypeExpression extracted(const char* type) {
  return {.form = TypeExpression::Form::extracted, .type = class_type(type)};
}

TypeExpression serializer(const char* class_name, std::vector<TypeExpression> arguments = {}) {
  return {.form = TypeExpression::Form::serializer, .made_class = class_name, .arguments = std::move(arguments)};
}

template <typename T>
JobValue<T> known(T value) {
  return {.knowledge = JobValue<T>::Knowledge::known, .values = {std::move(value)}};
}

JobState state(const char* name, JobStateKind kind, TypeExpression value = {}, TypeExpression key = {}) {
  return {.name = known<std::string>(name), .kind = kind, .value = std::move(value), .key = std::move(key)};
}

JobState with_ttl(JobState job_state) {
  job_state.ttl = JobState::Ttl::on;
  return job_state;
}

JobState in_windows(JobState job_state) {
  job_state.namespace_type = serializer("org.apache.flink.streaming.api.windowing.windows.TimeWindow$Serializer");
  return job_state;
}

const State* find_state(const Savepoint& savepoint, const std::string& name) {
  for (const OperatorState& op : savepoint.operators)
    for (const State& each : op.states)
      if (each.name == name)
        return &each;
  return nullptr;
}

/// All that a savepoint says of how a state is stored.
std::string text_of(const State& of) {
  std::string text = std::string(to_string(of.kind)) + " " + of.backend_state_type;
  for (const auto& [name, value] : of.options)
    text += " " + name + "=" + value;
  for (const auto* snapshot : {&of.key, &of.namespace_serializer, &of.value, &of.element})
    text += *snapshot ? " | " + full_text(**snapshot) : " | -";
  return text;
}

}  // namespace

TEST_CASE("A state of the job's code stands in the savepoint in the form that is expected") {
  using Kind = JobStateKind;
  constexpr const char* kLong = "java.lang.Long";
  constexpr const char* kElement = "org.apache.flink.streaming.runtime.streamrecord.StreamElementSerializer";
  struct Row {
    const char* job;
    JobState state;
  };
  const Row row = GENERATE_COPY(values<Row>({
      {"ValueUnchanged", state("kept", Kind::value, extracted(kLong))},
      {"MapStateUnchanged", state("kept", Kind::map, extracted(kLong), extracted(kLong))},
      {"ListStateElementType", state("kept", Kind::list, extracted(kLong))},
      {"ReducingUnchanged", state("kept", Kind::reducing, extracted(kLong))},
      {"AggregatingUnchanged", state("kept", Kind::aggregating, extracted(kLong))},
      {"TtlOff", with_ttl(state("kept", Kind::value, extracted(kLong)))},
      {"OpListUnchanged", state("items", Kind::operator_list, extracted(kLong))},
      {"OpUnionUnchanged", state("items", Kind::operator_union, extracted(kLong))},
      {"TimersUnchanged", state("_timer_state/event_user-timers", Kind::timers)},
      {"WindowUnchanged", in_windows(state("window-contents", Kind::aggregating, extracted(kLong)))},
      {"WindowUnchanged", in_windows(state("_timer_state/event_window-timers", Kind::timers))},
      {"WindowEvictorUnchanged",
       in_windows(state("window-contents", Kind::list, serializer(kElement, {extracted(kLong)})))},
      {"AsyncUnchanged",
       state("_async_wait_operator_state_", Kind::operator_list, serializer(kElement, {extracted(kLong)}))},
      {"CepUnchanged", state("nfaStateName", Kind::value, serializer("org.apache.flink.cep.nfa.NFAStateSerializer"))},
      {"CepUnchanged",
       state("sharedBuffer-entries-with-lockable-edges", Kind::map,
             serializer("org.apache.flink.cep.nfa.sharedbuffer.Lockable$LockableTypeSerializer",
                        {serializer("org.apache.flink.cep.nfa.sharedbuffer.SharedBufferNodeSerializer")}),
             serializer("org.apache.flink.cep.nfa.sharedbuffer.NodeId$NodeIdSerializer"))},
  }));
  const Savepoint savepoint = read_savepoint(upgrades() / "savepoints" / "1.20" / row.job);
  const State* written = find_state(savepoint, row.state.name.values.front());
  INFO(row.job << " " << row.state.name.values.front());
  REQUIRE(written != nullptr);
  JobModel job;
  job.operators.push_back({.uid = known<std::string>("counts"), .key = extracted(kLong), .states = {row.state}});
  const ExpectedJob expected = expect_job(job, FlinkVersion::parse("1.20").value(), embedded_table());
  REQUIRE(expected.operators.size() == 1);
  CHECK(expected.operators.front().ids == std::vector{operator_id_of_uid("counts")});
  REQUIRE(expected.operators.front().states.size() == 1);
  CHECK(text_of(expected.operators.front().states.front().state) == text_of(*written));
}

TEST_CASE("Where a state's name is one of a few, each is expected, and none for certain") {
  JobModel job;
  JobState job_state = state("a", JobStateKind::value, extracted("java.lang.String"));
  job_state.name = {.knowledge = JobValue<std::string>::Knowledge::one_of, .values = {"a", "b"}};
  job.operators.push_back({.states = {job_state}});
  const ExpectedJob expected = expect_job(job, FlinkVersion::parse("2.2").value(), embedded_table());
  const ExpectedOperator& op = expected.operators.front();
  CHECK(op.id_origin == ExpectedOperator::IdOrigin::automatic);
  CHECK(op.ids.empty());
  REQUIRE(op.states.size() == 2);
  CHECK(op.states[0].state.name == "a");
  CHECK(op.states[1].state.name == "b");
  CHECK(op.states[1].conditional);
}
