#include "families/connector_change_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "connector_version.h"
#include "declared_artifacts.h"
#include "sql/table_options.h"

namespace preflight {
namespace {

bool is_of(const TableOptionChange& row, const Coordinates& library) {
  return std::ranges::any_of(
      row.artifacts, [&](const std::string& pattern) { return is_artifact(pattern, library.group, library.artifact); });
}

/// What a row is told of the connector that the new application runs with.
struct RunsWith {
  enum class Answer { refuses, takes, unknown };
  Answer answer = Answer::unknown;
  std::string text;  ///< The connector and its version; why nothing is known.
};

/// Where the application does not say its version: whether each release that can link on the target refuses it, which
/// are those for its major release.
bool all_releases_refuse(const TableOptionChange& row, const Upgrade& upgrade) {
  bool for_target = false;
  for (const Connector& connector : upgrade.table->connectors)
    for (const std::string& artifact : connector.artifacts) {
      if (!is_of(row, {connector.group, artifact, ""}))
        continue;
      for (const ConnectorRelease& release : connector.releases) {
        const bool links = std::ranges::any_of(
            release.flink, [&](const FlinkVersion& flink) { return flink.major == upgrade.to.major; });
        if (links && !is_release_within(release.version, row.since, ""))
          return false;
        for_target = for_target || std::ranges::find(release.flink, upgrade.to) != release.flink.end();
      }
    }
  return for_target;
}

RunsWith runs_with(const TableOptionChange& row, const Upgrade& upgrade,
                   const std::vector<DeclaredArtifact>& libraries) {
  using enum RunsWith::Answer;
  std::string reason = "neither a build file nor the JAR names it";
  for (const DeclaredArtifact& library : libraries) {
    if (!is_of(row, library.coordinates))
      continue;
    if (!library.coordinates.version.empty())
      return {is_release_within(library.coordinates.version, row.since, "") ? refuses : takes,
              library.coordinates.text()};
    reason = library.unknown;
  }
  if (all_releases_refuse(row, upgrade))
    return {refuses, fmt::format("a release for Flink {}.x, whichever it is", upgrade.to.major)};
  return {unknown, reason};
}

/// The row for an option: the one that names it whole, else the longest that names how it begins.
const TableOptionChange* row_for(const CompatibilityTable& table, const std::string& connector,
                                 const std::string& option) {
  const TableOptionChange* best = nullptr;
  for (const TableOptionChange& row : table.table_options) {
    if (row.connector != connector)
      continue;
    if (row.option == option)
      return &row;
    if (row.option.ends_with('*') && option.starts_with(row.option.substr(0, row.option.size() - 1)) &&
        (best == nullptr || best->option.size() < row.option.size()))
      best = &row;
  }
  return best;
}

/// An option of a row as the team's classes have it.
struct Met {
  const TableOptionChange* row = nullptr;
  std::string option;
  std::vector<std::string> evidence;
  std::string entry;  ///< Of the first class that has it.
};

std::string name_of(const Met& met) {
  return fmt::format("{}/{}", met.row->connector, met.option);
}

Finding option_finding(const Met& met, const std::string& connector, const Upgrade& upgrade) {
  const TableOptionChange& row = *met.row;
  Finding finding{.rule = "table-option-refused",
                  .severity = row.severity,
                  .message = fmt::format("The new application runs with {}. {}", connector, row.why),
                  .remedy = row.remedy,
                  .sources = row.sources,
                  .subject = {.kind = Subject::Kind::configuration, .name = name_of(met)},
                  .location = {.path = upgrade.application->path.string(), .entry = met.entry}};
  if (met.option == "connector")
    finding.title = fmt::format("There is no table connector \"{}\" any more", row.connector);
  else if (row.new_option.empty())
    finding.title = fmt::format("The table connector \"{}\" has no option \"{}\" any more", row.connector, met.option);
  else
    finding.title = fmt::format("The table connector \"{}\" has the option \"{}\" instead of \"{}\"", row.connector,
                                row.new_option, met.option);
  finding.evidence = met.evidence;
  return finding;
}

class TableTexts {
 public:
  explicit TableTexts(const Facts& facts) : facts_(facts) {
    for (const LinkedClass& linked : facts.upgrade.linked_classes)
      if (facts.origins.of[linked.index] == ClassOrigin::application)
        for (const std::string_view text : linked.table_texts)
          for (const TableOptions& table : table_options_of(text))
            add(facts.upgrade.application->classes[linked.index], table);
  }

  const std::map<std::string, Met>& met() const { return met_; }
  /// Classes with a list of options of a connector that rows are about, of which the text holds a part only.
  const std::set<std::string>& in_pieces() const { return in_pieces_; }

 private:
  void add(const ApplicationClass& holder, const TableOptions& table) {
    const CompatibilityTable& rows = *facts_.upgrade.table;
    const std::string* connector = table.find("connector");
    if (connector == nullptr ||
        std::ranges::find(rows.table_options, *connector, &TableOptionChange::connector) == rows.table_options.end())
      return;
    if (!table.complete)
      in_pieces_.emplace(holder.name);
    for (const TableOptions::Option& option : table.options) {
      const TableOptionChange* row = row_for(rows, *connector, option.key);
      if (row == nullptr)
        continue;
      Met& met = met_[fmt::format("{}/{}", *connector, option.key)];
      met.row = row;
      met.option = option.key;
      if (met.entry.empty())
        met.entry = holder.entry;
      met.evidence.push_back(
          fmt::format("{}: table {}", holder.name, table.table.empty() ? "(not named)" : table.table));
    }
  }

  const Facts& facts_;
  std::map<std::string, Met> met_;
  std::set<std::string> in_pieces_;
};

RuleResult check_table_option_refused(const Facts& facts) {
  RuleResult result;
  const TableTexts texts(facts);
  if (texts.met().empty() && texts.in_pieces().empty())
    return result;
  const std::vector<DeclaredArtifact> libraries = declared_artifacts(facts.upgrade);
  for (const auto& [name, met] : texts.met()) {
    const RunsWith connector = runs_with(*met.row, facts.upgrade, libraries);
    if (connector.answer == RunsWith::Answer::refuses)
      result.findings.push_back(option_finding(met, connector.text, facts.upgrade));
    else if (connector.answer == RunsWith::Answer::unknown)
      result.unknowns.push_back({fmt::format("whether the option \"{}\" of the table connector \"{}\" is still taken",
                                             met.option, met.row->connector),
                                 fmt::format("its release is not known: {}", connector.text)});
  }
  for (const std::string& holder : texts.in_pieces())
    result.unknowns.push_back(
        {fmt::format("the table options in {}", holder), "its SQL is put together from pieces while the job runs"});
  return result;
}

bool uses_one_of(const std::vector<std::string>& classes, const LinkedClass& linked) {
  return std::ranges::any_of(
      linked.uses, [&](const SymbolUse& use) { return std::ranges::find(classes, use.owner) != classes.end(); });
}

/// The first of the team's classes that uses one of `classes`; nullptr where none does.
const ApplicationClass* user_of(const std::vector<std::string>& classes, const Facts& facts) {
  for (const LinkedClass& linked : facts.upgrade.linked_classes)
    if (facts.origins.of[linked.index] == ClassOrigin::application && uses_one_of(classes, linked))
      return &facts.upgrade.application->classes[linked.index];
  return nullptr;
}

/// The class of the team that refers to `name` in the JAR that runs now, whether that packs it or not.
std::optional<std::string_view> referrer_in(const ApplicationJar& running, const ClassOrigins& origins,
                                            const std::string& name) {
  const auto external = std::ranges::find(running.external_classes, name, &ExternalClass::name);
  if (external != running.external_classes.end())
    for (const std::uint32_t referrer : external->referrers)
      if (origins.of[referrer] == ClassOrigin::application)
        return running.classes[referrer].name;
  const ApplicationClass* packed = running.find_class(name);
  if (packed == nullptr)
    return std::nullopt;
  const auto target = static_cast<std::uint32_t>(packed - running.classes.data());
  for (std::uint32_t i = 0; i + 1 < running.reference_starts.size(); ++i)
    if (origins.of[i] == ClassOrigin::application && std::ranges::binary_search(running.references_of(i), target))
      return running.classes[i].name;
  return std::nullopt;
}

/// What shows that the job that runs now used the predecessor; nullopt where nothing does.
std::optional<std::string> predecessor_seen(const SuccessorGap& row, const Facts& facts) {
  if (facts.upgrade.savepoint)
    for (const OperatorState& operator_state : facts.upgrade.savepoint->operators)
      for (const State& state : operator_state.states)
        if (std::ranges::find(row.before_states, state.name) != row.before_states.end())
          return fmt::format("the savepoint has the state {}", state.name);
  if (!facts.upgrade.running_application)
    return std::nullopt;
  const ApplicationJar& running = *facts.upgrade.running_application;
  const ClassOrigins origins = origins_of(running, *facts.upgrade.table);
  for (const std::string& name : row.before)
    if (const auto referrer = referrer_in(running, origins, name))
      return fmt::format("{} of the running JAR uses {}", *referrer, name);
  return std::nullopt;
}

RuleResult check_successor_does_less(const Facts& facts) {
  RuleResult result;
  for (const SuccessorGap& row : facts.upgrade.table->successor_gaps) {
    const ApplicationClass* user = user_of(row.after, facts);
    if (user == nullptr || user_of(row.cured_by, facts) != nullptr)
      continue;
    const auto seen = predecessor_seen(row, facts);
    if (!seen)
      continue;
    result.findings.push_back(
        {.rule = "successor-does-less",
         .severity = row.severity,
         .title = row.title,
         .message = row.why,
         .remedy = row.remedy,
         .evidence = {*seen, fmt::format("{} uses {}", user->name, row.after.front())},
         .sources = row.sources,
         .subject = {.kind = Subject::Kind::class_, .name = row.after.front()},
         .location = {.path = facts.upgrade.application->path.string(), .entry = std::string(user->entry)}});
  }
  return result;
}

}  // namespace

Rule table_option_refused() {
  return {.id = "table-option-refused",
          .severity = Severity::blocker,
          .title = "A table is made with options that the new connector refuses",
          .rationale =
              "A table connector's factory refuses an option that it does not know, so that the job does not start. "
              "Connectors rename their options where another implementation takes over the name.",
          .remedy = "Rewrite the options in the statement that makes the table.",
          .sources = {"rules/table/table_options.json"},
          .fires =
              "A class says \"CREATE TABLE t (...) WITH ('connector' = 'kinesis', 'stream' = 'orders', ...)\", and "
              "the pom has flink-sql-connector-aws-kinesis-streams 6.0.1-2.0.",
          .does_not_fire = "The same with 'stream.arn'; or the connector is flink-sql-connector-kinesis 4.2.0-1.18.",
          .needs = {.application = true},
          .check = check_table_option_refused};
}

Rule successor_does_less() {
  return {.id = "successor-does-less",
          .severity = Severity::medium,
          .title = "What takes the place of a source or sink does not do all that the old one did",
          .rationale =
              "A connector that is written anew leaves out what its predecessor did without being asked. The job "
              "compiles and starts, and its data are other ones.",
          .remedy = "Do it in the application, or make it unnecessary before the upgrade.",
          .sources = {"rules/table/successor_gaps.json"},
          .fires =
              "The running JAR uses FlinkKinesisConsumer, which splits aggregated records, and the new one "
              "KinesisStreamsSource, which does not.",
          .does_not_fire = "The running JAR uses KinesisStreamsSource already; or the new one uses AggregatorUtil.",
          .needs = {.application = true, .savepoint = true},
          .check = check_successor_does_less};
}

}  // namespace preflight
