#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "savepoint/savepoint.h"

namespace preflight {

enum class ChangeKind { added, removed, changed };
const char* to_string(ChangeKind kind);

/// One difference of a value: where it is ("parallelism", "value.tags"), and the value before and after as text; one of
/// the two is empty for something that is only on one side.
struct ValueChange {
  std::string where;
  std::string before;
  std::string after;

  bool operator==(const ValueChange&) const = default;
};

struct StateChange {
  std::string name;
  StateKind kind = StateKind::keyed;
  ChangeKind change = ChangeKind::changed;
  std::vector<ValueChange> values;  ///< For `changed`: the serializers and options that differ.
};

struct OperatorChange {
  OperatorId id;
  std::optional<std::string> uid;   ///< Of whichever side knows it.
  std::optional<std::string> name;  ///< Likewise.
  ChangeKind change = ChangeKind::changed;
  std::vector<ValueChange> values;  ///< Parallelism, max parallelism, uid, name, key serializer.
  std::vector<StateChange> states;
  std::uint64_t bytes_before = 0;
  std::uint64_t bytes_after = 0;
};

/// What differs between two savepoints, operator by operator ID. An operator whose size alone differs is unchanged.
struct SavepointChanges {
  std::vector<ValueChange> values;        ///< Metadata version, type and format, backends.
  std::vector<OperatorChange> operators;  ///< In the order of `before`, added ones last.
  int unchanged_operators = 0;
};

SavepointChanges compare_savepoints(const Savepoint& before, const Savepoint& after);

/// The places in which two serializer trees differ, the deepest that name the difference: a field that was added or
/// removed, a nested serializer that became another, a parameter that changed.
std::vector<ValueChange> compare_serializers(const SerializerSnapshot& before, const SerializerSnapshot& after,
                                             const std::string& where);

}  // namespace preflight
