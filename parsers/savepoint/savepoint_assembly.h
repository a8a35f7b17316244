#pragma once

#include <cstddef>
#include <span>

#include "input/input_error.h"
#include "savepoint/savepoint.h"
#include "savepoint/state_files.h"

namespace preflight {

/// Reads the bytes of a `_metadata` and the headers of the state that `files` gives access to. With StateFiles::none()
/// it is a pure function of its arguments. Throws as read_savepoint does.
Savepoint assemble_savepoint(std::span<const std::byte> metadata, const InputPlace& place, StateFiles files);

}  // namespace preflight
