#pragma once

#include <cstdint>
#include <string_view>

#include "parsers/savepoint/java_bytes.h"

namespace preflight::test {

/// What the subtasks of a synthetic savepoint wrote.
enum class SyntheticState {
  inlined,  ///< State so small that Flink puts it into `_metadata`.
  files,    ///< Handles of files beside `_metadata`.
  null,     ///< Nothing: null handles, which a job without state is made of.
  states,   ///< Many states in each: operators of one subtask with 100 states.
};

/// The `_metadata` of a canonical savepoint of metadata version 6 with `count` subtask states: operators of 10,000
/// subtasks (the last has the rest). Except with null handles, three in ten operators have operator state, as a source
/// has, four have keyed state, and three have none. Of SyntheticState::states `count` is the number of states. The same
/// arguments give the same bytes.
JavaBytes synthetic_metadata(SyntheticState state, std::int32_t count);

}  // namespace preflight::test
