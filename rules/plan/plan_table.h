#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compatibility_table.h"

namespace preflight {

/// The part of an upgrade that a step belongs to; the steps of a hop stand in this order.
enum class PlanPhase { prepare, dependencies, code, configuration, snapshot, run, watch, back };
const char* to_string(PlanPhase phase);

/// A span of releases, open where an end is not set.
struct ReleaseSpan {
  std::optional<FlinkVersion> min;
  std::optional<FlinkVersion> max;

  bool has(const FlinkVersion& release) const { return (!min || *min <= release) && (!max || release <= *max); }
};

/// The input whose findings say more than a general step does.
enum class PlanInput { none, pom, app, savepoint };

/// Something to do in a hop from a release of `from` to one of `to` (plan_steps.json). Texts and commands may hold
/// {from}, {to}, {from_runtime}, {to_runtime}, {from_operator}, {to_operator}, {to_dashed} and {platform}.
struct PlanStepRow {
  std::string id;
  std::vector<Platform> platforms;  ///< Empty: all.
  ReleaseSpan from;
  ReleaseSpan to;
  std::optional<PlanPhase> phase;            ///< nullopt: no step of a hop, but a way to get at a savepoint.
  std::vector<std::string> needs_artifacts;  ///< group:artifact; with `needs_classes` empty too: nothing is needed.
  std::vector<std::string> needs_classes;    ///< How names of packed classes begin.
  PlanInput replaced_by = PlanInput::none;
  std::string title;
  std::string text;
  std::vector<std::string> commands;
  std::string loses;  ///< Of a way back.
  std::vector<std::string> sources;

  bool is_for(Platform platform) const;
};

/// A release that a way from `from` to `to` has to stop at (plan_waypoints.json).
struct PlanWaypoint {
  std::string id;
  std::optional<Platform> platform;  ///< nullopt: all.
  ReleaseSpan from;
  ReleaseSpan to;
  ReleaseSpan via;
  std::string why;
  std::vector<std::string> sources;
};

struct UpgradePlanTable {
  std::vector<PlanStepRow> steps;
  std::vector<PlanWaypoint> waypoints;
};

/// Whether a document is read by read_plan_table, and not by read_compatibility_table.
bool is_plan_document(std::string_view name);

/// Of a name that stands twice the last document counts. Throws InputError naming the document and the row.
UpgradePlanTable read_plan_table(std::span<const TableDocument> documents);

}  // namespace preflight
