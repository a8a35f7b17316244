#include <algorithm>
#include <catch2/catch.hpp>

#include "savepoint/automatic_operator_id.h"
#include "upgrade_builder.h"

using namespace preflight;
using namespace preflight::test;

namespace {

using Titles = std::vector<std::string>;

OperatorOutcome outcome_of(const Assessment& assessment, std::size_t index = 0) {
  return assessment.restore.operators.at(index).outcome;
}

}  // namespace

TEST_CASE("operator-not-in-application, judged with allowNonRestoredState") {
  constexpr const char* kRule = "operator-not-in-application";
  UpgradeBuilder builder("1.20");
  builder.from("1.18").calls_uid("kept").operator_with_state("kept", "count", long_serializer());

  SECTION("an operator whose uid is called is found") {
    const Assessment assessment = builder.assess();
    CHECK(findings_of(assessment, kRule).empty());
    CHECK(assessment.restore.operators.front().match == OperatorMatch::by_uid);
    CHECK(assessment.restore.operators.front().uid == "kept");
    CHECK(assessment.restore.outcome == RestoreOutcome::unknown);
  }
  SECTION("a changed uid fails the job without the flag") {
    const Assessment assessment = builder.operator_with_state("renamed", "total", long_serializer()).assess();
    const std::string id = operator_id_of_uid("renamed").hex();
    CHECK(findings_of(assessment, kRule) ==
          Titles{"blocker No operator of the new job takes the state of operator " + id});
    CHECK(outcome_of(assessment, 1) == OperatorOutcome::fails);
    CHECK(assessment.restore.outcome == RestoreOutcome::fails);
    CHECK(assessment.verdict == Verdict::blocked);
  }
  SECTION("and loses its state with it") {
    const Assessment assessment =
        builder.operator_with_state("renamed", "total", long_serializer()).allow_non_restored_state(true).assess();
    CHECK(findings_of(assessment, kRule).front().starts_with("high "));
    CHECK(outcome_of(assessment, 1) == OperatorOutcome::dropped);
    CHECK(assessment.restore.operators[1].states.front().outcome == StateOutcome::dropped);
    CHECK(assessment.restore.outcome == RestoreOutcome::loses_state);
  }
  SECTION("an operator without state may go") {
    const Assessment assessment = builder.stateless_operator("removed").assess();
    CHECK(findings_of(assessment, kRule).empty());
    CHECK(outcome_of(assessment, 1) == OperatorOutcome::stateless);
  }
  SECTION("where a uid is computed, one that merely stands in the JAR as text counts as found, and says so") {
    const Assessment assessment = builder.computes_a_uid()
                                      .string_constant("helper-made")
                                      .operator_with_state("helper-made", "s", long_serializer())
                                      .assess();
    CHECK(findings_of(assessment, kRule).empty());
    CHECK(assessment.restore.operators[1].match == OperatorMatch::by_string_constant);
    CHECK(outcome_of(assessment, 1) == OperatorOutcome::unknown);
  }
  SECTION("where every uid is known, a text of the JAR is no operator's") {
    const Assessment assessment =
        builder.string_constant("retired").operator_with_state("retired", "s", long_serializer()).assess();
    CHECK(findings_of(assessment, kRule).size() == 1);
    CHECK(assessment.restore.operators[1].match == OperatorMatch::absent);
    CHECK(outcome_of(assessment, 1) == OperatorOutcome::fails);
  }
  SECTION("where a uid is computed, an operator that is not found is unknown, not absent") {
    const Assessment assessment =
        builder.computes_a_uid().operator_with_state("other", "s", long_serializer()).assess();
    CHECK(findings_of(assessment, kRule).empty());
    CHECK(assessment.restore.operators[1].match == OperatorMatch::undetermined);
    CHECK(outcome_of(assessment, 1) == OperatorOutcome::unknown);
  }
  SECTION("where a uid is computed, the committer of a sink goes by the text of its writer's uid") {
    const Assessment assessment = builder.computes_a_uid()
                                      .string_constant("sink")
                                      .operator_with_state("Sink Committer: sink", "s", long_serializer())
                                      .assess();
    CHECK(findings_of(assessment, kRule).empty());
    CHECK(assessment.restore.operators[1].match == OperatorMatch::by_string_constant);
  }
}

TEST_CASE("An automatic ID is named as such, and absent only where the new job is known in full") {
  UpgradeBuilder builder("1.20");
  builder.from("1.18").calls_uid("kept").operator_with_state("kept", "count", long_serializer());
  builder.operator_with_state("placeholder", "buffer", long_serializer());
  // A source without a uid and without chainable outputs: murmur3 of a zero (StreamGraphHasherV2).
  builder.upgrade().savepoint->operators[1].id = OperatorId::from_hex("bc764cd8ddf7a0cff126f51c16239658").value();
  SECTION("an operator that was not found may have it") {
    builder.upgrade().job->incomplete_because = "a call could not be followed";
    const Assessment assessment = builder.assess();
    CHECK(findings_of(assessment, "operator-not-in-application").empty());
    CHECK(findings_of(assessment, "operator-without-uid") ==
          Titles{"medium Operator bc764cd8ddf7a0cff126f51c16239658 has state and no uid"});
    CHECK(outcome_of(assessment, 1) == OperatorOutcome::unknown);
  }
  SECTION("where every operator of the new job has a uid, none has it") {
    const Assessment assessment = builder.assess();
    CHECK(findings_of(assessment, "operator-not-in-application") ==
          Titles{"blocker No operator of the new job takes the state of operator bc764cd8ddf7a0cff126f51c16239658"});
    CHECK(outcome_of(assessment, 1) == OperatorOutcome::fails);
  }
}

TEST_CASE("kryo-state-across-major") {
  constexpr const char* kRule = "kryo-state-across-major";
  const auto assess = [](const char* from, const char* target, SerializerSnapshot value) {
    return UpgradeBuilder(target)
        .from(from)
        .calls_uid("op")
        .operator_with_state("op", "cart", std::move(value))
        .assess();
  };
  SECTION("fires from 1.x to 2.x; what becomes of the values depends on the class") {
    const Assessment assessment = assess("1.20", "2.2", kryo_serializer("com.example.Cart"));
    CHECK(findings_of(assessment, kRule) ==
          Titles{"blocker State \"cart\" of operator \"op\" was written by Kryo, which Flink 2.2 does not read back"});
    CHECK(assessment.restore.operators.front().states.front().outcome == StateOutcome::unknown);
    CHECK(assessment.restore.outcome == RestoreOutcome::unknown);
    CHECK(assessment.verdict == Verdict::blocked);
  }
  SECTION("finds Kryo inside a POJO and names the field") {
    const Assessment assessment = assess(
        "1.20", "2.2",
        pojo_serializer("com.example.Order", {{"id", "com.example.Order", {long_serializer()}},
                                              {"tags", "com.example.Order", {kryo_serializer("java.util.List")}}}));
    REQUIRE(findings_of(assessment, kRule).size() == 1);
    CHECK(assessment.findings.front().evidence == Titles{"value.tags: KryoSerializer for java.util.List"});
  }
  SECTION("does not fire within a major release") {
    CHECK(findings_of(assess("1.18", "1.20", kryo_serializer("com.example.Cart")), kRule).empty());
    CHECK(findings_of(assess("2.0", "2.2", kryo_serializer("com.example.Cart")), kRule).empty());
  }
  SECTION("does not fire for a state without Kryo") {
    CHECK(findings_of(assess("1.20", "2.2", long_serializer()), kRule).empty());
  }
  SECTION("a key is read by every keyed state") {
    UpgradeBuilder builder("2.2");
    builder.from("1.20").calls_uid("op").operator_with_state("op", "count", long_serializer());
    builder.upgrade().savepoint->operators.front().key_serializer = kryo_serializer("com.example.Key");
    const Assessment assessment = builder.assess();
    CHECK(findings_of(assessment, kRule).size() == 1);
    CHECK_THAT(assessment.restore.operators.front().states.front().reason,
               Catch::Contains("its key (com.example.Key)"));
  }
  SECTION("state that is dropped anyway does not matter") {
    const Assessment assessment = UpgradeBuilder("2.2")
                                      .from("1.20")
                                      .calls_uid("other")
                                      .operator_with_state("op", "cart", kryo_serializer("com.example.Cart"))
                                      .allow_non_restored_state(true)
                                      .assess();
    CHECK(findings_of(assessment, kRule).empty());
    CHECK(assessment.restore.outcome == RestoreOutcome::loses_state);
  }
}

TEST_CASE("non-restored-state-allowed") {
  constexpr const char* kRule = "non-restored-state-allowed";
  const auto builder = [] {
    UpgradeBuilder kept("1.20");
    kept.from("1.18").calls_uid("kept").operator_with_state("kept", "count", long_serializer());
    return kept;
  };
  CHECK(findings_of(builder().allow_non_restored_state(true).assess(), kRule) ==
        Titles{"low allowNonRestoredState is on for no reason"});
  CHECK(findings_of(builder().allow_non_restored_state(false).assess(), kRule).empty());
  CHECK(findings_of(builder().assess(), kRule).empty());
  CHECK(
      findings_of(builder().operator_with_state("gone", "s", long_serializer()).allow_non_restored_state(true).assess(),
                  kRule)
          .empty());
}

TEST_CASE("serializer-snapshot-removed") {
  SerializerSnapshot two_phase{
      .snapshot_class =
          "org.apache.flink.streaming.api.functions.sink.TwoPhaseCommitSinkFunction$StateSerializerSnapshot",
      .serializer = "StateSerializer",
      .version = 3};
  const auto assess = [&](const char* target) {
    return UpgradeBuilder(target).from("1.18").calls_uid("op").operator_with_state("op", "state", two_phase).assess();
  };
  const Assessment on_2 = assess("2.2");
  CHECK(findings_of(on_2, "serializer-snapshot-removed").size() == 1);
  CHECK(on_2.restore.operators.front().states.front().outcome == StateOutcome::incompatible);
  CHECK(on_2.restore.outcome == RestoreOutcome::fails);
  CHECK(findings_of(assess("1.20"), "serializer-snapshot-removed").empty());

  UpgradeBuilder brings_it("2.2");
  brings_it.from("1.18").calls_uid("op").operator_with_state("op", "state", two_phase);
  brings_it.add_class(two_phase.snapshot_class, 52);
  CHECK(findings_of(brings_it.assess(), "serializer-snapshot-removed").empty());
}

TEST_CASE("parallelism-above-max and max-parallelism-changed") {
  UpgradeBuilder builder("1.20");
  builder.from("1.18")
      .calls_uid("a")
      .calls_uid("b")
      .operator_with_state("a", "count", long_serializer())
      .operator_with_state("b", "count", long_serializer());

  SECTION("up to the max parallelism is fine") {
    const Assessment assessment = builder.parallelism(128).max_parallelism(128).assess();
    CHECK(findings_of(assessment, "parallelism-above-max").empty());
    CHECK(findings_of(assessment, "max-parallelism-changed").empty());
  }
  SECTION("above it the job fails") {
    const Assessment assessment = builder.parallelism(129).assess();
    CHECK(findings_of(assessment, "parallelism-above-max").size() == 2);
    CHECK(assessment.restore.outcome == RestoreOutcome::fails);
  }
  SECTION("an operator without state is not bound") {
    builder.upgrade().savepoint->operators[1].has_state = false;
    CHECK(findings_of(builder.parallelism(129).assess(), "parallelism-above-max").size() == 1);
  }
  SECTION("where the new job is not known, an operator that ran with its own parallelism is unknown") {
    builder.upgrade().job.reset();
    builder.stateless_operator("c").stateless_operator("d");
    builder.upgrade().savepoint->operators[1].parallelism = 1;
    const Assessment assessment = builder.parallelism(200).assess();
    CHECK(findings_of(assessment, "parallelism-above-max").size() == 1);
    CHECK(std::any_of(assessment.unknowns.begin(), assessment.unknowns.end(),
                      [](const Unknown& unknown) { return unknown.what == "parallelism of operator \"b\""; }));
  }
  SECTION("the new job tells which operators follow the start and which set their own") {
    builder.upgrade().savepoint->operators[1].parallelism = 1;
    CHECK(findings_of(builder.parallelism(200).assess(), "parallelism-above-max").size() == 2);
    builder.upgrade().job->operators[1].parallelism = {.knowledge = JobValue<std::int32_t>::Knowledge::known,
                                                       .values = {1}};
    CHECK(findings_of(builder.assess(), "parallelism-above-max").size() == 1);
  }
  SECTION("an explicit max parallelism must be the savepoint's, state or not") {
    const Assessment assessment = builder.max_parallelism(256).assess();
    CHECK(findings_of(assessment, "max-parallelism-changed").size() == 2);
    CHECK(assessment.restore.outcome == RestoreOutcome::fails);
  }
}
