#include "restore/entry_class.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace preflight {
namespace {

constexpr std::array<std::string_view, 5> kEnvironments = {
    "org.apache.flink.streaming.api.environment.StreamExecutionEnvironment",
    "org.apache.flink.streaming.api.scala.StreamExecutionEnvironment",
    "org.apache.flinkx.api.StreamExecutionEnvironment", "org.apache.flink.table.api.TableEnvironment",
    "org.apache.flink.table.api.bridge.java.StreamTableEnvironment"};

bool is_environment(std::string_view name) {
  return std::ranges::find(kEnvironments, name) != kEnvironments.end();
}

/// Which classes of the JAR refer to an environment, or to a class that does.
std::vector<bool> classes_that_reach_an_environment(const ApplicationJar& application) {
  std::vector<std::vector<std::uint32_t>> referrers(application.classes.size());
  for (std::uint32_t i = 0; i + 1 < application.reference_starts.size(); ++i)
    for (const std::uint32_t target : application.references_of(i))
      referrers[target].push_back(i);
  std::vector<bool> reach(application.classes.size());
  std::vector<std::uint32_t> open;
  for (const ExternalClass& external : application.external_classes)
    if (is_environment(external.name))
      open.insert(open.end(), external.referrers.begin(), external.referrers.end());
  for (std::uint32_t i = 0; i < application.classes.size(); ++i)
    if (is_environment(application.classes[i].name))
      open.push_back(i);
  while (!open.empty()) {
    const std::uint32_t at = open.back();
    open.pop_back();
    if (reach[at])
      continue;
    reach[at] = true;
    open.insert(open.end(), referrers[at].begin(), referrers[at].end());
  }
  return reach;
}

EntryClass the_only_main(const ApplicationJar& application) {
  const std::vector<bool> reach = classes_that_reach_an_environment(application);
  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < application.classes.size(); ++i) {
    const ApplicationClass& candidate = application.classes[i];
    const bool of_flink = candidate.name.starts_with("org.apache.flink.");
    if (candidate.has_main && reach[i] && !of_flink && (names.empty() || names.back() != candidate.name))
      names.emplace_back(candidate.name);
  }
  if (names.size() == 1)
    return {.name = names.front()};
  if (names.empty())
    return {.unknown_because =
                "the manifest names no entry class, and no class of the JAR with a main method reaches a "
                "StreamExecutionEnvironment"};
  constexpr std::size_t kShown = 8;
  const std::size_t shown = std::min(names.size(), kShown);
  return {.unknown_because = fmt::format(
              "the manifest names no entry class, and {} classes have a main method that builds a job: {}{}; name one",
              names.size(), fmt::join(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(shown), ", "),
              shown < names.size() ? ", …" : "")};
}

}  // namespace

EntryClass entry_class_of(const ApplicationJar& application, const std::optional<std::string>& told) {
  const std::optional<std::string> named = told ? told : application.manifest.entry_class();
  if (!named)
    return the_only_main(application);
  if (application.find_class(*named) == nullptr)
    return {.unknown_because = fmt::format("the JAR does not have the entry class {}", *named)};
  return {.name = *named};
}

}  // namespace preflight
