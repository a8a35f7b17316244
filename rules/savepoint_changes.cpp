#include "savepoint_changes.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace preflight {
namespace {

using Changes = std::vector<ValueChange>;

void add_if_different(Changes& changes, const std::string& where, std::string before, std::string after) {
  if (before != after)
    changes.push_back({where, std::move(before), std::move(after)});
}

std::string text_of(const SnapshotParameter* parameter) {
  if (parameter == nullptr)
    return "";
  struct ToText {
    std::string operator()(bool value) const { return value ? "true" : "false"; }
    std::string operator()(std::int64_t value) const { return std::to_string(value); }
    std::string operator()(const std::string& value) const { return value; }
    std::string operator()(const std::vector<std::string>& values) const {
      return fmt::format("[{}]", fmt::join(values, ", "));
    }
  };
  return std::visit(ToText{}, parameter->value);
}

const SnapshotParameter* find_parameter(const SerializerSnapshot& snapshot, const std::string& name) {
  const auto parameter = std::ranges::find(snapshot.parameters, name, &SnapshotParameter::name);
  return parameter == snapshot.parameters.end() ? nullptr : &*parameter;
}

const SerializerField* find_field(const SerializerSnapshot& snapshot, const std::string& name) {
  const auto field = std::ranges::find(snapshot.fields, name, &SerializerField::name);
  return field == snapshot.fields.end() ? nullptr : &*field;
}

std::string text_of(const SerializerField& field) {
  return field.serializer.empty() ? std::string("unknown") : to_text(field.serializer.front());
}

void compare_parameters(const SerializerSnapshot& before, const SerializerSnapshot& after, const std::string& where,
                        Changes& changes) {
  for (const SnapshotParameter& parameter : before.parameters)
    add_if_different(changes, fmt::format("{} ({})", where, parameter.name), text_of(&parameter),
                     text_of(find_parameter(after, parameter.name)));
  for (const SnapshotParameter& parameter : after.parameters)
    if (find_parameter(before, parameter.name) == nullptr)
      changes.push_back({fmt::format("{} ({})", where, parameter.name), "", text_of(&parameter)});
}

void compare_trees(const SerializerSnapshot& before, const SerializerSnapshot& after, const std::string& where,
                   Changes& changes);

void compare_fields(const SerializerSnapshot& before, const SerializerSnapshot& after, const std::string& where,
                    Changes& changes) {
  for (const SerializerField& field : before.fields) {
    const std::string path = where + "." + field.name;
    const SerializerField* other = find_field(after, field.name);
    if (other == nullptr)
      changes.push_back({path, text_of(field), ""});
    else if (field.serializer.empty() || other->serializer.empty())
      add_if_different(changes, path, text_of(field), text_of(*other));
    else
      compare_trees(field.serializer.front(), other->serializer.front(), path, changes);
  }
  for (const SerializerField& field : after.fields)
    if (find_field(before, field.name) == nullptr)
      changes.push_back({where + "." + field.name, "", text_of(field)});
}

void compare_trees(const SerializerSnapshot& before, const SerializerSnapshot& after, const std::string& where,
                   Changes& changes) {
  if (before.snapshot_class != after.snapshot_class || before.nested.size() != after.nested.size()) {
    changes.push_back({where, to_text(before), to_text(after)});
    return;
  }
  compare_parameters(before, after, where, changes);
  for (std::size_t i = 0; i < before.nested.size(); ++i)
    compare_trees(before.nested[i], after.nested[i], fmt::format("{}[{}]", where, i), changes);
  compare_fields(before, after, where, changes);
}

void compare_optional(const std::optional<SerializerSnapshot>& before, const std::optional<SerializerSnapshot>& after,
                      const std::string& where, Changes& changes) {
  if (before && after)
    compare_trees(*before, *after, where, changes);
  else if (before || after)
    changes.push_back({where, before ? to_text(*before) : "", after ? to_text(*after) : ""});
}

std::string text_of(const std::vector<std::pair<std::string, std::string>>& options) {
  std::string text;
  for (const auto& [key, value] : options)
    text += fmt::format("{}{}={}", text.empty() ? "" : ", ", key, value);
  return text;
}

std::optional<SerializerSnapshot> find_serializer(const State& state, const std::string& role) {
  for (const auto& [candidate, snapshot] : state.other_serializers)
    if (candidate == role)
      return snapshot;
  return std::nullopt;
}

Changes compare_state(const State& before, const State& after) {
  Changes changes;
  add_if_different(changes, "options", text_of(before.options), text_of(after.options));
  compare_optional(before.key, after.key, "key", changes);
  compare_optional(before.namespace_serializer, after.namespace_serializer, "namespace", changes);
  compare_optional(before.value, after.value, "value", changes);
  compare_optional(before.element, after.element, "element", changes);
  for (const auto& [role, snapshot] : before.other_serializers)
    compare_optional(snapshot, find_serializer(after, role), role, changes);
  for (const auto& [role, snapshot] : after.other_serializers)
    if (!find_serializer(before, role))
      compare_optional(std::nullopt, snapshot, role, changes);
  return changes;
}

const State* find_state(const OperatorState& operator_state, const State& wanted) {
  const auto state = std::ranges::find_if(operator_state.states, [&](const State& candidate) {
    return candidate.kind == wanted.kind && candidate.name == wanted.name;
  });
  return state == operator_state.states.end() ? nullptr : &*state;
}

std::vector<StateChange> compare_states(const OperatorState& before, const OperatorState& after) {
  std::vector<StateChange> changes;
  for (const State& state : before.states) {
    const State* other = find_state(after, state);
    if (other == nullptr) {
      changes.push_back({state.name, state.kind, ChangeKind::removed, {}});
      continue;
    }
    Changes values = compare_state(state, *other);
    if (!values.empty())
      changes.push_back({state.name, state.kind, ChangeKind::changed, std::move(values)});
  }
  for (const State& state : after.states)
    if (find_state(before, state) == nullptr)
      changes.push_back({state.name, state.kind, ChangeKind::added, {}});
  return changes;
}

OperatorChange one_sided(const OperatorState& operator_state, ChangeKind kind) {
  OperatorChange change{
      .id = operator_state.id, .uid = operator_state.uid, .name = operator_state.name, .change = kind};
  for (const State& state : operator_state.states)
    change.states.push_back({state.name, state.kind, kind, {}});
  (kind == ChangeKind::removed ? change.bytes_before : change.bytes_after) = operator_state.state_bytes;
  return change;
}

OperatorChange compare_operator(const OperatorState& before, const OperatorState& after) {
  OperatorChange change{.id = before.id,
                        .uid = before.uid ? before.uid : after.uid,
                        .name = before.name ? before.name : after.name,
                        .bytes_before = before.state_bytes,
                        .bytes_after = after.state_bytes};
  add_if_different(change.values, "parallelism", std::to_string(before.parallelism), std::to_string(after.parallelism));
  add_if_different(change.values, "max parallelism", std::to_string(before.max_parallelism),
                   std::to_string(after.max_parallelism));
  // Metadata before version 5 has no names; their absence is no change.
  if (before.name && after.name)
    add_if_different(change.values, "name", *before.name, *after.name);
  compare_optional(before.key_serializer, after.key_serializer, "key", change.values);
  change.states = compare_states(before, after);
  return change;
}

std::string type_of(const Savepoint& savepoint) {
  if (!savepoint.properties)
    return "";
  const CheckpointProperties& properties = *savepoint.properties;
  return properties.format.empty() ? properties.type : fmt::format("{} ({})", properties.type, properties.format);
}

}  // namespace

const char* to_string(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::added:
      return "added";
    case ChangeKind::removed:
      return "removed";
    case ChangeKind::changed:
      return "changed";
  }
  return "changed";
}

std::vector<ValueChange> compare_serializers(const SerializerSnapshot& before, const SerializerSnapshot& after,
                                             const std::string& where) {
  Changes changes;
  compare_trees(before, after, where, changes);
  return changes;
}

SavepointChanges compare_savepoints(const Savepoint& before, const Savepoint& after) {
  SavepointChanges changes;
  add_if_different(changes.values, "metadata version", std::to_string(before.metadata_version),
                   std::to_string(after.metadata_version));
  add_if_different(changes.values, "type", type_of(before), type_of(after));
  add_if_different(changes.values, "state backend", fmt::format("{}", fmt::join(before.backends, ", ")),
                   fmt::format("{}", fmt::join(after.backends, ", ")));
  std::map<OperatorId, const OperatorState*> added;
  for (const OperatorState& operator_state : after.operators)
    added[operator_state.id] = &operator_state;
  for (const OperatorState& operator_state : before.operators) {
    const auto other = added.find(operator_state.id);
    if (other == added.end()) {
      changes.operators.push_back(one_sided(operator_state, ChangeKind::removed));
      continue;
    }
    OperatorChange change = compare_operator(operator_state, *other->second);
    added.erase(other);
    if (change.values.empty() && change.states.empty())
      ++changes.unchanged_operators;
    else
      changes.operators.push_back(std::move(change));
  }
  for (const OperatorState& operator_state : after.operators)
    if (added.contains(operator_state.id))
      changes.operators.push_back(one_sided(operator_state, ChangeKind::added));
  return changes;
}

}  // namespace preflight
