#pragma once

#include <rapidjson/document.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "fixture_paths.h"

namespace preflight::test {

/// An operator of a job of fixtures/upgrades that was really run, as far as a JobModel can be held against it.
struct RecordedOperator {
  std::string id;
  std::string uid;               ///< Empty for none.
  std::set<std::string> states;  ///< "kept VALUE", with the kind as the recording has it.
  bool coordinated = false;
  bool keyed = false;
};

struct RecordedJob {
  std::string file;
  std::string jar;
  std::string entry_class;
  std::string release;
  bool starts = true;
  std::vector<RecordedOperator> operators;
};

inline std::string text_of_file(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::stringstream text;
  text << stream.rdbuf();
  if (!stream)
    throw std::runtime_error("cannot read " + path.string());
  return text.str();
}

inline RecordedJob recorded_job(const std::filesystem::path& file, const std::string& release,
                                const std::string& form) {
  rapidjson::Document json;
  json.Parse(text_of_file(file).c_str());
  if (json.HasParseError())
    throw std::runtime_error(file.string() + " is no JSON");
  RecordedJob job{.file = form + "/" + release + "/" + file.stem().string(),
                  .jar = release + "/" + form + ".jar",
                  .entry_class = json["class"].GetString(),
                  .release = release,
                  .starts = !json.HasMember("does_not_start"),
                  .operators = {}};
  if (!job.starts)
    return job;
  for (const auto& made : json["operators"].GetArray()) {
    RecordedOperator op{.id = made["operator_id"].GetString(),
                        .uid = made.HasMember("uid") && made["uid"].IsString() ? made["uid"].GetString() : "",
                        .states = {},
                        .coordinated = made.HasMember("coordinator_state_bytes"),
                        .keyed = made.HasMember("key_serializer")};
    for (const auto& state : made["states"].GetArray())
      op.states.insert(std::string(state["name"].GetString()) + " " + state["kind"].GetString());
    job.operators.push_back(std::move(op));
  }
  return job;
}

/// All jobs before of fixtures/upgrades/savepoints, and all jobs after of fixtures/upgrades/after, by their files.
inline std::vector<RecordedJob> recorded_jobs() {
  std::map<std::string, RecordedJob> jobs;
  const std::filesystem::path root = fixtures() / "upgrades";
  for (const auto& [folder, form] : {std::pair("savepoints", "before"), std::pair("after", "after")})
    for (const auto& release : std::filesystem::directory_iterator(root / folder))
      for (const auto& file : std::filesystem::directory_iterator(release.path()))
        if (file.path().extension() == ".json") {
          RecordedJob job = recorded_job(file.path(), release.path().filename().string(), form);
          jobs.emplace(job.file, std::move(job));
        }
  std::vector<RecordedJob> result;
  for (auto& [name, job] : jobs)
    result.push_back(std::move(job));
  return result;
}

}  // namespace preflight::test
