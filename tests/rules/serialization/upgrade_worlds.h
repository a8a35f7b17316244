#pragma once

#include <rapidjson/document.h>

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "job/job_model.h"
#include "savepoint/savepoint.h"

namespace preflight::test {

/// Main classes of jobs.
using Jobs = std::set<std::string, std::less<>>;

/// The text of a member, empty where it is null or missing.
std::string text_of(const rapidjson::Value& object, const char* name);

/// A JSON document below fixtures/.
rapidjson::Document fixture_json(const std::string& path);

/// A job of fixtures/upgrades as far as comparing its states needs it: the shapes of its classes, as `jar` (below
/// fixtures/) has them, and its serializers of its own. `job` is the main class; `all_jobs` are those of the whole JAR,
/// whose classes are left out.
JobModel job_of_jar(const std::string& jar, const std::string& job, const Jobs& all_jobs);

/// The operators of a job as Flink itself recorded them (after/<release>/<Class>.json), in the form of a savepoint.
/// What such a recording leaves out is filled in with what the fixtures have.
std::vector<OperatorState> operators_of_json(const rapidjson::Value& recording, const JobModel& job);

}  // namespace preflight::test
