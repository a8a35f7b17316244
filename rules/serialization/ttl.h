#pragma once

#include "serialization/schema_compatibility.h"

namespace preflight {

/// The serializer of a state's values without what TTL puts around them (TtlStateFactory): around a value, around the
/// elements of a list, around the values of a map.
struct TtlForm {
  bool on = false;
  SerializerSnapshot snapshot;
};
TtlForm without_ttl(const SerializerSnapshot& snapshot);

/// What Flink makes of a state whose TTL was switched on or off (FLINK-32955): since some release its backends migrate
/// the values, one after the other; older ones refuse.
StateComparison switched_ttl(bool on, StateBackend backend, const SchemaWorlds& worlds);

}  // namespace preflight
