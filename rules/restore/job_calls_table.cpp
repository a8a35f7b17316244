#include "restore/job_calls_table.h"

#include "compatibility_table.h"

namespace preflight {
namespace {

template <class Row>
std::vector<Row> rows_of(const std::vector<Released<Row>>& rows, const FlinkVersion& release) {
  std::vector<Row> result;
  for (const Released<Row>& row : rows)
    if (row.holds_in(release))
      result.push_back(row.row);
  return result;
}

template <class Row, class Key>
void index_rows(const std::vector<Released<Row>>& rows, const FlinkVersion& release, Key key, auto& index) {
  for (Row& row : rows_of(rows, release)) {
    std::string name = row.*key;
    index.emplace(std::move(name), std::move(row));
  }
}

}  // namespace

JobCalls job_calls_of(const CompatibilityTable& table, const FlinkVersion& release) {
  const JobCallTable& all = table.job_calls;
  JobCalls calls;
  for (const SuperClass& row : rows_of(all.super_classes, release))
    calls.super_classes.emplace(row.class_name, row.super_class);
  calls.functions = rows_of(all.functions, release);
  calls.lifecycle = rows_of(all.lifecycle, release);
  calls.states = rows_of(all.states, release);
  calls.companions = rows_of(all.companions, release);
  calls.options = rows_of(all.options, release);
  index_rows(all.calls, release, &JobCall::owner, calls.calls);
  index_rows(all.assigners, release, &WindowAssigner::class_name, calls.assigners);
  index_rows(all.triggers, release, &WindowTrigger::class_name, calls.triggers);
  index_rows(all.descriptors, release, &StateDescriptorClass::class_name, calls.descriptors);
  index_rows(all.connectors, release, &KnownConnector::class_name, calls.connectors);
  index_rows(all.language_calls, release, &LanguageCall::owner, calls.language_calls);
  index_rows(all.type_factories, release, &TypeFactory::owner, calls.type_factories);
  return calls;
}

}  // namespace preflight
