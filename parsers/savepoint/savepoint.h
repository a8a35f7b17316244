#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "savepoint/operator_id.h"
#include "savepoint/serializer_snapshot.h"

namespace preflight {

enum class StateKind {
  keyed,
  timer,
  operator_list,
  operator_union,
  broadcast,
  raw_keyed,
  raw_operator,
  coordinator,
};

/// The name of a kind in reports: "keyed", "operator-list", …
const char* to_string(StateKind kind);

/// One state of an operator, the union over its subtasks (a subtask lists only the states that it touched). A state
/// whose stream could not be read has a name and a kind and no serializers; the operator's `unread` says why. State
/// without a name of its own is called "coordinator" or "raw-keyed"; raw keyed timers have the name of their timer
/// service.
struct State {
  std::string name;
  StateKind kind = StateKind::keyed;
  std::string
      backend_state_type;  ///< KEY_VALUE, OPERATOR, BROADCAST, PRIORITY_QUEUE, KEY_VALUE_V2; empty where unread.
  std::vector<std::pair<std::string, std::string>> options;  ///< KEYED_STATE_TYPE → LIST and so on, as written.
  /// Of broadcast state and of raw keyed timers; also the map key of KEY_VALUE_V2 map state, where `value` is the map's
  /// value alone. The key of other keyed state is the operator's.
  std::optional<SerializerSnapshot> key;
  std::optional<SerializerSnapshot> namespace_serializer;
  std::optional<SerializerSnapshot> value;    ///< Of keyed, broadcast and timer state.
  std::optional<SerializerSnapshot> element;  ///< Of operator list and union state.
  /// Serializers under names that this reader does not know, as written (StateMetaInfoSnapshot.CommonSerializerKeys).
  std::vector<std::pair<std::string, SerializerSnapshot>> other_serializers;
  bool differs_between_subtasks = false;  ///< Subtasks wrote different snapshots under this name.
  /// Of operator list state whose elements are byte arrays, as those of sources and sinks are: the first element that
  /// was found, without its length, up to 256 bytes of it. Empty where none was.
  std::string sample;
};

/// One operator of the savepoint.
struct OperatorState {
  OperatorId id;
  std::optional<std::string> uid;   ///< Only metadata version 5 and later carries it.
  std::optional<std::string> name;  ///< Likewise.
  std::int32_t parallelism = 0;
  std::int32_t max_parallelism = 0;
  std::int32_t subtasks_with_state = 0;
  std::int32_t finished_subtasks = 0;
  bool fully_finished = false;
  std::optional<std::uint64_t> coordinator_state_bytes;
  bool has_channel_state = false;  ///< In-flight data of an unaligned checkpoint.
  bool has_state = false;          ///< As Flink counts it when the operator is not in the new job (Checkpoints.java).
  std::optional<SerializerSnapshot> key_serializer;
  std::vector<State> states;        ///< Sorted by kind and name.
  std::uint64_t state_bytes = 0;    ///< Sum of the sizes of its state handles; inline state included.
  std::vector<std::string> unread;  ///< A reason for each part that could not be read; empty when all of it was.
};

/// CheckpointProperties, present in metadata version 4 and later.
struct CheckpointProperties {
  std::string type;    ///< "Savepoint", "Checkpoint", "Terminate Savepoint", … as Flink named it.
  std::string format;  ///< "CANONICAL" or "NATIVE" for a savepoint; empty for a checkpoint.
  std::vector<std::pair<std::string, bool>> flags;
};

struct MasterState {
  std::string name;
  std::int32_t version = 0;
  std::uint64_t bytes = 0;
};

/// A savepoint or checkpoint: `_metadata` to the last byte, and the headers of its state streams.
struct Savepoint {
  std::filesystem::path metadata_path;
  std::int32_t metadata_version = 0;
  std::int64_t checkpoint_id = 0;
  std::optional<CheckpointProperties> properties;
  std::vector<MasterState> master_states;
  std::vector<OperatorState> operators;  ///< In the order of the file.
  /// What the handles of managed keyed state show, sorted: "canonical", "hashmap-native", "hashmap-or-rocksdb-full"
  /// (key groups of a checkpoint, or of a savepoint before Flink 1.13), "rocksdb-incremental" (ForSt too), "changelog".
  std::vector<std::string> backends;
};

/// The Flink releases whose savepoints carry a metadata version: first and last minor, for example 1.16 and 1.20.
/// `last` is empty where the newest known release still writes it; both are empty for a version that is not known.
struct WriterVersions {
  std::string first;
  std::string last;
};
WriterVersions writers_of_metadata_version(std::int32_t metadata_version);

/// Reads a savepoint from its directory, from its `_metadata` file, or from standard input ("-", where no state file
/// beside it can be read). State that lives in other files is read from its header only; a file that is missing becomes
/// an `unread` entry of its operator. Throws InputError when `_metadata` itself cannot be read to its last byte.
Savepoint read_savepoint(const std::filesystem::path& path);

}  // namespace preflight
