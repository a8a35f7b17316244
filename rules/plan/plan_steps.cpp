#include "plan/plan_steps.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "connector_releases.h"
#include "families/deployment_facts.h"

namespace preflight {
namespace {

/// The names that a hop has on its platform, for the {names} in texts of the table.
class HopWords {
 public:
  HopWords(const Upgrade& upgrade, const FlinkVersion& from, const FlinkVersion& to)
      : words_{{{"{from}", from.minor_text()},
                {"{to}", to.minor_text()},
                {"{from_runtime}", name_of_runtime(from)},
                {"{to_runtime}", name_of_runtime(to)},
                {"{from_operator}", fmt::format("v{}_{}", from.major, from.minor)},
                {"{to_operator}", fmt::format("v{}_{}", to.major, to.minor)},
                {"{to_dashed}", fmt::format("{}-{}", to.major, to.minor)},
                {"{platform}", to_string(upgrade.platform)},
                {"{application}", name_for_commands(upgrade)},
                {"{snapshot}", name_of_snapshot(upgrade, to)}}} {}

  std::string filled(std::string text) const {
    for (const auto& [name, value] : words_)
      for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + value.size()))
        text.replace(at, name.size(), value);
    return text;
  }

 private:
  static std::string name_of_runtime(const FlinkVersion& release) {
    return fmt::format("FLINK-{}_{}", release.major, release.minor);
  }

  /// The one that the deployment starts from; otherwise one to be taken.
  static std::string name_of_snapshot(const Upgrade& upgrade, const FlinkVersion& to) {
    const std::string told = to == upgrade.to ? snapshot_for_commands(upgrade) : "";
    return told.empty() ? fmt::format("before-{}-{}", to.major, to.minor) : told;
  }

  std::array<std::pair<std::string, std::string>, 10> words_;
};

bool declares(const PomModel& pom, const std::string& coordinates) {
  const auto is_it = [&](const PomDependency& dependency) {
    return dependency.coordinates.group + ':' + dependency.coordinates.artifact == coordinates;
  };
  return std::ranges::any_of(pom.dependencies, is_it) ||
         (pom.transitive && std::ranges::any_of(*pom.transitive, is_it));
}

bool packs(const std::optional<ApplicationJar>& application, const std::string& class_prefix) {
  return application && std::ranges::any_of(application->classes, [&](const ApplicationClass& packed) {
           return packed.name.starts_with(class_prefix);
         });
}

/// Without a JAR or a pom nothing is known of what the job uses: the step then stands for those that use it.
bool is_used(const Upgrade& upgrade, const PlanStepRow& row) {
  if (row.needs_artifacts.empty() && row.needs_classes.empty())
    return true;
  if (!upgrade.application && !upgrade.running_application && upgrade.poms.empty())
    return true;
  for (const std::string& coordinates : row.needs_artifacts)
    if (std::ranges::any_of(upgrade.poms, [&](const PomModel& pom) { return declares(pom, coordinates); }))
      return true;
  return std::ranges::any_of(row.needs_classes, [&](const std::string& prefix) {
    return packs(upgrade.application, prefix) || packs(upgrade.running_application, prefix);
  });
}

bool is_replaced(const PlanStepRow& row, const HopInputs& inputs) {
  switch (row.replaced_by) {
    case PlanInput::pom:
      return inputs.pom;
    case PlanInput::app:
      return inputs.app;
    case PlanInput::savepoint:
      return inputs.app && inputs.savepoint;
    case PlanInput::none:
      break;
  }
  return false;
}

/// Steps of the table that are about a setting: where a deployment tells it, its findings say more.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kStepsOfSettings{
    {{"msf-auto-rollback", "automatic-rollback"},
     {"msf-snapshots-on", "snapshots"},
     {"msf-iac-runtime", "runtime"},
     {"config-yaml", "file"}}};

/// What runs now does not tell which runtime is written for the next deployment.
bool is_told(const PlanStepRow& row, const Upgrade& upgrade) {
  const auto* const step = std::ranges::find(kStepsOfSettings, row.id, &decltype(kStepsOfSettings)::value_type::first);
  return step != kStepsOfSettings.end() && std::ranges::any_of(upgrade.deployments, [&](const Deployment& deployment) {
           const auto settings = settings_of(deployment);
           return (step->second != "runtime" || is_planned(deployment)) &&
                  std::ranges::find(settings, step->second, &NamedSetting::name) != settings.end();
         });
}

UpgradeStep filled(const PlanStepRow& row, const HopWords& words) {
  UpgradeStep step{.phase = row.phase.value_or(PlanPhase::snapshot),
                   .title = words.filled(row.title),
                   .text = words.filled(row.text),
                   .sources = row.sources};
  for (const std::string& command : row.commands)
    step.commands.push_back(words.filled(command));
  return step;
}

bool is_for(const PlanStepRow& row, const Upgrade& upgrade, const FlinkVersion& from, const FlinkVersion& to) {
  return row.is_for(upgrade.platform) && row.from.has(from) && row.to.has(to);
}

}  // namespace

std::vector<UpgradeStep> steps_of_table(const Upgrade& upgrade, const UpgradePlanTable& plan, const PathHop& hop,
                                        const HopInputs& inputs) {
  const HopWords words(upgrade, hop.from, hop.to);
  std::vector<UpgradeStep> steps;
  for (const PlanStepRow& row : plan.steps)
    if (row.phase && is_for(row, upgrade, hop.from, hop.to) && is_used(upgrade, row) && !is_replaced(row, inputs) &&
        !is_told(row, upgrade))
      steps.push_back(filled(row, words));
  return steps;
}

std::vector<UpgradeStep> savepoint_sources(const Upgrade& upgrade, const UpgradePlanTable& plan,
                                           const FlinkVersion& from, const FlinkVersion& to) {
  const HopWords words(upgrade, from, to);
  std::vector<UpgradeStep> sources;
  for (const PlanStepRow& row : plan.steps)
    if (!row.phase && is_for(row, upgrade, from, to))
      sources.push_back(filled(row, words));
  return sources;
}

std::string lost_by_going_back(const Upgrade& upgrade, const UpgradePlanTable& plan, const PathHop& hop) {
  for (const PlanStepRow& row : plan.steps)
    if (row.phase == PlanPhase::back && !row.loses.empty() && is_for(row, upgrade, hop.from, hop.to))
      return HopWords(upgrade, hop.from, hop.to).filled(row.loses);
  return {};
}

UpgradeStep connectors_step(const Upgrade& upgrade, const FlinkVersion& target) {
  UpgradeStep step{.phase = PlanPhase::dependencies,
                   .title = fmt::format("Take the connectors' releases for Flink {}", target.minor_text()),
                   .text = "Of those that the job uses, the newest that is meant for it:"};
  for (const Connector& connector : upgrade.table->connectors)
    // What is not of Flink itself has a line for each release of Flink, and would fill pages.
    if (const ConnectorRelease* release = newest_release_for(connector, target);
        release != nullptr && connector.group == "org.apache.flink")
      step.evidence.push_back(fmt::format("{}:{}", connector.artifacts.front(), release->version));
  step.sources.emplace_back("rules/table/connectors.json");
  return step;
}

}  // namespace preflight
