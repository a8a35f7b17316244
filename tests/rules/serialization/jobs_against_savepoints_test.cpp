#include <algorithm>
#include <catch2/catch.hpp>
#include <iostream>

#include "job/read_job.h"
#include "restore/expected_job.h"
#include "restore/job_calls_table.h"
#include "rules/upgrade_builder.h"
#include "upgrade_corpus.h"

using namespace preflight;
using namespace preflight::test;

namespace {

/// The expected states of a release's jobs, held against what their savepoints say.
struct Score {
  int equal = 0;
  int unknown = 0;  ///< The model says itself that it does not know.
  std::vector<std::string> wrong;
};

/// Jobs whose Avro schema is written by hand, and repeats a namespace that Avro leaves out.
bool has_schema_by_hand(const std::string& job) {
  return job == "AvroEnumSymbolAdded" || job == "AvroEnumSymbolRemoved";
}

/// "keyed | key | namespace | value | element".
std::string text_of(const State& of) {
  std::string text = to_string(of.kind);
  for (const auto* snapshot : {&of.key, &of.namespace_serializer, &of.value, &of.element})
    text += *snapshot ? " | " + full_text(without_subclasses_seen(**snapshot)) : " | -";
  return text;
}

bool has_serializers(const State& of) {
  return of.key || of.value || of.element;
}

bool has_unknown(const State& of) {
  bool found = false;
  for (const auto* snapshot : {&of.key, &of.namespace_serializer, &of.value, &of.element})
    if (*snapshot)
      for_each_snapshot(**snapshot, "", [&](const SerializerSnapshot& part, const std::string&) {
        found |= why_unknown(part) != nullptr;
      });
  return found;
}

const ExpectedState* find_expected(const ExpectedOperator& op, const State& written) {
  const auto found = std::ranges::find_if(op.states, [&](const ExpectedState& expected) {
    return expected.state.name == written.name && expected.state.kind == written.kind;
  });
  return found == op.states.end() ? nullptr : &*found;
}

void compare(const std::string& job, const ExpectedJob& expected, const Savepoint& savepoint, Score& score) {
  for (const ExpectedOperator& op : expected.operators)
    for (const OperatorState& written_by : savepoint.operators) {
      if (std::ranges::find(op.ids, written_by.id) == op.ids.end())
        continue;
      for (const State& written : written_by.states) {
        const ExpectedState* state = has_serializers(written) ? find_expected(op, written) : nullptr;
        if (state == nullptr)
          continue;
        if (text_of(state->state) == text_of(written))
          ++score.equal;
        else if (has_unknown(state->state) || state->ttl == JobState::Ttl::unknown)
          ++score.unknown;
        else
          score.wrong.push_back(job + " " + written.name + "\n  is " + text_of(written) + "\n  expected " +
                                text_of(state->state));
      }
    }
}

}  // namespace

TEST_CASE("Jobs read from their bytecode have the serializers that their savepoints show") {
  for (const std::string& release : releases_of_savepoints()) {
    CorpusJar jar(upgrades() / release / "before.jar");
    const FlinkVersion version = FlinkVersion::parse(release).value();
    const JobCalls calls = job_calls_of(embedded_table(), version);
    Score score;
    for (const CorpusSavepoint& one : savepoints_of(release)) {
      const std::string name = one.job.substr(0, one.job.find('-'));
      if (has_schema_by_hand(name))
        continue;
      const JobModel job =
          read_job(jar.application, calls, {.entry_class = "com.example.upgrade." + name, .java_release = 17});
      compare(one.job, expect_job(job, version, embedded_table()), one.savepoint, score);
    }
    std::cout << release << ": " << score.equal << " states equal, " << score.unknown << " unknown, "
              << score.wrong.size() << " wrong\n";
    INFO(release);
    CHECK(score.equal > 0);
    CHECK(score.unknown == 0);
    CHECK(score.wrong == std::vector<std::string>{});
  }
}
