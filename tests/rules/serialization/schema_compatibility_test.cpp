// Holds what is said of states against what Flink did with them: fixtures/upgrades/verdicts.json.

#include "serialization/schema_compatibility.h"

#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <memory>
#include <set>

#include "fixture_paths.h"
#include "serialization/java_serialization.h"
#include "upgrade_worlds.h"

using namespace preflight;
using namespace preflight::test;

namespace {

using Json = rapidjson::Value;

const std::set<std::string> kTopics = {
    "pojo",       "fields",   "enum",  "kryo",        "state",      "kind",           "key",       "composite",
    "collection", "subclass", "avro",  "ttl",         "serializer", "operator-state", "broadcast", "java-serialized",
    "typeinfo",   "window",   "timer", "async-state", "built-in",   "state-form"};

const CompatibilityTable& table() {
  static const CompatibilityTable read = read_compatibility_table(embedded_table_documents());
  return read;
}

/// What the cases share is read once.
class Recordings {
 public:
  Recordings() : cases_(fixture_json("upgrades/verdicts.json")) {
    for (const Json& recorded : cases_.GetArray())
      jobs_.insert(text_of(recorded["before"], "class"));
  }

  const rapidjson::Document& cases() const { return cases_; }

  const JobModel& job(const Json& side) {
    const std::string jar = text_of(side, "jar");
    const std::string job = text_of(side, "class");
    auto& model = models_[jar + " " + job];
    if (!model)
      model = std::make_unique<JobModel>(job_of_jar(jar, job, jobs_));
    return *model;
  }

 private:
  rapidjson::Document cases_;
  Jobs jobs_;
  std::map<std::string, std::unique_ptr<JobModel>> models_;
};

std::string short_name(const std::string& job) {
  return job.substr(job.rfind('.') + 1);
}

const State* find_state(const OperatorState& operator_state, const std::string& name) {
  const auto found = std::ranges::find(operator_state.states, name, &State::name);
  return found == operator_state.states.end() ? nullptr : &*found;
}

const OperatorState* find_operator(const std::vector<OperatorState>& operators, const std::string& id) {
  const auto found = std::ranges::find_if(operators, [&](const OperatorState& one) { return one.id.hex() == id; });
  return found == operators.end() ? nullptr : &*found;
}

/// A state with a serializer of the application's own cannot be read from the savepoint; Flink's recording has it.
void fill_in(std::vector<OperatorState>& operators, const std::vector<OperatorState>& recorded) {
  for (OperatorState& one : operators)
    for (State& state : one.states) {
      const OperatorState* other = find_operator(recorded, one.id.hex());
      const State* as_recorded = other == nullptr ? nullptr : find_state(*other, state.name);
      if (as_recorded == nullptr || state.value || state.element)
        continue;
      state.value = as_recorded->value;
      state.element = as_recorded->element;
      state.namespace_serializer = as_recorded->namespace_serializer;
    }
}

/// Before and after of one case, with what Flink did.
struct Case {
  const Json& recorded;
  std::string name;
  std::string topic;
  StateBackend backend;
  SchemaWorlds worlds;
  std::vector<OperatorState> before;
  std::vector<OperatorState> after;
};

Case read_case(const Json& recorded, Recordings& recordings) {
  const FlinkVersion source = FlinkVersion::parse(text_of(recorded, "source")).value();
  const FlinkVersion target = FlinkVersion::parse(text_of(recorded, "target")).value();
  const JobModel& old_job = recordings.job(recorded["before"]);
  const JobModel& new_job = recordings.job(recorded["after"]);
  const std::string savepoint = text_of(recorded, "savepoint");
  const std::string after_class = short_name(text_of(recorded["after"], "class"));
  std::vector<OperatorState> before = read_savepoint(fixtures() / savepoint).operators;
  std::vector<OperatorState> as_recorded = operators_of_json(fixture_json(savepoint + ".json"), old_job);
  fill_in(before, as_recorded);
  const bool itself = recorded["self_check"].GetBool();
  return {.recorded = recorded,
          .name = text_of(recorded, "case"),
          .topic = text_of(recorded, "topic"),
          .backend = text_of(recorded, "backend") == "rocksdb" ? StateBackend::rocksdb : StateBackend::hashmap,
          .worlds = {.from = SourceRelease{.lowest = source, .highest = source, .how = {}},
                     .to = target,
                     .before = &old_job,
                     .after = &new_job,
                     .table = &table()},
          .before = std::move(before),
          .after = itself ? std::move(as_recorded)
                          : operators_of_json(fixture_json(fmt::format("upgrades/after/{}/{}.json", target.minor_text(),
                                                                       after_class)),
                                              new_job)};
}

/// What is said of one state: its own serializers and the key of its operator.
StateComparison predict(const Case& one, const OperatorState& before, const State& state, const OperatorState& after,
                        const State& now) {
  StateComparison said = compare_states(state, now, one.backend, one.worlds);
  if (before.key_serializer && after.key_serializer && said.outcome != StateOutcome::incompatible) {
    StateComparison key = compare_keys(*before.key_serializer, *after.key_serializer, one.backend, one.worlds);
    if (key.outcome == StateOutcome::incompatible || key.outcome == StateOutcome::unknown)
      return key;
  }
  return said;
}

bool restores(StateOutcome outcome) {
  return outcome == StateOutcome::as_is || outcome == StateOutcome::after_migration;
}

/// Counts of one topic.
struct Tally {
  int agree = 0;
  int unknown = 0;
  std::vector<std::string> wrong_claims;  ///< Said to restore, did not.
  std::vector<std::string> wrong_alarms;  ///< Said not to restore, did.
  std::vector<std::string> unknowns;
};

void count(Tally& tally, bool restored, const StateComparison& said, const std::string& what) {
  const std::string line = fmt::format("{}: said {} ({})", what, to_string(said.outcome), said.reason);
  if (said.outcome == StateOutcome::unknown) {
    ++tally.unknown;
    tally.unknowns.push_back(line);
  } else if (restores(said.outcome) == restored) {
    ++tally.agree;
  } else {
    (restored ? tally.wrong_alarms : tally.wrong_claims).push_back(line);
  }
}

/// Both sides of a state that the recording names; nothing where one of them does not have it.
std::optional<StateComparison> predict_named(const Case& one, const std::string& id, const std::string& name) {
  const OperatorState* before = find_operator(one.before, id);
  const OperatorState* after = find_operator(one.after, id);
  const State* state = before == nullptr ? nullptr : find_state(*before, name);
  const State* now = after == nullptr ? nullptr : find_state(*after, name);
  if (state == nullptr || now == nullptr)
    return std::nullopt;
  return predict(one, *before, *state, *after, *now);
}

void count_states(const Case& one, Tally& tally) {
  for (const Json& state : one.recorded["states"].GetArray()) {
    const std::string outcome = text_of(state, "outcome");
    const std::string name = text_of(state, "state");
    if (outcome == "dropped" || outcome == "new")
      continue;
    const std::optional<StateComparison> said = predict_named(one, text_of(state, "operator_id"), name);
    if (!said)
      continue;
    const std::string what = fmt::format("{}, {} ({})", one.name, name, outcome);
    if (const auto fields = state.FindMember("fields"); fields != state.MemberEnd()) {
      INFO(what);
      CHECK(!said->lost.empty());
    }
    if (outcome == "as-is-or-migrated" || outcome == "wrong" || outcome == "failed")
      count(tally, outcome == "as-is-or-migrated", *said, what);
    else if (said->outcome == StateOutcome::incompatible)  // The job came up with it.
      tally.wrong_alarms.push_back(what + ": " + said->reason);
  }
}

std::string lines(const std::vector<std::string>& texts) {
  return fmt::format("{}\n", fmt::join(texts, "\n"));
}

}  // namespace

TEST_CASE("What is said of a state is what Flink did with it, for each upgrade that was really run") {
  Recordings recordings;
  std::map<std::string, Tally> tallies;
  for (const Json& recorded : recordings.cases().GetArray()) {
    if (recorded["self_check"].GetBool() || !kTopics.contains(text_of(recorded, "topic")))
      continue;
    const Case one = read_case(recorded, recordings);
    count_states(one, tallies[one.topic]);
  }
  int agree = 0;
  int all = 0;
  for (const auto& [topic, tally] : tallies) {
    CAPTURE(topic, tally.agree, tally.unknown);
    CHECK(lines(tally.wrong_claims) == "\n");
    CHECK(lines(tally.wrong_alarms) == "\n");
    agree += tally.agree;
    all += tally.agree + tally.unknown;
    UNSCOPED_INFO(
        fmt::format("{}: {} agree, {} unknown\n{}", topic, tally.agree, tally.unknown, lines(tally.unknowns)));
  }
  CHECK(agree * 100 >= all * 95);
}

TEST_CASE("The serialVersionUID of a class that declares none is the one that Java computes") {
  Recordings recordings;
  int seen = 0;
  for (const Json& recorded : recordings.cases().GetArray()) {
    if (!text_of(recorded, "case").starts_with("JavaUidDefault") || recorded["causes"].Empty())
      continue;
    const std::string message = text_of(*(recorded["causes"].End() - 1), "message");
    const std::string basket = text_of(recorded["before"], "class") + "$Basket";
    for (const char* side : {"before", "after"}) {
      const std::string text = fmt::format("serialVersionUID = {}{}",
                                           serial_version_uid_of(recordings.job(recorded[side]).shapes.at(basket)),
                                           side == std::string("before") ? "," : "");
      CHECK_THAT(message, Catch::Contains(text));
    }
    ++seen;
  }
  CHECK(seen > 0);
}

TEST_CASE("A job that restores from its own savepoint is never said to lose it") {
  Recordings recordings;
  Tally tally;
  for (const Json& recorded : recordings.cases().GetArray()) {
    if (!recorded["self_check"].GetBool())
      continue;
    const Case one = read_case(recorded, recordings);
    for (const OperatorState& before : one.before)
      for (const State& state : before.states) {
        const OperatorState* after = find_operator(one.after, before.id.hex());
        const State* now = after == nullptr ? nullptr : find_state(*after, state.name);
        if (now != nullptr)
          count(tally, true, predict(one, before, state, *after, *now), one.name + ", " + state.name);
      }
  }
  CHECK(lines(tally.wrong_alarms) == "\n");
  INFO(tally.agree << " agree, unknown:\n" << lines(tally.unknowns));
  CHECK(tally.agree >= 20 * tally.unknown);
}
