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

/// The metadata version of the savepoint, or without one the lowest that the source release may write.
std::optional<std::int32_t> metadata_version(const Upgrade& upgrade) {
  constexpr std::int32_t kVersionsToTry = 32;
  if (upgrade.savepoint)
    return upgrade.savepoint->metadata_version;
  for (std::int32_t version = 1; version <= kVersionsToTry; ++version) {
    const WriterVersions writers = writers_of_metadata_version(version);
    const auto first = FlinkVersion::parse(writers.first);
    const auto last = FlinkVersion::parse(writers.last);
    if (first && *first <= upgrade.from->lowest && (!last || upgrade.from->lowest <= *last))
      return version;
  }
  return std::nullopt;
}

std::optional<PathObstacle> metadata_too_new(const Upgrade& upgrade) {
  const auto version = metadata_version(upgrade);
  const auto first = version ? FlinkVersion::parse(writers_of_metadata_version(*version).first) : std::nullopt;
  if (!first || !(upgrade.to < *first))
    return std::nullopt;
  return PathObstacle{
      .kind = PathObstacle::Kind::metadata_too_new,
      .why =
          fmt::format("A savepoint of Flink {} has metadata version {}, which Flink {} introduced; Flink {} refuses it "
                      "with \"Unrecognized checkpoint version number\".",
                      upgrade.from->text(), *version, first->minor_text(), upgrade.to.minor_text()),
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
         .why = fmt::format(
             "The state was written by Flink {}, which is newer than the target {}. Flink promises to read state of "
             "older releases, never of newer ones.",
             upgrade.from->text(), upgrade.to.minor_text()),
         .remedy = "To go back, start the older release from a savepoint that it wrote before the upgrade.",
         .sources = {"Flink documentation: Upgrading Applications and Flink Versions, compatibility table"}});
  if (auto too_new = metadata_too_new(upgrade))
    obstacles.push_back(std::move(*too_new));
  for (const Hop& hop : upgrade.table->hops)
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
