#include "plan/plan_table.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "table_row.h"

namespace preflight {
namespace {

constexpr std::array<std::pair<PlanPhase, const char*>, 8> kPhases{{{PlanPhase::prepare, "prepare"},
                                                                    {PlanPhase::dependencies, "dependencies"},
                                                                    {PlanPhase::code, "code"},
                                                                    {PlanPhase::configuration, "configuration"},
                                                                    {PlanPhase::snapshot, "snapshot"},
                                                                    {PlanPhase::run, "run"},
                                                                    {PlanPhase::watch, "watch"},
                                                                    {PlanPhase::back, "back"}}};

std::optional<PlanPhase> read_phase(const TableRow& row) {
  const std::string text = row.text("phase");
  if (text == "source")
    return std::nullopt;
  const auto* const phase = std::ranges::find_if(kPhases, [&](const auto& known) { return text == known.second; });
  if (phase == kPhases.end())
    row.fail("prepare, dependencies, code, configuration, snapshot, run, watch, back or source at \"phase\"");
  return phase->first;
}

PlanInput read_input(const TableRow& row) {
  const std::string text = row.optional_text("replaced_by");
  if (text.empty())
    return PlanInput::none;
  if (text == "pom")
    return PlanInput::pom;
  if (text == "app")
    return PlanInput::app;
  if (text == "savepoint")
    return PlanInput::savepoint;
  row.fail("pom, app or savepoint at \"replaced_by\"");
}

ReleaseSpan read_span(const TableRow& row) {
  return {row.optional_version("min"), row.optional_version("max")};
}

Platform platform_at(const TableRow& row, const std::string& name, const char* key) {
  const auto platform = platform_of(name);
  if (!platform)
    row.fail(fmt::format("msf, kubernetes or standalone at \"{}\"", key));
  return *platform;
}

PlanStepRow read_step(const TableRow& row) {
  PlanStepRow step{.id = row.text("id"),
                   .from = read_span(row.object("from")),
                   .to = read_span(row.object("to")),
                   .phase = read_phase(row),
                   .replaced_by = read_input(row),
                   .title = row.text("title"),
                   .text = row.text("text"),
                   .commands = row.optional_texts("commands"),
                   .loses = row.optional_text("loses"),
                   .sources = row.texts("sources")};
  for (const std::string& name : row.texts("platforms"))
    step.platforms.push_back(platform_at(row, name, "platforms"));
  if (const auto needs = row.optional_object("needs")) {
    step.needs_artifacts = needs->texts("artifacts");
    step.needs_classes = needs->texts("classes");
  }
  return step;
}

PlanWaypoint read_waypoint(const TableRow& row) {
  PlanWaypoint waypoint{.id = row.text("id"),
                        .from = read_span(row.object("from")),
                        .to = read_span(row.object("to")),
                        .via = read_span(row.object("via")),
                        .why = row.text("why"),
                        .sources = row.texts("sources")};
  if (const std::string name = row.optional_text("platform"); !name.empty())
    waypoint.platform = platform_at(row, name, "platform");
  return waypoint;
}

}  // namespace

const char* to_string(PlanPhase phase) {
  return std::ranges::find(kPhases, phase, &decltype(kPhases)::value_type::first)->second;
}

bool PlanStepRow::is_for(Platform platform) const {
  return platforms.empty() || std::ranges::find(platforms, platform) != platforms.end();
}

bool is_plan_document(std::string_view name) {
  return name == "plan_steps" || name == "plan_waypoints";
}

UpgradePlanTable read_plan_table(std::span<const TableDocument> documents) {
  std::map<std::string, const TableDocument*> last_of_name;
  for (const TableDocument& document : documents)
    if (is_plan_document(document.name))
      last_of_name[document.name] = &document;
  UpgradePlanTable table;
  for (const auto& [name, document] : last_of_name) {
    const rapidjson::Document json = parse_table_document(*document);
    const TableRow top(*document, "", json);
    if (top.text("table") != name)
      top.fail(fmt::format("\"table\": \"{}\"", name));
    for (const TableRow& row : top.rows("rows"))
      if (name == "plan_steps")
        table.steps.push_back(read_step(row));
      else
        table.waypoints.push_back(read_waypoint(row));
  }
  return table;
}

}  // namespace preflight
