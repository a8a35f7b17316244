#pragma once

#include <optional>
#include <string>
#include <vector>

#include "application/application_jar.h"
#include "compatibility_table.h"
#include "flink_version.h"
#include "job/job_model.h"
#include "restore/outcomes.h"
#include "savepoint/savepoint.h"

namespace preflight {

/// The two jobs between which a state changes hands, as far as they are known.
struct SchemaWorlds {
  std::optional<SourceRelease> from;
  FlinkVersion to;
  const JobModel* before = nullptr;  ///< The job that wrote the savepoint; null where its JAR was not given.
  const JobModel* after =
      nullptr;  ///< The job that reads it; its shapes are those of the classes that its types reach.
  const ApplicationJar* application = nullptr;  ///< The JAR of `after`; null where only its shapes are known.
  const CompatibilityTable* table = nullptr;
};

/// What Flink answers when a new serializer meets the snapshot of the one that wrote the state.
enum class SchemaAnswer {
  as_is,
  reconfigured,     ///< Flink makes a new serializer out of both, which reads and writes the old form.
  unmigrated,       ///< Flink takes it as is, though the new serializer has another form: right where the old one reads
                    ///< the values first (hashmap, operator state), not known where the bytes stay (RocksDB).
  after_migration,  ///< The values are read with the old serializer and written with the new one.
  incompatible,     ///< Flink refuses (StateMigrationException).
  unreadable,       ///< The snapshot itself cannot be read: a class or an enum constant that it names is gone.
  wrong_values,     ///< Flink accepts, and the bytes are not what the new class expects: wrong values, or an exception
                    ///< when one is read.
  unknown,
};

struct SchemaComparison {
  SchemaAnswer answer = SchemaAnswer::unknown;
  std::string where;              ///< The way down the tree to what decided; empty for the top.
  std::string reason;             ///< In words that a developer can act on.
  std::vector<std::string> lost;  ///< What a migration drops without a word: "field `email` of com.acme.Customer".
};

/// TypeSerializerSnapshot#resolveSchemaCompatibility of the new serializer, over the whole tree, and what becomes of
/// values whose form no snapshot tells of: Kryo's, those of Java serialization, of a serializer of the application's
/// own. A JavaSerializer's snapshot does not name the class; where `after` has it as the parameter `class`, it counts.
SchemaComparison compare_schemas(const SerializerSnapshot& before, const SerializerSnapshot& after,
                                 const SchemaWorlds& worlds);

/// Why Flink cannot even read a snapshot, whether or not the new job has the state: a class or an enum constant that it
/// names is gone. Nothing where it can, or where the new JAR was not given.
std::optional<SchemaComparison> find_unreadable(const SerializerSnapshot& before, const SchemaWorlds& worlds);

/// Where Flink keeps the state of the new job's keys, which decides when a serializer is asked.
enum class StateBackend { hashmap, rocksdb, unknown };

struct StateComparison {
  StateOutcome outcome = StateOutcome::unknown;
  std::string reason;
  std::vector<std::string> lost;
};

/// What becomes of a state that both jobs have under one name: its kind, and its serializers by the rules of their
/// places (a key or namespace must not need a migration, a map's user key must not on RocksDB, TTL switched).
StateComparison compare_states(const State& before, const State& after, StateBackend backend,
                               const SchemaWorlds& worlds);

/// The same for the key serializer that all keyed states and timers of an operator share.
StateComparison compare_keys(const SerializerSnapshot& before, const SerializerSnapshot& after, StateBackend backend,
                             const SchemaWorlds& worlds);

}  // namespace preflight
