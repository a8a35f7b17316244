#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "application_facts.h"
#include "configuration_key.h"
#include "connector_change.h"
#include "connector_state_format.h"
#include "distribution.h"
#include "flink_version.h"
#include "known_library.h"
#include "platform.h"
#include "restore/job_calls_table.h"
#include "restore/payload_formats.h"
#include "serialization/serialization_facts.h"
#include "serialization/type_facts.h"
#include "sql/sql_nodes.h"

namespace preflight {

// The facts about Flink releases, platforms, classes and artifacts that rules judge by: rows of the JSON files in
// rules/table/. rules/table/README.md describes each file and its keys.

/// A Flink minor release (releases.json).
struct FlinkRelease {
  FlinkVersion version;
  int java_min = 0;
  int java_max = 0;
  std::string released;                ///< ISO date of x.y.0
  std::string kryo;                    ///< Version of Kryo that generic types are written with.
  std::string python_min, python_max;  ///< Releases of Python that PyFlink runs on, both included; empty: not known.
  std::vector<std::string> sources;
};

/// A runtime that a managed platform offers (runtimes.json).
struct PlatformRuntime {
  Platform platform = Platform::msf;
  std::string name;  ///< "FLINK-1_20"
  FlinkVersion version;
  int java = 0;        ///< The Java release that its containers run.
  std::string python;  ///< The Python release of its containers; empty where it is not known.
  bool supported = true;
  std::string note;
  std::vector<std::string> sources;
};

/// A pair of releases between which a stateful upgrade in one step is refused or not promised (hops.json).
struct Hop {
  std::string id;
  std::optional<Platform> platform;  ///< nullopt: wherever Flink runs.
  FlinkVersion from_min, from_max;
  FlinkVersion to_min, to_max;
  enum class Outcome { refused, unpromised };
  Outcome outcome = Outcome::refused;
  std::string why;
  std::string remedy;
  std::vector<std::string> sources;
};

/// Classes that a release no longer has (removed_classes.json).
struct RemovedClass {
  std::string id;
  std::string name;  ///< Binary name; "a.b.*" stands for the package and all below it.
  FlinkVersion removed_in;
  std::optional<FlinkVersion>
      added_in;             ///< First release that has it; nullopt: all before removed_in count as having it.
  std::string moved_to;     ///< Binary name in the newer release; empty where it has none.
  std::string replacement;  ///< What to use instead, in words.
  std::string why;
  std::vector<std::string> sources;
};

/// A method, constructor or field that a release no longer has in this form (removed_members.json).
struct RemovedMember {
  std::string class_name;  ///< Binary name of the class that declared it.
  std::string member;      ///< "open(Configuration)", "<init>()", "NAME": parameters by their simple names.
  FlinkVersion removed_in;
  std::string replacement;
  std::string why;
  std::vector<std::string> sources;
};

/// Serializer snapshot classes that a release can no longer load from a savepoint (serializer_snapshots.json).
struct RemovedSnapshot {
  std::string name;
  FlinkVersion removed_in;
  std::string why;
  std::string remedy;
  std::vector<std::string> sources;
};

/// An artifact that was renamed or ended (artifacts.json).
struct RetiredArtifact {
  std::string id;
  std::string group;
  std::string artifact;  ///< A trailing '*' stands for the Scala suffix: flink-clients_*.
  FlinkVersion removed_in;
  std::string kind;  ///< renamed, merged, replaced, removed
  std::string new_group;
  std::string new_artifact;  ///< Empty for "removed".
  std::string why;
  std::string remedy;
  std::vector<std::string> sources;
};

struct ConnectorRelease {
  std::string version;  ///< "3.4.0-1.20"; "1.15.*" for a connector released with Flink itself.
  std::vector<FlinkVersion> flink;
  std::string note;
};

/// A connector family with one line of releases (connectors.json).
struct Connector {
  std::string id;
  std::string name;
  std::string group;
  std::vector<std::string> artifacts;
  std::vector<ConnectorRelease> releases;  ///< Oldest first.
  std::string successor_group;
  std::string successor_artifact;  ///< Empty where there is none.
  std::string successor_why;
  std::vector<std::string> sources;
};

/// One JSON document of the table: its name without ".json", and its text.
struct TableDocument {
  std::string name;
  std::string path;  ///< For messages.
  std::string text;
};

struct CompatibilityTable {
  std::string version;                 ///< table.json: the date of the facts, "2026.11.20".
  std::vector<FlinkRelease> releases;  ///< Ascending.
  std::vector<PlatformRuntime> runtimes;
  std::vector<Hop> hops;
  std::vector<RemovedClass> removed_classes;  ///< Sorted by name.
  std::vector<RemovedMember> removed_members;
  std::vector<RemovedSnapshot> removed_snapshots;
  std::vector<RetiredArtifact> retired_artifacts;
  std::vector<Connector> connectors;
  std::vector<DistributedModule> distribution;
  std::vector<ClassLoading> class_loading;
  std::vector<KnownLibrary> libraries;
  std::vector<LibraryConflict> library_conflicts;
  std::vector<EndedLibrary> ended_libraries;
  std::vector<PlatformLimit> platform_limits;
  std::vector<PlatformReference> platform_references;
  std::vector<ConfigurationKey> configuration_keys;
  std::vector<ConnectorStateFormat> connector_state_formats;
  std::vector<KnownBug> known_bugs;
  std::vector<TableOptionChange> table_options;
  std::vector<SuccessorGap> successor_gaps;
  JobCallTable job_calls;
  std::vector<PayloadFormat> payload_formats;
  std::vector<KryoForm> kryo_forms;
  std::vector<KryoFieldChange> kryo_field_changes;
  std::vector<TtlSwitch> ttl_switches;
  std::vector<TypeSerializer> type_serializers;
  std::vector<SerializerForm> serializer_forms;
  std::vector<LibraryPackage> library_packages;
  SqlNodeTable sql;

  const FlinkRelease* find_release(const FlinkVersion& wanted) const;
  /// The platform's runtime for a Flink minor; nullptr where it offers none, or where the platform has no list.
  const PlatformRuntime* find_runtime(Platform platform, const FlinkVersion& wanted) const;
  /// The row for a class that `target` no longer has: by its own name, or by the longest package pattern.
  const RemovedClass* find_removed_class(std::string_view binary_name, const FlinkVersion& target) const;
  /// `parameters` as "(Time,int)"; empty for a field.
  const RemovedMember* find_removed_member(std::string_view class_name, std::string_view name,
                                           std::string_view parameters, const FlinkVersion& target) const;
  const RemovedSnapshot* find_removed_snapshot(std::string_view binary_name, const FlinkVersion& target) const;
  const RetiredArtifact* find_retired_artifact(std::string_view group, std::string_view artifact,
                                               const FlinkVersion& target) const;
  const Connector* find_connector(std::string_view group, std::string_view artifact) const;
  /// Where the distribution of a Flink minor keeps an artifact; nullptr where it does not have it.
  const DistributedModule* find_distribution(std::string_view module, const FlinkVersion& wanted) const;
  /// Whether a Flink minor takes a class from the runtime even where the application packs it too.
  bool is_parent_first(std::string_view binary_name, const FlinkVersion& wanted) const;
  /// The row for a type by its name as in Java; nullptr where none tells of it.
  const KryoForm* find_kryo_form(std::string_view type) const;
  /// The row for a type by its name as in Java; nullptr for one that Flink does not know by its class.
  const TypeSerializer* find_type_serializer(std::string_view java_type) const;
  /// nullptr for a serializer whose snapshot class follows from its name.
  const SerializerForm* find_serializer_form(std::string_view serializer_class) const;
  const LibraryPackage* find_library_package(std::string_view name) const;
  /// A class of such a package; nullptr where no row tells of it.
  const ClassShape* find_library_class(std::string_view binary_name) const;
};

/// The documents that were built into the program.
std::span<const TableDocument> embedded_table_documents();

/// Reads the documents. A name that stands twice is taken from its last document, so that a user's file replaces an
/// embedded one. Throws InputError naming the document and the row: not well-formed JSON, a missing or mistyped key.
CompatibilityTable read_compatibility_table(std::span<const TableDocument> documents);

}  // namespace preflight
