#include <fmt/format.h>

#include <algorithm>

#include "serialization/schema_comparer.h"
#include "serialization/ttl.h"

namespace preflight {
namespace {

/// What a serializer is for: that decides what Flink does about its answer.
enum class Role { value, operator_value, timer, key, namespace_ };

StateComparison outcome(StateOutcome outcome, std::string reason = {}) {
  return {.outcome = outcome, .reason = std::move(reason)};
}

/// What Flink does about an answer for a serializer in one role, with the backend known.
StateOutcome outcome_of(SchemaAnswer answer, Role role, StateBackend backend) {
  switch (answer) {
    case SchemaAnswer::as_is:
    case SchemaAnswer::reconfigured:
      return StateOutcome::as_is;
    case SchemaAnswer::unmigrated:
      // The hashmap backend and operator state read all values with the old serializers when they are restored.
      return backend == StateBackend::hashmap || role == Role::operator_value ? StateOutcome::as_is
                                                                              : StateOutcome::unknown;
    case SchemaAnswer::after_migration:
      if (role == Role::key || role == Role::namespace_)
        return StateOutcome::incompatible;
      if (role == Role::timer && backend == StateBackend::rocksdb)
        return StateOutcome::unknown;
      return StateOutcome::after_migration;
    case SchemaAnswer::incompatible:
    case SchemaAnswer::unreadable:
    case SchemaAnswer::wrong_values:
      return StateOutcome::incompatible;
    case SchemaAnswer::unknown:
      return StateOutcome::unknown;
  }
  return StateOutcome::unknown;
}

const char* role_text(Role role) {
  switch (role) {
    case Role::key:
      return "key: ";
    case Role::namespace_:
      return "namespace: ";
    default:
      return "";
  }
}

StateComparison judge(SchemaComparison compared, Role role, StateBackend backend) {
  StateComparison result = outcome(outcome_of(compared.answer, role, backend));
  result.reason = compared.reason.empty() ? std::string() : role_text(role) + compared.reason;
  if (result.outcome == StateOutcome::incompatible && compared.answer == SchemaAnswer::after_migration)
    result.reason += fmt::format(": that needs a migration, and Flink does not migrate a {}",
                                 role == Role::key ? "key" : "namespace");
  if (result.outcome == StateOutcome::after_migration)
    result.lost = std::move(compared.lost);
  return result;
}

int severity(StateOutcome outcome) {
  switch (outcome) {
    case StateOutcome::incompatible:
      return 4;
    case StateOutcome::unknown:
      return 3;
    case StateOutcome::dropped:
      return 2;
    case StateOutcome::after_migration:
      return 1;
    case StateOutcome::as_is:
    case StateOutcome::new_:
      return 0;
  }
  return 0;
}

void join(StateComparison& whole, StateComparison part) {
  whole.lost.insert(whole.lost.end(), part.lost.begin(), part.lost.end());
  if (severity(part.outcome) <= severity(whole.outcome))
    return;
  part.lost = std::move(whole.lost);
  whole = std::move(part);
}

/// Both snapshots, or the reason why there is nothing to compare.
StateComparison compare_part(const std::optional<SerializerSnapshot>& before,
                             const std::optional<SerializerSnapshot>& after, Role role, StateBackend backend,
                             const SchemaWorlds& worlds) {
  if (!before && !after)
    return outcome(StateOutcome::as_is);
  if (!before || !after)
    return outcome(StateOutcome::unknown, !before ? "the savepoint's serializer could not be read"
                                                  : "the serializer of the new job is not known");
  return judge(compare_schemas(*before, *after, worlds), role, backend);
}

std::string option(const State& state, const std::string& name) {
  const auto found = std::ranges::find(state.options, name, &std::pair<std::string, std::string>::first);
  return found == state.options.end() ? std::string() : found->second;
}

/// The kinds of the two as Flink compares them before it looks at any serializer; nothing where they go together.
std::optional<StateComparison> compare_kinds(const State& before, const State& after) {
  if (before.kind != after.kind) {
    const auto is_list = [](StateKind kind) {
      return kind == StateKind::operator_list || kind == StateKind::operator_union;
    };
    if (is_list(before.kind) && is_list(after.kind))
      return outcome(StateOutcome::incompatible,
                     fmt::format("the state was {} and now is {}: Flink does not change how a list is handed out",
                                 to_string(before.kind), to_string(after.kind)));
    return outcome(StateOutcome::dropped,
                   fmt::format("the state was {} and now is {}: Flink keeps these apart, and the new one starts empty",
                               to_string(before.kind), to_string(after.kind)));
  }
  const std::string was = option(before, "KEYED_STATE_TYPE");
  const std::string is = option(after, "KEYED_STATE_TYPE");
  if (!was.empty() && !is.empty() && was != is && was != "UNKNOWN" && is != "UNKNOWN")
    return outcome(
        StateOutcome::incompatible,
        fmt::format("the state was registered as {} and now is as {}: give the new one another name", was, is));
  const bool other_form = before.backend_state_type != after.backend_state_type && !before.backend_state_type.empty() &&
                          !after.backend_state_type.empty();
  if (other_form)
    return outcome(StateOutcome::unknown,
                   fmt::format("the savepoint has the state as {}, the new job as {}: no restore has told yet what "
                               "becomes of it",
                               before.backend_state_type, after.backend_state_type));
  return std::nullopt;
}

/// RocksDB has the keys of a map in its own keys, and rewrites values alone: where the map is migrated at all, the
/// serializer of its keys must be the same.
StateComparison compare_map_key(const SerializerSnapshot& before, const SerializerSnapshot& after,
                                const SchemaWorlds& worlds) {
  const SchemaComparison key = compare_schemas(before.nested.front(), after.nested.front(), worlds);
  if (key.answer == SchemaAnswer::as_is)
    return outcome(StateOutcome::after_migration);
  if (key.answer == SchemaAnswer::unknown)
    return outcome(StateOutcome::unknown, key.reason);
  return outcome(
      StateOutcome::incompatible,
      fmt::format("the map has to be migrated, and its key changed too ({}): RocksDB migrates the values of a "
                  "map alone",
                  key.reason.empty() ? "other constants or registrations" : key.reason));
}

bool is_map(const State& state, const SerializerSnapshot& before, const SerializerSnapshot& after) {
  return option(state, "KEYED_STATE_TYPE") == "MAP" && before.serializer == "MapSerializer" &&
         after.serializer == "MapSerializer" && before.nested.size() == 2 && after.nested.size() == 2;
}

StateComparison compare_keyed_values(const State& before, const State& after, StateBackend backend,
                                     const SchemaWorlds& worlds) {
  if (!before.value || !after.value)
    return compare_part(before.value, after.value, Role::value, backend, worlds);
  const TtlForm was = without_ttl(*before.value);
  const TtlForm is = without_ttl(*after.value);
  StateComparison result = judge(compare_schemas(was.snapshot, is.snapshot, worlds), Role::value, backend);
  if (was.on != is.on)
    join(result, switched_ttl(is.on, backend, worlds));
  if (backend == StateBackend::rocksdb && result.outcome == StateOutcome::after_migration &&
      is_map(before, was.snapshot, is.snapshot))
    join(result, compare_map_key(was.snapshot, is.snapshot, worlds));
  return result;
}

StateComparison compare_on(const State& before, const State& after, StateBackend backend, const SchemaWorlds& worlds) {
  switch (before.kind) {
    case StateKind::keyed: {
      StateComparison result = compare_keyed_values(before, after, backend, worlds);
      join(result, compare_part(before.key, after.key, Role::value, backend, worlds));
      join(result,
           compare_part(before.namespace_serializer, after.namespace_serializer, Role::namespace_, backend, worlds));
      return result;
    }
    case StateKind::timer:
      return compare_part(before.value, after.value, Role::timer, backend, worlds);
    case StateKind::operator_list:
    case StateKind::operator_union:
      return compare_part(before.element, after.element, Role::operator_value, backend, worlds);
    case StateKind::broadcast: {
      StateComparison result = compare_part(before.key, after.key, Role::operator_value, backend, worlds);
      join(result, compare_part(before.value, after.value, Role::operator_value, backend, worlds));
      return result;
    }
    case StateKind::raw_keyed:
    case StateKind::raw_operator:
    case StateKind::coordinator:
      return outcome(StateOutcome::unknown, "these are bytes in a form that only the operator's own code knows");
  }
  return outcome(StateOutcome::unknown);
}

/// `compare` on the backend; where that is not known, what both backends have in common.
template <typename Compare>
StateComparison on_backend(StateBackend backend, const Compare& compare) {
  if (backend != StateBackend::unknown)
    return compare(backend);
  StateComparison hashmap = compare(StateBackend::hashmap);
  const StateComparison rocksdb = compare(StateBackend::rocksdb);
  if (hashmap.outcome == rocksdb.outcome)
    return hashmap;
  return outcome(StateOutcome::unknown,
                 fmt::format("on the hashmap backend {}, on RocksDB {}: {}", to_string(hashmap.outcome),
                             to_string(rocksdb.outcome), rocksdb.reason.empty() ? hashmap.reason : rocksdb.reason));
}

}  // namespace

StateComparison compare_states(const State& before, const State& after, StateBackend backend,
                               const SchemaWorlds& worlds) {
  if (std::optional<StateComparison> kinds = compare_kinds(before, after))
    return *std::move(kinds);
  return on_backend(backend, [&](StateBackend known) { return compare_on(before, after, known, worlds); });
}

StateComparison compare_keys(const SerializerSnapshot& before, const SerializerSnapshot& after, StateBackend backend,
                             const SchemaWorlds& worlds) {
  return on_backend(
      backend, [&](StateBackend known) { return judge(compare_schemas(before, after, worlds), Role::key, known); });
}

}  // namespace preflight
