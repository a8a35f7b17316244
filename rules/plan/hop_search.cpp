#include "plan/hop_search.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <tuple>

namespace preflight {
namespace {

std::string listed(const std::vector<FlinkVersion>& releases) {
  std::vector<std::string> texts;
  for (const FlinkVersion& release : releases)
    texts.push_back(release.minor_text());
  return fmt::format("{}", fmt::join(texts, ", "));
}

/// The best way found so far to one release.
struct Reached {
  std::vector<std::size_t> stops;  ///< Indices of releases, the first and the last included.
  int unpromised = 0;
  int unsupported = 0;  ///< Stops between that the platform no longer supports.
};

class RouteSearch {
 public:
  RouteSearch(Platform platform, const std::shared_ptr<const CompatibilityTable>& table, const UpgradePlanTable& plan)
      : plan_(plan), platform_(platform), releases_(offered_releases(*table, platform)) {
    asked_.platform = platform;
    asked_.table = table;
    for (const FlinkVersion& release : releases_) {
      const PlatformRuntime* runtime = table->find_runtime(platform, release);
      supported_.push_back(runtime == nullptr || runtime->supported);
    }
  }

  const std::vector<FlinkVersion>& releases() const { return releases_; }

  std::vector<PathObstacle> obstacles(const FlinkVersion& from, const FlinkVersion& to) {
    asked_.from = SourceRelease{from, from, "the plan"};
    asked_.to = to;
    return path_obstacles(asked_);
  }

  /// Ascending releases make a graph without cycles, so the best way to each is known once all before it are.
  std::optional<Reached> best(std::size_t from, std::size_t to) {
    std::vector<std::optional<Reached>> reached(releases_.size());
    reached[from] = Reached{.stops = {from}};
    for (std::size_t next = from + 1; next <= to; ++next)
      for (std::size_t before = from; before < next; ++before)
        if (reached[before])
          extend(*reached[before], next, to, reached[next]);
    return reached[to];
  }

  /// The waypoint that a hop jumps over; nullptr where it jumps over none.
  const PlanWaypoint* jumped_over(const FlinkVersion& from, const FlinkVersion& to) const {
    for (const PlanWaypoint& waypoint : plan_.waypoints) {
      const bool between = std::ranges::any_of(releases_, [&](const FlinkVersion& release) {
        return from < release && release < to && waypoint.via.has(release);
      });
      if ((!waypoint.platform || *waypoint.platform == platform_) && waypoint.from.has(from) && waypoint.to.has(to) &&
          between)
        return &waypoint;
    }
    return nullptr;
  }

 private:
  /// Less is better.
  static auto rank(const Reached& way) {
    std::vector<std::size_t> newest_first;
    for (auto stop = way.stops.rbegin(); stop != way.stops.rend(); ++stop)
      newest_first.push_back(~*stop);
    return std::tuple(way.stops.size(), way.unpromised, way.unsupported, std::move(newest_first));
  }

  void extend(const Reached& before, std::size_t next, std::size_t goal, std::optional<Reached>& best_of_next) {
    const FlinkVersion& from = releases_[before.stops.back()];
    const auto against = obstacles(from, releases_[next]);
    if (std::ranges::any_of(against, &PathObstacle::certain_failure) || jumped_over(from, releases_[next]) != nullptr)
      return;
    Reached way = before;
    way.stops.push_back(next);
    way.unpromised += against.empty() ? 0 : 1;
    way.unsupported += next == goal || supported_[next] ? 0 : 1;
    if (!best_of_next || rank(way) < rank(*best_of_next))
      best_of_next = std::move(way);
  }

  const UpgradePlanTable& plan_;
  Platform platform_;
  std::vector<FlinkVersion> releases_;
  std::vector<bool> supported_;
  Upgrade asked_;
};

std::optional<std::size_t> index_of(const std::vector<FlinkVersion>& releases, const FlinkVersion& release) {
  const auto found = std::ranges::find(releases, release);
  return found == releases.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - releases.begin()));
}

/// What the table says against the one hop that the user asked for.
std::vector<std::string> reasons(RouteSearch& search, const FlinkVersion& from, const FlinkVersion& to) {
  std::vector<std::string> texts;
  for (const PathObstacle& obstacle : search.obstacles(from, to))
    texts.push_back(obstacle.why + ' ' + obstacle.remedy);
  if (texts.empty())
    texts.push_back(fmt::format("No chain of upgrades leads from Flink {} to {}.", from.minor_text(), to.minor_text()));
  return texts;
}

}  // namespace

std::vector<FlinkVersion> offered_releases(const CompatibilityTable& table, Platform platform) {
  std::vector<FlinkVersion> releases;
  for (const PlatformRuntime& runtime : table.runtimes)
    if (runtime.platform == platform)
      releases.push_back(runtime.version);
  if (releases.empty())
    for (const FlinkRelease& release : table.releases)
      releases.push_back(release.version);
  std::ranges::sort(releases);
  return releases;
}

UpgradeRoute find_route(const FlinkVersion& from, const FlinkVersion& to, Platform platform,
                        const std::shared_ptr<const CompatibilityTable>& table, const UpgradePlanTable& plan) {
  RouteSearch search(platform, table, plan);
  UpgradeRoute route;
  const auto start = index_of(search.releases(), from);
  const auto goal = index_of(search.releases(), to);
  for (const auto& [index, release] : {std::pair(start, from), std::pair(goal, to)})
    if (!index)
      route.why_not.push_back(fmt::format("The platform has no runtime for Flink {}; it has {}.", release.minor_text(),
                                          listed(search.releases())));
  if (!start || !goal)
    return route;
  const auto way = *start < *goal ? search.best(*start, *goal) : std::nullopt;
  if (!way) {
    route.why_not = reasons(search, from, to);
    return route;
  }
  for (std::size_t i = 0; i + 1 < way->stops.size(); ++i) {
    const FlinkVersion& hop_from = search.releases()[way->stops[i]];
    const FlinkVersion& hop_to = search.releases()[way->stops[i + 1]];
    route.hops.push_back({hop_from, hop_to, search.obstacles(hop_from, hop_to)});
  }
  if (route.hops.size() > 1) {
    for (const PathObstacle& obstacle : search.obstacles(from, to))
      if (obstacle.certain_failure())
        route.why_stops.push_back(obstacle.why);
    for (const PathHop& hop : route.hops)
      if (const PlanWaypoint* waypoint = search.jumped_over(hop.from, to);
          waypoint != nullptr && std::ranges::find(route.why_stops, waypoint->why) == route.why_stops.end())
        route.why_stops.push_back(waypoint->why);
  }
  return route;
}

}  // namespace preflight
