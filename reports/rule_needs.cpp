#include "rule_needs.h"

#include <fmt/format.h>

namespace preflight {

std::vector<NeededInput> needed_inputs(const Needs& needs) {
  std::vector<NeededInput> inputs;
  if (needs.source_release)
    inputs.push_back({"--from", "--savepoint"});
  if (needs.application)
    inputs.push_back({"--app"});
  if (needs.new_job)
    inputs.push_back({"--app", "--sql-plan"});
  if (needs.sql_plan)
    inputs.push_back({"--sql-plan"});
  if (needs.pom)
    inputs.push_back({"--pom"});
  if (needs.dependencies)
    inputs.push_back({"--pom", "--build", "--app"});
  if (needs.build)
    inputs.push_back({"--build"});
  if (needs.savepoint)
    inputs.push_back({"--savepoint", "--running-app"});
  if (needs.parallelism)
    inputs.push_back({"--parallelism", "--app"});
  if (needs.max_parallelism)
    inputs.push_back({"--max-parallelism", "--app"});
  if (needs.deployment)
    inputs.push_back({"--deployment"});
  if (needs.source_retention)
    inputs.push_back({"--source-retention"});
  return inputs;
}

std::string needs_text(const Needs& needs) {
  std::string text;
  for (const NeededInput& input : needed_inputs(needs))
    text += fmt::format("{}{}", text.empty() ? "" : "; ", fmt::join(input, " or "));
  return text.empty() ? "--target alone" : text;
}

}  // namespace preflight
