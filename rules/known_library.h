#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace preflight {

/// A library that applications pack, and how its classes are told (libraries.json).
struct KnownLibrary {
  enum class Role {
    library,       ///< Any other.
    flink,         ///< Flink's, to be packed where it is used: flink-avro, file systems.
    connector,     ///< Moves data between Flink and another system, and is built for a Flink release.
    distribution,  ///< Flink's, and in the lib/ folder of its distribution too: a packed copy is never loaded.
    runtime,       ///< Flink's core, which runs the job: never to be packed.
    planner,       ///< Flink's SQL planner, which the distribution loads apart from everything else.
  };

  std::string id;
  std::string name;  ///< "Apache Kafka clients"
  std::string group;
  /// "flink-clients_*" stands for any Scala suffix; an artifact of another group is written "group:artifact".
  std::vector<std::string> artifacts;
  std::vector<std::string> packages;  ///< With all below them; a class is of the row with the longest that fits.
  std::vector<std::string> markers;   ///< Classes that only this library has, in whatever package it was relocated to.
  Role role = Role::library;
  std::string verified_by;  ///< The released artifact that was seen to have a marker; empty where none was looked at.
  std::vector<std::string> sources;

  bool of_flink() const { return group == "org.apache.flink"; }
  bool has_artifact(std::string_view of_group, std::string_view artifact) const;
  /// "org.apache.kafka:kafka-clients"; the group alone where no one artifact stands for the row.
  std::string label() const;
};

/// "flink-clients_*" matches "flink-clients_2.12": what follows the underscore is a Scala version.
bool artifact_matches(std::string_view pattern, std::string_view artifact);

}  // namespace preflight
