// fixtures/upgrades/verdicts.json records what real Flink releases did with some 1,800 upgrades of small jobs. Held
// against it, in each of the three ways in which the tool can be asked: what it predicts.
#include <fmt/format.h>
#include <rapidjson/document.h>

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>

#include "fixture_paths.h"
#include "job/read_job.h"
#include "restore/job_calls_table.h"
#include "restore/restore_prediction.h"
#include "savepoint/savepoint.h"

using namespace preflight;
using preflight::test::fixtures;
using preflight::test::sources;

namespace {

/// What the tool is given.
enum class Inputs { savepoint_and_both, savepoint_and_new, both };
constexpr std::array kAllInputs = {Inputs::savepoint_and_both, Inputs::savepoint_and_new, Inputs::both};

const char* to_string(Inputs inputs) {
  switch (inputs) {
    case Inputs::savepoint_and_both:
      return "savepoint, running and new JAR";
    case Inputs::savepoint_and_new:
      return "savepoint and new JAR";
    case Inputs::both:
      return "running and new JAR";
  }
  return "";
}

FlinkVersion release_of(const rapidjson::Value& version) {
  return FlinkVersion::parse(version.GetString()).value();
}

/// Reads each file, and each job, once.
class Corpus {
 public:
  Corpus() {
    upgrade_.table = std::make_shared<const CompatibilityTable>(read_compatibility_table(embedded_table_documents()));
    std::ifstream file(fixtures() / "upgrades" / "verdicts.json");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    verdicts_.Parse(text.c_str());
  }

  auto cases() const { return verdicts_.GetArray(); }

  /// Valid until the next call: tables and JARs are large, and stay where they are while they are the same.
  const Upgrade& upgrade_of(const rapidjson::Value& recorded, Inputs inputs) {
    const FlinkVersion from = release_of(recorded["source"]);
    upgrade_.to = release_of(recorded["target"]);
    upgrade_.from = SourceRelease{from, from, "--from"};
    upgrade_.start = {.allow_non_restored_state = recorded["allow_non_restored_state"].GetBool(),
                      .parallelism = recorded["parallelism"].GetInt(),
                      .backend = recorded["backend"] == "rocksdb" ? StateBackend::rocksdb : StateBackend::hashmap};
    set_application(recorded["after"], upgrade_.application);
    upgrade_.job = job(recorded["after"], upgrade_.to);
    upgrade_.running_job.reset();
    if (inputs == Inputs::savepoint_and_new)
      upgrade_.running_application.reset();
    else
      set_application(recorded["before"], upgrade_.running_application);
    if (inputs != Inputs::savepoint_and_new)
      upgrade_.running_job = job(recorded["before"], from);
    upgrade_.savepoint.reset();
    if (inputs != Inputs::both)
      upgrade_.savepoint = savepoint(recorded["savepoint"].GetString());
    return upgrade_;
  }

 private:
  const ApplicationJar& application(const rapidjson::Value& side) {
    const std::string path = side["jar"].GetString();
    const auto [place, inserted] = applications_.try_emplace(path);
    if (inserted)
      place->second = read_application_jar(fixtures() / path);
    return place->second;
  }

  void set_application(const rapidjson::Value& side, std::optional<ApplicationJar>& slot) {
    const ApplicationJar& wanted = application(side);
    if (!slot || slot->path != wanted.path)
      slot = wanted;
  }

  std::optional<JobModel> job(const rapidjson::Value& side, const FlinkVersion& release) {
    constexpr int kJava = 17;
    const auto [place, inserted] =
        jobs_.try_emplace({side["jar"].GetString(), side["class"].GetString(), release.minor_text()});
    if (inserted)
      place->second =
          read_job(application(side), job_calls_of(*upgrade_.table, release), {side["class"].GetString(), kJava});
    return place->second;
  }

  const Savepoint& savepoint(const std::string& path) {
    const auto [place, inserted] = savepoints_.try_emplace(path);
    if (inserted)
      place->second = read_savepoint(fixtures() / path);
    return place->second;
  }

  Upgrade upgrade_;
  rapidjson::Document verdicts_;
  std::map<std::string, ApplicationJar> applications_;
  std::map<std::array<std::string, 3>, std::optional<JobModel>> jobs_;
  std::map<std::string, Savepoint> savepoints_;
};

/// The outcomes that say what Flink did.
std::vector<RestoreOutcome> right_outcomes(const std::string& verdict) {
  if (verdict == "restored")
    return {RestoreOutcome::restores};
  if (verdict == "restored-without-some-state")
    return {RestoreOutcome::loses_state};
  if (verdict == "restored-with-wrong-values")
    return {RestoreOutcome::fails, RestoreOutcome::loses_state};
  return {RestoreOutcome::fails};
}

/// The outcomes of a state that say what became of it; none where the recording does not tell.
std::vector<StateOutcome> right_state_outcomes(const std::string& recorded) {
  static const std::map<std::string, std::vector<StateOutcome>> outcomes = {
      {"as-is-or-migrated", {StateOutcome::as_is, StateOutcome::after_migration}},
      {"wrong", {StateOutcome::incompatible}},
      {"empty", {StateOutcome::dropped}},
      {"partly-empty", {StateOutcome::dropped}},
      {"dropped", {StateOutcome::dropped}},
      {"new", {StateOutcome::new_}},
      {"failed", {StateOutcome::incompatible}}};
  const auto found = outcomes.find(recorded);
  return found == outcomes.end() ? std::vector<StateOutcome>{} : found->second;
}

template <typename T>
bool contains(const std::vector<T>& values, T value) {
  return std::ranges::find(values, value) != values.end();
}

const StatePrediction* find_state(const RestorePrediction& prediction, const rapidjson::Value& state) {
  for (const OperatorPrediction& op : prediction.operators)
    for (const StatePrediction& candidate : op.states)
      if (op.id.hex() == state["operator_id"].GetString() && candidate.name == state["state"].GetString())
        return &candidate;
  return nullptr;
}

/// Of these nothing but the running JAR shows what changed: which keys a selector gives, which of two operators had
/// which uid, of which subclass values are. Without it they are called safe; the matrix counts them.
bool shown_by_running_jar_alone(const rapidjson::Value& recorded) {
  static const std::vector<std::string> names = {"KeyOtherValues", "UidsSwappedSameTypes", "SubclassGone"};
  const std::string name = recorded["case"].GetString();
  return contains(names, name.substr(0, name.find(':')));
}

/// What all predictions of one kind of input come to.
struct Tally {
  std::map<std::pair<std::string, std::string>, int> confusion;  ///< Flink's verdict, the tool's outcome.
  int cases = 0;
  int right = 0;
  int unknown = 0;
  std::vector<std::string> falsely_safe;
  std::vector<std::string> wrong;
  int states = 0;
  int right_states = 0;
  int unknown_states = 0;
  std::vector<std::string> wrong_states;
  std::vector<std::string> undecided;
};

void count_states(const rapidjson::Value& recorded, Inputs inputs, const RestorePrediction& prediction, Tally& tally) {
  if (!recorded.HasMember("states") || prediction.outcome == RestoreOutcome::fails)
    return;
  for (const auto& state : recorded["states"].GetArray()) {
    const std::vector<StateOutcome> right = right_state_outcomes(state["outcome"].GetString());
    if (right.empty())
      continue;
    ++tally.states;
    const StatePrediction* predicted = find_state(prediction, state);
    if (predicted != nullptr && contains(right, predicted->outcome))
      ++tally.right_states;
    else if (predicted == nullptr || predicted->outcome == StateOutcome::unknown)
      ++tally.unknown_states;
    else if (inputs != Inputs::savepoint_and_new || !shown_by_running_jar_alone(recorded))
      tally.wrong_states.push_back(fmt::format("{}: state {} was {}, predicted {}: {}", recorded["case"].GetString(),
                                               state["state"].GetString(), state["outcome"].GetString(),
                                               to_string(predicted->outcome), predicted->reason));
  }
}

void count(const rapidjson::Value& recorded, Inputs inputs, const RestorePrediction& prediction, Tally& tally) {
  const std::string verdict = recorded["verdict"].GetString();
  ++tally.cases;
  ++tally.confusion[{verdict, to_string(prediction.outcome)}];
  const std::string line = fmt::format("{}{}: Flink: {}, predicted: {}: {}", recorded["case"].GetString(),
                                       recorded["self_check"].GetBool() ? " (self-check)" : "", verdict,
                                       to_string(prediction.outcome), prediction.reason);
  if (contains(right_outcomes(verdict), prediction.outcome))
    ++tally.right;
  else if (prediction.outcome == RestoreOutcome::unknown)
    tally.undecided.push_back(line);
  else if (prediction.outcome != RestoreOutcome::restores)
    tally.wrong.push_back(line);
  else if (inputs != Inputs::savepoint_and_new || !shown_by_running_jar_alone(recorded))
    tally.falsely_safe.push_back(line);
  tally.unknown += prediction.outcome == RestoreOutcome::unknown ? 1 : 0;
  count_states(recorded, inputs, prediction, tally);
}

constexpr std::array kOutcomes = {RestoreOutcome::restores, RestoreOutcome::loses_state, RestoreOutcome::fails,
                                  RestoreOutcome::unknown};
constexpr std::array kVerdicts = {"restored", "restored-without-some-state", "restored-with-wrong-values",
                                  "refused-at-submission", "failed-in-task"};

/// As a table of Markdown, with a line on the states.
std::string matrix(Inputs inputs, const Tally& tally) {
  std::string text = fmt::format("**{}**\n\n| what Flink did | cases |", to_string(inputs));
  for (const RestoreOutcome outcome : kOutcomes)
    text += fmt::format(" `{}` |", to_string(outcome));
  text += "\n| --- | ---: | ---: | ---: | ---: | ---: |\n";
  for (const char* verdict : kVerdicts) {
    std::string cells;
    int sum = 0;
    for (const RestoreOutcome outcome : kOutcomes) {
      const auto cell = tally.confusion.find({verdict, to_string(outcome)});
      const int number = cell == tally.confusion.end() ? 0 : cell->second;
      cells += number == 0 ? "  |" : fmt::format(" {} |", number);
      sum += number;
    }
    text += fmt::format("| {} | {} |{}\n", verdict, sum, cells);
  }
  text += fmt::format(
      "\n{} of {} cases are decided and right ({:.1f} %), {} are unknown; of {} recorded states {} are "
      "right and {} unknown.\n",
      tally.right, tally.cases, 100.0 * tally.right / tally.cases, tally.unknown, tally.states, tally.right_states,
      tally.unknown_states);
  return text;
}

void write_details(const char* path, Inputs inputs, const Tally& tally) {
  std::ofstream file(path, std::ios::app);
  const auto list = [&](const char* title, const std::vector<std::string>& lines) {
    file << "== " << to_string(inputs) << ": " << title << ": " << lines.size() << '\n';
    for (const std::string& line : lines)
      file << line << '\n';
  };
  list("called safe, and was not", tally.falsely_safe);
  list("decided, and wrong", tally.wrong);
  list("not decided", tally.undecided);
  list("states decided, and wrong", tally.wrong_states);
}

/// Between its marks in the README, where FLINK_PREFLIGHT_UPDATE_GOLDEN asks for it; otherwise the README must have it.
void check_readme(const std::string& matrices) {
  const std::filesystem::path path = sources() / "README.md";
  std::ifstream in(path);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  const std::string begin = "<!-- restore matrix -->\n";
  const std::size_t start = text.find(begin);
  const std::size_t end = text.find("<!-- end of restore matrix -->");
  REQUIRE(start != std::string::npos);
  REQUIRE(end != std::string::npos);
  const std::size_t from = start + begin.size();
  if (std::getenv("FLINK_PREFLIGHT_UPDATE_GOLDEN") != nullptr) {
    text.replace(from, end - from, matrices);
    std::ofstream(path) << text;
    return;
  }
  CHECK(text.substr(from, end - from) == matrices);
}

}  // namespace

TEST_CASE("What is predicted is what real Flink did, in some 1,800 upgrades") {
  Corpus corpus;
  REQUIRE(corpus.cases().Size() >= 1797);
  std::string matrices;
  for (const Inputs inputs : kAllInputs) {
    Tally tally;
    for (const auto& recorded : corpus.cases())
      count(recorded, inputs, predict_restore(corpus.upgrade_of(recorded, inputs)), tally);
    matrices += matrix(inputs, tally) + "\n";
    if (const char* details = std::getenv("FLINK_PREFLIGHT_VERDICT_DETAILS"))
      write_details(details, inputs, tally);
    INFO(to_string(inputs));
    CHECK(tally.falsely_safe == std::vector<std::string>{});
    CHECK(tally.wrong == std::vector<std::string>{});
    CHECK(tally.wrong_states == std::vector<std::string>{});
    if (inputs == Inputs::savepoint_and_both)
      CHECK(tally.right * 100 >= tally.cases * 95);
  }
  fmt::print("{}", matrices);
  check_readme(matrices);
}
