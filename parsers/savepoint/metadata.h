#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "input/input_error.h"
#include "savepoint/operator_id.h"
#include "savepoint/savepoint.h"
#include "savepoint/state_handles.h"

namespace preflight {

// The file `_metadata`: a pure function over its bytes, which opens nothing.
//
//   i4 magic 0x4960672D, i4 version (2 to 7), i8 checkpoint ID,
//   i4 n, n master states, i4 n, n operator states,
//   from version 4 on the serialized Java object CheckpointProperties; then the file ends.
//
// Layouts: org.apache.flink.runtime.checkpoint.Checkpoints and …checkpoint.metadata.MetadataV2Serializer and later.

/// The head of an operator state, before its subtasks.
struct MetadataOperator {
  OperatorId id;
  std::optional<std::string> name;
  std::optional<std::string> uid;
  std::int32_t parallelism = 0;
  std::int32_t max_parallelism = 0;
  StreamHandle coordinator;
  bool fully_finished = false;
};

/// What one subtask of an operator wrote. A view: valid during the call that hands it out.
struct MetadataSubtask {
  std::int32_t index = 0;
  OperatorStateHandle managed_operator;
  OperatorStateHandle raw_operator;
  KeyedStateHandle managed_keyed;
  KeyedStateHandle raw_keyed;
  std::uint32_t channel_handles = 0;  ///< In-flight data of an unaligned checkpoint.
  std::uint64_t channel_bytes = 0;

  /// Whether any of its handles is not null, which is what Flink calls having state.
  bool has_state() const {
    return managed_operator.present || raw_operator.present || managed_keyed.present || raw_keyed.present ||
           channel_handles != 0;
  }
};

/// Takes the operators of a savepoint one after another; a savepoint can hold more subtasks than fit in memory as
/// objects.
class MetadataVisitor {
 public:
  virtual ~MetadataVisitor() = default;
  virtual void on_operator(const MetadataOperator& head) = 0;
  virtual void on_subtask(const MetadataSubtask& subtask) = 0;  ///< Of the last operator.
  virtual void on_finished_subtask() = 0;                       ///< Likewise.
};

struct Metadata {
  std::int32_t version = 0;
  std::int64_t checkpoint_id = 0;
  std::optional<CheckpointProperties> properties;
  std::vector<MasterState> master_states;
};

/// Reads `_metadata` to the last byte. Throws InputError: not_this_format (magic), unsupported (version, handle type),
/// truncated, corrupt (Flink's own checks, trailing bytes), over_limit (nesting).
Metadata read_metadata(std::span<const std::byte> bytes, const InputPlace& place, MetadataVisitor& visitor);

}  // namespace preflight
