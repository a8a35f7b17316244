#include "serialization/ttl.h"

#include <fmt/format.h>

#include <algorithm>

namespace preflight {
namespace {

/// Takes away what only says that TTL can be switched.
void take_awareness(SerializerSnapshot& snapshot) {
  if (snapshot.serializer != "TtlAwareSerializer" || snapshot.nested.size() != 1)
    return;
  SerializerSnapshot inner = std::move(snapshot.nested.front());
  snapshot = std::move(inner);
}

/// Takes a TtlSerializer<Long, value> away, of whatever is aware of TTL too; true where there was one.
bool unwrap(SerializerSnapshot& snapshot) {
  take_awareness(snapshot);
  if (snapshot.serializer != "TtlSerializer" || snapshot.nested.size() != 2)
    return false;
  SerializerSnapshot value = std::move(snapshot.nested[1]);  // The first is the time stamp's.
  snapshot = std::move(value);
  return true;
}

}  // namespace

TtlForm without_ttl(const SerializerSnapshot& snapshot) {
  TtlForm form{.snapshot = snapshot};
  take_awareness(form.snapshot);
  const bool has_elements = form.snapshot.serializer == "ListSerializer" || form.snapshot.serializer == "MapSerializer";
  form.on = has_elements && !form.snapshot.nested.empty() ? unwrap(form.snapshot.nested.back()) : unwrap(form.snapshot);
  return form;
}

StateComparison switched_ttl(bool on, StateBackend backend, const SchemaWorlds& worlds) {
  const std::string name = backend == StateBackend::rocksdb ? "rocksdb" : "hashmap";
  const std::string what = fmt::format("TTL is switched {}", on ? "on" : "off");
  if (worlds.table == nullptr)
    return {.outcome = StateOutcome::unknown, .reason = what};
  const auto row = std::ranges::find(worlds.table->ttl_switches, name, &TtlSwitch::backend);
  if (row != worlds.table->ttl_switches.end() && worlds.to >= row->since)
    return {.outcome = StateOutcome::after_migration,
            .reason = what + (on ? ": Flink migrates the values, whose time to live begins at the restore"
                                 : ": Flink migrates the values")};
  std::string reason = fmt::format("{}, which Flink {} refuses on the {} backend", what, worlds.to.minor_text(), name);
  if (row != worlds.table->ttl_switches.end())
    reason += fmt::format("; {} is the first release that migrates such state", row->since.minor_text());
  return {.outcome = StateOutcome::incompatible, .reason = std::move(reason)};
}

}  // namespace preflight
