#pragma once

#include <optional>

#include "input/byte_reader.h"
#include "savepoint/savepoint.h"

namespace preflight {

/// The last part of `_metadata` from version 4 on: org.apache.flink.runtime.checkpoint.CheckpointProperties as a
/// serialized Java object. Throws InputError as read_java_stream does, and corrupt where it is an object of another
/// class.
std::optional<CheckpointProperties> read_checkpoint_properties(ByteReader& reader);

}  // namespace preflight
