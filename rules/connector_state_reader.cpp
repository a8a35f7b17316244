#include "connector_state_reader.h"

#include <map>

namespace preflight {
namespace {

ConnectorStateFormat::Outcome read_outcome(const TableRow& row) {
  using enum ConnectorStateFormat::Outcome;
  const std::map<std::string, ConnectorStateFormat::Outcome> outcomes = {
      {"fails", fails}, {"loses_state", loses_state}, {"misreads", misreads}, {"migrates", migrates}};
  const auto outcome = outcomes.find(row.text("outcome"));
  if (outcome == outcomes.end())
    row.fail("fails, loses_state, misreads or migrates at \"outcome\"");
  return outcome->second;
}

ConnectorStateFormat read_state_format(const TableRow& row) {
  const TableRow written = row.object("written");
  const TableRow read = row.object("read");
  ConnectorStateFormat format{.id = row.text("id"),
                              .artifacts = row.texts("artifacts"),
                              .written_from = written.optional_text("from"),
                              .written_until = written.optional_text("until"),
                              .read_artifacts = row.optional_texts("read_artifacts"),
                              .read_from = read.optional_text("from"),
                              .read_until = read.optional_text("until"),
                              .states = row.optional_texts("states"),
                              .cured_by = row.optional_texts("cured_by"),
                              .states_are_its_own = row.optional_boolean("states_are_its_own", false),
                              .outcome = read_outcome(row),
                              .severity = row.severity("severity"),
                              .title = row.text("title"),
                              .why = row.text("why"),
                              .remedy = row.text("remedy"),
                              .verified_by = row.optional_text("verified_by"),
                              .sources = row.texts("sources")};
  if (format.states_are_its_own && format.states.empty())
    row.fail("names at \"states\", where \"states_are_its_own\" is true");
  return format;
}

KnownBug read_known_bug(const TableRow& row) {
  return {.id = row.text("id"),
          .artifacts = row.texts("artifacts"),
          .from = row.optional_text("from"),
          .until = row.optional_text("until"),
          .fixed_in = row.optional_text("fixed_in"),
          .of_the_writer = row.optional_boolean("of_the_writer", false),
          .severity = row.severity("severity"),
          .title = row.text("title"),
          .why = row.text("why"),
          .remedy = row.text("remedy"),
          .verified_by = row.optional_text("verified_by"),
          .sources = row.texts("sources")};
}

TableOptionChange read_table_option(const TableRow& row) {
  return {.connector = row.text("connector"),
          .option = row.text("option"),
          .artifacts = row.texts("artifacts"),
          .since = row.text("since"),
          .new_option = row.optional_text("new_option"),
          .severity = row.severity("severity"),
          .why = row.text("why"),
          .remedy = row.text("remedy"),
          .verified_by = row.optional_text("verified_by"),
          .sources = row.texts("sources")};
}

SuccessorGap read_successor_gap(const TableRow& row) {
  return {.id = row.text("id"),
          .before = row.texts("before"),
          .before_states = row.optional_texts("before_states"),
          .after = row.texts("after"),
          .cured_by = row.optional_texts("cured_by"),
          .severity = row.severity("severity"),
          .title = row.text("title"),
          .why = row.text("why"),
          .remedy = row.text("remedy"),
          .sources = row.texts("sources")};
}

}  // namespace

bool read_connector_state_row(const std::string& document, const TableRow& row, CompatibilityTable& table) {
  if (document == "connector_state_formats")
    table.connector_state_formats.push_back(read_state_format(row));
  else if (document == "known_bugs")
    table.known_bugs.push_back(read_known_bug(row));
  else if (document == "table_options")
    table.table_options.push_back(read_table_option(row));
  else if (document == "successor_gaps")
    table.successor_gaps.push_back(read_successor_gap(row));
  else
    return false;
  return true;
}

}  // namespace preflight
