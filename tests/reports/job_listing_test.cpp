#include <rapidjson/document.h>

#include <catch2/catch.hpp>
#include <sstream>
#include <string>

#include "golden.h"
#include "job_changes_listing.h"
#include "job_states_listing.h"
#include "rules/upgrade_builder.h"
#include "sample_jobs.h"
#include "sample_reports.h"

// `diff` and `inspect app --states`.

namespace preflight {
namespace {

const FlinkVersion kRelease = FlinkVersion::parse("1.20").value();

struct Rendered {
  std::string text;
  std::string json;
};

Rendered states_of(const JobModel& model) {
  const IdentifiedJob job(model, kRelease, test::embedded_table(), std::nullopt, nullptr);
  std::ostringstream text;
  write_job_states_text(job, {}, text);
  std::ostringstream json;
  write_job_states_json(job, json);
  return {text.str(), json.str()};
}

Rendered changes_of(const JobModel& before, const JobModel& after) {
  const JobChanges changes = compare_jobs({before, kRelease, test::embedded_table(), std::nullopt, nullptr},
                                          {after, kRelease, test::embedded_table(), std::nullopt, nullptr});
  std::ostringstream text;
  write_job_changes_text(changes, {"orders-1.jar", "orders-2.jar"}, {}, text);
  std::ostringstream json;
  write_job_changes_json(changes, {"orders-1.jar", "orders-2.jar"}, json);
  return {text.str(), json.str()};
}

bool is_json(const std::string& text) {
  rapidjson::Document json;
  return !json.Parse<rapidjson::kParseValidateEncodingFlag>(text.c_str(), text.size()).HasParseError();
}

}  // namespace

TEST_CASE("inspect app --states") {
  const Rendered states = states_of(test::sample_new_job());
  check_golden("states.txt", states.text);
  check_golden("states.json", states.json);
  CHECK(is_json(states.json));
}

TEST_CASE("inspect app --states of a job that is known in full ends with its operators") {
  CHECK_THAT(states_of(test::sample_job()).text, !Catch::Contains("Not known"));
}

TEST_CASE("diff of two JARs") {
  const Rendered changes = changes_of(test::sample_job(), test::sample_new_job());
  check_golden("diff.txt", changes.text);
  check_golden("diff.json", changes.json);
  CHECK(is_json(changes.json));
}

TEST_CASE("diff of a job with itself finds nothing") {
  const Rendered changes = changes_of(test::sample_job(), test::sample_job());
  // The ID of the operator without a uid hangs on a parallelism that is not known.
  CHECK_THAT(changes.text, Catch::Contains("0 operators added, 0 removed, 0 changed, 3 the same"));
}

TEST_CASE("listings of jobs show hostile names without obeying them") {
  JobModel model = test::sample_new_job();
  model.entry_class = hostile::kEscapes;
  model.unknowns = {{hostile::kEscapes, hostile::kEscapes, {hostile::kEscapes, hostile::kEscapes, 1}}};
  for (JobOperator& op : model.operators) {
    op.call = hostile::kEscapes;
    op.uid = {.knowledge = JobValue<std::string>::Knowledge::known, .values = {hostile::kEscapes}};
    for (JobState& state : op.states)
      state.name = op.uid;
  }
  for (const Rendered& listing : {states_of(model), changes_of(test::sample_job(), model)}) {
    CHECK(listing.text.find('\x1B') == std::string::npos);
    CHECK(is_json(listing.json));
  }
}

}  // namespace preflight
