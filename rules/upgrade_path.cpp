#include "upgrade_path.h"

#include <fmt/format.h>

#include "savepoint/savepoint.h"

namespace preflight {
namespace {

bool within(const FlinkVersion& version, const FlinkVersion& min, const FlinkVersion& max) {
  return min <= version && version <= max;
}

bool concerns(const Hop& hop, const Upgrade& upgrade) {
  return (!hop.platform || *hop.platform == upgrade.platform) &&
         within(upgrade.from->lowest, hop.from_min, hop.from_max) &&
         within(upgrade.from->highest, hop.from_min, hop.from_max) && within(upgrade.to, hop.to_min, hop.to_max);
}

std::optional<PathObstacle> metadata_too_new(const Upgrade& upgrade) {
  if (!upgrade.savepoint)
    return std::nullopt;
  const auto first = FlinkVersion::parse(writers_of_metadata_version(upgrade.savepoint->metadata_version).first);
  if (!first || !(upgrade.to < *first))
    return std::nullopt;
  return PathObstacle{
      .kind = PathObstacle::Kind::metadata_too_new,
      .why = fmt::format("The savepoint's metadata has version {}, which Flink {} introduced; Flink {} refuses it with "
                         "\"Unrecognized checkpoint version number\".",
                         upgrade.savepoint->metadata_version, first->minor_text(), upgrade.to.minor_text()),
      .remedy = "Start the older release from a savepoint that it wrote itself, or without state.",
      .sources = {"org.apache.flink.runtime.checkpoint.metadata.MetadataSerializers"}};
}

}  // namespace

std::vector<PathObstacle> path_obstacles(const Upgrade& upgrade) {
  std::vector<PathObstacle> obstacles;
  if (!upgrade.from)
    return obstacles;
  if (upgrade.to < upgrade.from->lowest)
    obstacles.push_back(
        {.kind = PathObstacle::Kind::downgrade,
         .why =
             fmt::format("The state was written by Flink {}, which is newer than the target {}. Flink reads state of "
                         "older releases, never of newer ones.",
                         upgrade.from->text(), upgrade.to.minor_text()),
         .remedy = "To go back, start the older release from a savepoint that it wrote before the upgrade.",
         .sources = {"Flink documentation: Upgrading Applications and Flink Versions, compatibility table"}});
  if (auto too_new = metadata_too_new(upgrade))
    obstacles.push_back(std::move(*too_new));
  for (const Hop& hop : upgrade.table.hops)
    if (concerns(hop, upgrade))
      obstacles.push_back(
          {.kind = hop.outcome == Hop::Outcome::refused ? PathObstacle::Kind::refused : PathObstacle::Kind::unpromised,
           .id = hop.id,
           .why = hop.why,
           .remedy = hop.remedy,
           .sources = hop.sources});
  return obstacles;
}

}  // namespace preflight
