#include "restore/restore_prediction.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "job_builder.h"
#include "rules/upgrade_builder.h"

using namespace preflight;
using namespace preflight::test;

namespace {

/// An upgrade from 1.20 to 2.2 with a new job, and a savepoint or a running job.
class RestoreCase {
 public:
  RestoreCase() : builder_("2.2") { builder_.from("1.20").application(); }

  RestoreCase& runs(JobModel job) {
    builder_.upgrade().running_application = *builder_.upgrade().application;
    builder_.upgrade().running_job = std::move(job);
    return *this;
  }
  RestoreCase& becomes(JobModel job) {
    builder_.upgrade().job = std::move(job);
    return *this;
  }
  UpgradeBuilder& with() { return builder_; }

  RestorePrediction predict() { return predict_restore(builder_.upgrade()); }

 private:
  UpgradeBuilder builder_;
};

JobBuilder counting_job(const std::string& uid = "count", const std::string& state = "total") {
  JobBuilder job;
  job.source().uid("numbers").op("process", "hash").uid(uid).keyed_by_long().state(state);
  return job;
}

const OperatorPrediction& by_uid(const RestorePrediction& prediction, const std::string& uid) {
  const auto found = std::ranges::find(prediction.operators, std::optional(uid), &OperatorPrediction::uid);
  REQUIRE(found != prediction.operators.end());
  return *found;
}

}  // namespace

TEST_CASE("Without a savepoint, the running job tells what is stored") {
  RestoreCase upgrade;
  upgrade.runs(counting_job().model());
  SECTION("the same job restores") {
    const RestorePrediction prediction = upgrade.becomes(counting_job().model()).predict();
    CHECK(prediction.before_is_inferred);
    CHECK(by_uid(prediction, "count").states.front().outcome == StateOutcome::as_is);
    CHECK(prediction.outcome == RestoreOutcome::restores);
  }
  SECTION("a renamed state is left behind, and the new name starts empty") {
    const RestorePrediction prediction = upgrade.becomes(counting_job("count", "sum").model()).predict();
    const OperatorPrediction& op = by_uid(prediction, "count");
    REQUIRE(op.states.size() == 2);
    CHECK(op.states[0].outcome == StateOutcome::dropped);
    CHECK(op.states[1].outcome == StateOutcome::new_);
    CHECK(prediction.outcome == RestoreOutcome::loses_state);
  }
  SECTION("a changed uid is refused, or loses the state") {
    upgrade.becomes(counting_job("counter").model());
    CHECK(upgrade.predict().outcome == RestoreOutcome::fails);
    upgrade.with().allow_non_restored_state(true);
    const RestorePrediction prediction = upgrade.predict();
    CHECK(prediction.outcome == RestoreOutcome::loses_state);
    CHECK(by_uid(prediction, "counter").match == OperatorMatch::added);
    CHECK(by_uid(prediction, "counter").states.front().outcome == StateOutcome::new_);
  }
  SECTION("a uid on two operators is refused") {
    JobBuilder job = counting_job();
    job.op("map").uid("count");
    const RestorePrediction prediction = upgrade.becomes(job.model()).predict();
    CHECK(prediction.uids_used_twice == std::vector<std::string>{"count"});
    CHECK(prediction.outcome == RestoreOutcome::fails);
  }
  SECTION("an operator that may not be there is not said to restore") {
    JobBuilder job = counting_job();
    job.current().conditional = true;
    CHECK(upgrade.becomes(job.model()).predict().outcome == RestoreOutcome::unknown);
  }
  SECTION("nor is a state that may not be registered") {
    JobBuilder job = counting_job();
    job.current().states.front().conditional = true;
    const RestorePrediction prediction = upgrade.becomes(job.model()).predict();
    CHECK(by_uid(prediction, "count").states.front().outcome == StateOutcome::unknown);
    CHECK(prediction.outcome == RestoreOutcome::unknown);
  }
  SECTION("nor is one said to be absent where the job is not known to its end") {
    JobBuilder job = counting_job("other");
    job.model().incomplete_because = "main calls a method that is not in the JAR";
    CHECK(upgrade.becomes(job.model()).predict().outcome == RestoreOutcome::unknown);
  }
  SECTION("where the running job is not known to its end, nothing is said to restore") {
    JobBuilder running = counting_job();
    running.model().incomplete_because = "main calls a method that is not in the JAR";
    CHECK(upgrade.runs(running.model()).becomes(counting_job().model()).predict().outcome == RestoreOutcome::unknown);
  }
}

TEST_CASE("The serializer of a state that nothing registers is loaded all the same") {
  struct Row {
    bool in_the_running_jar, in_the_new_jar;
    StateOutcome expected;
  };
  const Row row = GENERATE(Row{true, false, StateOutcome::incompatible}, Row{false, false, StateOutcome::unknown},
                           Row{true, true, StateOutcome::dropped});
  CAPTURE(row.in_the_running_jar, row.in_the_new_jar);
  const std::string type = "com.example.Basket";
  RestoreCase upgrade;
  upgrade.becomes(counting_job().model());
  upgrade.with().operator_with_state("count", "basket", pojo_serializer(type, {}));
  upgrade.with().upgrade().running_application = upgrade.with().upgrade().application;
  if (row.in_the_new_jar)
    upgrade.with().add_class(type, 55);
  if (row.in_the_running_jar) {
    ApplicationClass packed;
    packed.name = type;
    auto& classes = upgrade.with().upgrade().running_application->classes;
    classes.insert(classes.begin(), packed);  // Before com.example.Main, as they are sorted.
  }
  const RestorePrediction prediction = upgrade.predict();
  const auto& states = by_uid(prediction, "count").states;
  const auto state = std::ranges::find(states, "basket", &StatePrediction::name);
  REQUIRE(state != states.end());
  CAPTURE(state->reason);
  CHECK(state->outcome == row.expected);
}

TEST_CASE("Another key selector puts keyed state in doubt, and nothing else") {
  struct Row {
    std::optional<std::uint64_t> before, after;
    JobStateKind kind;
    StateOutcome expected;
  };
  const Row row = GENERATE(Row{7, 8, JobStateKind::value, StateOutcome::unknown},
                           Row{7, 7, JobStateKind::value, StateOutcome::as_is},
                           Row{7, std::nullopt, JobStateKind::value, StateOutcome::as_is},
                           Row{std::nullopt, 8, JobStateKind::value, StateOutcome::as_is},
                           Row{7, 8, JobStateKind::operator_list, StateOutcome::as_is});
  const auto job = [&](const char* function, std::optional<std::uint64_t> digest) {
    JobBuilder made;
    made.source().uid("numbers").op("process", "hash").uid("count").keyed_by_long().state("total", row.kind);
    made.current().key_selectors = {{function, digest}};
    return made.model();
  };
  RestoreCase upgrade;
  const RestorePrediction prediction =
      upgrade.runs(job("com.example.Old", row.before)).becomes(job("com.example.New", row.after)).predict();
  CHECK(by_uid(prediction, "count").states.front().outcome == row.expected);
  const bool doubted = row.expected == StateOutcome::unknown;
  CHECK(prediction.outcome == (doubted ? RestoreOutcome::unknown : RestoreOutcome::restores));
  CHECK((prediction.reason.find("com.example.Old") != std::string::npos) == doubted);
}

TEST_CASE("A stateless operator takes over the automatic ID of one with state") {
  JobBuilder before;
  before.source().parallelism(1).op("map").parallelism(1).op("process", "hash").keyed_by_long().state("total");
  JobBuilder after;
  after.source().parallelism(1).op("map").parallelism(1).op("filter");
  after.op("process", "hash").keyed_by_long().state("total");
  RestoreCase upgrade;
  upgrade.with().parallelism(2);
  const RestorePrediction prediction = upgrade.runs(before.model()).becomes(after.model()).predict();
  const auto taken = std::ranges::find_if(prediction.operators, [](const OperatorPrediction& op) {
    return op.id.hex() == "9dd63673dd41ea021b896d5203f3ba7c";
  });
  REQUIRE(taken != prediction.operators.end());
  CHECK(taken->match == OperatorMatch::by_automatic_id);
  CHECK(taken->states.front().outcome == StateOutcome::dropped);
  CHECK(prediction.outcome == RestoreOutcome::loses_state);
}

TEST_CASE("Bytes in a connector's own format") {
  const auto job = [](const std::string& payload) {
    JobBuilder builder;
    builder.source().uid("numbers").state({.name = known(std::string("SourceReaderState")),
                                           .kind = JobStateKind::operator_list,
                                           .value = JobBuilder::long_type(),
                                           .payload = payload});
    builder.op("map").uid("map");
    return builder.model();
  };
  RestoreCase upgrade;
  CHECK(upgrade.runs(job("kafka-split")).becomes(job("kafka-split")).predict().outcome == RestoreOutcome::restores);
  CHECK(upgrade.runs(job("kafka-split")).becomes(job("file-split")).predict().outcome == RestoreOutcome::fails);
}

TEST_CASE("Max parallelism is that of the first operator of the task") {
  const auto job = [](int head, int second) {
    JobBuilder builder;
    builder.source().uid("numbers").parallelism(2).op("process", "hash").uid("count").keyed_by_long().state("total");
    if (head > 0)
      builder.current().max_parallelism = known(head);
    builder.op("map").uid("map");
    if (second > 0)
      builder.current().max_parallelism = known(second);
    return builder.model();
  };
  struct Row {
    const char* what;
    JobModel before, after;
    RestoreOutcome outcome;
  };
  const std::vector<Row> rows = {
      {"derived before and after", job(0, 0), job(0, 0), RestoreOutcome::restores},
      {"set to what was derived", job(0, 0), job(128, 0), RestoreOutcome::restores},
      {"set to another", job(0, 0), job(256, 0), RestoreOutcome::fails},
      {"set for an operator that is chained to another", job(0, 0), job(0, 256), RestoreOutcome::restores},
      {"no longer set", job(256, 0), job(0, 0), RestoreOutcome::restores},
      {"below the parallelism", job(1, 0), job(0, 0), RestoreOutcome::fails}};
  for (const Row& row : rows) {
    INFO(row.what);
    RestoreCase upgrade;
    upgrade.with().parallelism(2);
    CHECK(upgrade.runs(row.before).becomes(row.after).predict().outcome == row.outcome);
  }
}

TEST_CASE("A max parallelism that followed from a parallelism that nothing tells may be another than the new one") {
  const auto job = [](int parallelism, int max) {
    JobBuilder builder;
    builder.source().uid("numbers").op("process", "hash").uid("count").keyed_by_long().state("total");
    if (parallelism > 0)
      builder.current().parallelism = known(parallelism);
    if (max > 0)
      builder.current().max_parallelism = known(max);
    return builder.model();
  };
  struct Row {
    const char* what;
    JobModel before, after;
    RestoreOutcome outcome;
  };
  const std::vector<Row> rows = {
      {"derived before and after", job(0, 0), job(0, 0), RestoreOutcome::restores},
      {"set", job(0, 0), job(0, 128), RestoreOutcome::unknown},
      {"set as before", job(0, 128), job(0, 128), RestoreOutcome::restores},
      {"as many subtasks as the least that Flink derives", job(0, 0), job(128, 0), RestoreOutcome::restores},
      {"one more", job(0, 0), job(129, 0), RestoreOutcome::unknown}};
  for (const Row& row : rows) {
    INFO(row.what);
    RestoreCase upgrade;
    CHECK(upgrade.runs(row.before).becomes(row.after).predict().outcome == row.outcome);
  }
}

TEST_CASE("A parallelism that the code sets and that is not known may be above the savepoint's bound") {
  const auto job = [](bool open) {
    JobBuilder builder;
    builder.source().uid("numbers").op("process", "hash").uid("count").keyed_by_long().state("total");
    if (open)
      builder.current().parallelism = {.knowledge = JobValue<std::int32_t>::Knowledge::unknown, .reason = "config(p)"};
    return builder.model();
  };
  RestoreCase upgrade;
  upgrade.with().parallelism(2);
  CHECK(upgrade.runs(job(false)).becomes(job(false)).predict().outcome == RestoreOutcome::restores);
  const RestorePrediction open = upgrade.runs(job(false)).becomes(job(true)).predict();
  CHECK(open.outcome == RestoreOutcome::unknown);
  CHECK(open.reason.find("config(p)") != std::string::npos);
}

TEST_CASE("A running job that is not what its savepoint says is not trusted, nor is the new one") {
  RestoreCase upgrade;
  upgrade.runs(counting_job().model()).becomes(counting_job().model());
  Savepoint savepoint = upgrade.predict().before;
  REQUIRE(savepoint.operators.size() == 2);
  OperatorState& counting = savepoint.operators[1];
  const auto predict = [&] {
    upgrade.with().upgrade().savepoint = savepoint;
    return upgrade.predict();
  };
  SECTION("what matches is as before") {
    CHECK(predict().self_check.empty());
    CHECK(predict().outcome == RestoreOutcome::restores);
  }
  SECTION("a state that the running job was not seen to have may be in the new one") {
    counting.states.front().name = "hidden";
    CHECK(predict().self_check.size() == 2);
    CHECK(by_uid(predict(), "count").states.front().outcome == StateOutcome::unknown);
    CHECK(predict().outcome == RestoreOutcome::unknown);
  }
  SECTION("so may an operator") {
    counting.id = operator_id_of_uid("hidden");
    CHECK(predict().operators[1].outcome == OperatorOutcome::unknown);
    CHECK(predict().outcome == RestoreOutcome::unknown);
  }
  SECTION("or it had another serializer") {
    counting.states.front().value = kryo_serializer("com.example.Cart");
    CHECK(predict().self_check.size() == 1);
    CHECK(predict().outcome == RestoreOutcome::unknown);
  }
}
