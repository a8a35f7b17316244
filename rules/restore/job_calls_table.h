#pragma once

#include <optional>
#include <string>
#include <vector>

#include "flink_version.h"
#include "job/job_calls.h"

namespace preflight {

struct CompatibilityTable;

/// A row that holds for a span of releases.
template <class Row>
struct Released {
  Row row;
  std::optional<FlinkVersion> since;  ///< nullopt: from the first on.
  std::optional<FlinkVersion> until;  ///< Included; nullopt: still so.
  std::vector<std::string> sources;

  bool holds_in(const FlinkVersion& release) const {
    return (!since || *since <= release) && (!until || release <= *until);
  }
};

struct SuperClass {
  std::string class_name;
  std::string super_class;
};

/// What Flink's API means to one who reads a job, for all releases: the rows of job_*.json, operator_states.json,
/// companion_operators.json, window_assigners.json, window_triggers.json, state_descriptors.json, type_factories.json,
/// language_calls.json.
struct JobCallTable {
  std::vector<Released<SuperClass>> super_classes;
  std::vector<Released<JobCall>> calls;
  std::vector<Released<JobFunction>> functions;
  std::vector<Released<LifecycleMethod>> lifecycle;
  std::vector<Released<BuiltInState>> states;
  std::vector<Released<CompanionOperator>> companions;
  std::vector<Released<WindowAssigner>> assigners;
  std::vector<Released<WindowTrigger>> triggers;
  std::vector<Released<StateDescriptorClass>> descriptors;
  std::vector<Released<KnownConnector>> connectors;
  std::vector<Released<TypeFactory>> type_factories;
  std::vector<Released<ConfigurationOption>> options;
  std::vector<Released<LanguageCall>> language_calls;
};

/// The rows that hold in one release.
JobCalls job_calls_of(const CompatibilityTable& table, const FlinkVersion& release);

}  // namespace preflight
