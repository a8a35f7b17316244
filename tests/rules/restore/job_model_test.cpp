#include <algorithm>
#include <catch2/catch.hpp>
#include <iostream>
#include <map>

#include "compatibility_table.h"
#include "job/read_job.h"
#include "job_recording.h"
#include "restore/job_calls_table.h"
#include "savepoint/operator_id.h"

using namespace preflight;
using preflight::test::RecordedJob;
using preflight::test::RecordedOperator;

namespace {

/// The model held against what Flink recorded. Unknown is what the model itself says it does not know.
struct Score {
  int right = 0;
  int unknown = 0;
  int states = 0;
  std::vector<std::string> wrong;
  std::vector<std::string> open;
};

std::string recorded_kind(JobStateKind kind) {
  switch (kind) {
    case JobStateKind::operator_list:
      return "OPERATOR_LIST";
    case JobStateKind::operator_union:
      return "OPERATOR_UNION";
    default: {
      std::string name = to_string(kind);
      std::ranges::transform(name, name.begin(), [](char letter) { return static_cast<char>(std::toupper(letter)); });
      return name;
    }
  }
}

/// "kept VALUE" for each state that the model is sure of; what only some paths register is in `possible`.
struct ModelledStates {
  std::set<std::string> certain;
  std::set<std::string> possible;
  bool coordinated = false;
  bool complete = true;
  std::string because;
};

ModelledStates states_of(const JobOperator& op) {
  ModelledStates result;
  result.because = op.states_incomplete_because;
  result.complete = result.because.empty();
  for (const JobState& state : op.states) {
    if (state.kind == JobStateKind::coordinator) {
      result.coordinated = true;
      continue;
    }
    if (!state.name.known()) {
      result.complete = false;
      result.because += " " + state.name.reason;
    }
    for (const std::string& name : state.name.values)
      (state.conditional || state.lazy ? result.possible : result.certain)
          .insert(name + " " + recorded_kind(state.kind));
  }
  return result;
}

std::string joined(const std::set<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts)
    all += (all.empty() ? "" : ", ") + text;
  return "{" + all + "}";
}

void compare(const RecordedOperator& recorded, const JobOperator& op, const std::string& where, Score& score) {
  const ModelledStates modelled = states_of(op);
  std::set<std::string> missing;
  std::set<std::string> surplus;
  for (const std::string& state : recorded.states)
    if (!modelled.certain.contains(state) && !modelled.possible.contains(state))
      missing.insert(state);
  for (const std::string& state : modelled.certain)
    if (!recorded.states.contains(state))
      surplus.insert(state);
  const bool same = missing.empty() && surplus.empty() && modelled.coordinated == recorded.coordinated &&
                    (op.key.has_value() || !recorded.keyed);
  score.states += static_cast<int>(recorded.states.size());
  if (same) {
    ++score.right;
    // A right set of states with a doubt about it is still no more than unknown.
    if (!modelled.complete) {
      --score.right;
      ++score.unknown;
      score.open.push_back(where + ": " + modelled.because);
    }
  } else if (!modelled.complete && surplus.empty()) {
    ++score.unknown;
    score.open.push_back(where + ": " + modelled.because);
  } else {
    score.wrong.push_back(where + ": missing " + joined(missing) + ", surplus " + joined(surplus) +
                          (modelled.coordinated == recorded.coordinated ? "" : ", coordinator"));
  }
}

bool may_be(const JobValue<std::string>& uid, const std::string& wanted) {
  return uid.knowledge == JobValue<std::string>::Knowledge::unknown ||
         std::ranges::find(uid.values, wanted) != uid.values.end();
}

std::string uid_text(const JobOperator& op) {
  return op.uid.known() ? op.uid.values.front() : std::string();
}

/// Operators without uid are compared in the order of their creation, which Flink keeps.
void compare(const RecordedJob& recorded, const JobModel& job, Score& score) {
  std::vector<bool> taken(job.operators.size(), false);
  for (const RecordedOperator& op : recorded.operators) {
    const std::string where = recorded.file + " " + (op.uid.empty() ? op.id : op.uid);
    std::optional<std::size_t> match;
    for (std::size_t i = 0; i < job.operators.size() && !match; ++i)
      if (!taken[i] && !op.uid.empty() && uid_text(job.operators[i]) == op.uid)
        match = i;
    for (std::size_t i = 0; i < job.operators.size() && !match; ++i)
      if (!taken[i] && op.uid.empty() && job.operators[i].uid_hash.known() &&
          job.operators[i].uid_hash.values.front() == op.id)
        match = i;
    for (std::size_t i = 0; i < job.operators.size() && !match; ++i)
      if (!taken[i] && op.uid.empty() && job.operators[i].uid.absent() && !job.operators[i].uid_hash.known())
        match = i;
    if (match) {
      taken[*match] = true;
      compare(op, job.operators[*match], where, score);
      if (!op.uid.empty() && job.operators[*match].uid_hash.absent())
        CHECK(operator_id_of_uid(uid_text(job.operators[*match])).hex() == op.id);
      continue;
    }
    const auto possible =
        std::ranges::find_if(job.operators, [&](const JobOperator& one) { return may_be(one.uid, op.uid); });
    if (possible != job.operators.end() || !job.incomplete_because.empty()) {
      if (possible != job.operators.end())
        taken[static_cast<std::size_t>(possible - job.operators.begin())] = true;
      ++score.unknown;
      score.open.push_back(where + ": operator " +
                           (possible != job.operators.end() ? possible->uid.reason : job.incomplete_because));
    } else {
      score.wrong.push_back(where + ": no such operator");
    }
  }
  for (std::size_t i = 0; i < job.operators.size(); ++i)
    if (!taken[i] && !job.operators[i].conditional && !job.operators[i].may_repeat)
      score.wrong.push_back(recorded.file + ": surplus operator " + job.operators[i].call + " " +
                            uid_text(job.operators[i]));
}

}  // namespace

TEST_CASE("The operators and states of jobs that were really run are read from their bytecode") {
  const CompatibilityTable table = read_compatibility_table(embedded_table_documents());
  std::map<std::string, ApplicationJar> jars;
  std::map<std::string, Score> scores;
  for (const RecordedJob& recorded : test::recorded_jobs()) {
    if (!recorded.starts)
      continue;
    auto jar = jars.find(recorded.jar);
    if (jar == jars.end())
      jar = jars.emplace(recorded.jar, read_application_jar(test::fixtures() / "upgrades" / recorded.jar)).first;
    const JobCalls calls = job_calls_of(table, FlinkVersion::parse(recorded.release).value());
    const JobModel job = read_job(jar->second, calls, {.entry_class = recorded.entry_class, .java_release = 17});
    compare(recorded, job, scores[recorded.release]);
  }
  for (const auto& [release, score] : scores) {
    INFO(release);
    CHECK(score.right > 0);
    std::cout << release << ": " << score.right << " operators right, " << score.unknown << " unknown, "
              << score.wrong.size() << " wrong; " << score.states << " states\n";
    CHECK(score.wrong == std::vector<std::string>{});
    // Arguments of the program are the one thing that no reading of its code can tell.
    CHECK(score.open.size() * 100 <= static_cast<std::size_t>(score.right));
  }
}
