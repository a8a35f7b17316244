#include "job/state_registration.h"

#include <algorithm>

#include "job/job_settings.h"
#include "job/method_types.h"
#include "job/stream_value.h"

namespace preflight {
namespace {

bool keeps_operator_state(JobStateKind kind) {
  return kind == JobStateKind::operator_list || kind == JobStateKind::operator_union || kind == JobStateKind::broadcast;
}

/// Whether StateTtlConfig switches TTL on: every one does but DISABLED and one whose update type is Disabled.
JobState::Ttl ttl_of(const Value* config) {
  if (config == nullptr)
    return JobState::Ttl::unknown;
  if (const auto* field = config->as<LibraryFieldValue>())
    return field->name == "DISABLED" ? JobState::Ttl::off : JobState::Ttl::unknown;
  const auto* call = config->as<CallValue>();
  if (call == nullptr)
    return JobState::Ttl::unknown;
  for (; call != nullptr; call = call->receiver == nullptr ? nullptr : call->receiver->as<CallValue>()) {
    if (call->name != "setUpdateType")
      continue;
    const auto* type = call->arguments.empty() ? nullptr : call->arguments.front()->as<LibraryFieldValue>();
    if (type == nullptr)
      return JobState::Ttl::unknown;
    if (type->name == "Disabled")
      return JobState::Ttl::off;
  }
  return JobState::Ttl::on;
}

/// The constructor of a descriptor class of Flink's that made the object.
const Construction& descriptor_constructor(const ObjectValue& descriptor) {
  return descriptor.library_constructor.owner.empty() ? descriptor.constructor : descriptor.library_constructor;
}

}  // namespace

void StateRegistration::begin(std::uint32_t index, std::optional<TypeExpression> window) {
  running_ = index;
  window_ = std::move(window);
  lazy_ = false;
}

void StateRegistration::register_state(const JobCall& row, const LibraryCall& call, JobTypes& types) {
  reached_.insert(call.place);
  if (!running_)
    return;
  const auto* store = call.receiver == nullptr ? nullptr : call.receiver->payload<StateStoreValue>();
  add_state(*running_,
            {.descriptor = call.arguments.empty() ? nullptr : call.arguments.front(),
             .kind = row.state_kind,
             .by_window = row.by_window || (store != nullptr && store->by_window),
             .conditional = call.conditional,
             .place = call.place},
            types);
}

void StateRegistration::enable_time_to_live(const LibraryCall& call) {
  const Value* config = call.arguments.empty() ? nullptr : call.arguments.front();
  const std::vector<const Value*> descriptors = alternatives(call.receiver);
  for (const Value* one : descriptors)
    if (const auto* descriptor = one->as<ObjectValue>())
      ttl_[descriptor->id] = call.conditional || descriptors.size() > 1 ? JobState::Ttl::unknown : ttl_of(config);
}

void StateRegistration::add(std::uint32_t index, const Value* descriptor, std::optional<JobStateKind> kind,
                            JobTypes& types, const CodePlace& place) {
  lazy_ = false;
  add_state(index, {.descriptor = descriptor, .kind = kind, .place = place}, types);
}

void StateRegistration::add_state(std::uint32_t index, const Registered& registered, JobTypes& types) {
  const std::vector<const Value*> descriptors = alternatives(registered.descriptor);
  if (descriptors.empty())
    draft_.lose_states(index, "a state", why_unknown(registered.descriptor), registered.place);
  for (const Value* one : descriptors) {
    const auto* descriptor = one->as<ObjectValue>();
    auto state = descriptor == nullptr ? std::nullopt : state_of(*descriptor, registered, types);
    if (!state) {
      draft_.lose_states(index, "a state", why_unknown(one), registered.place);
      continue;
    }
    state->conditional = registered.conditional || descriptors.size() > 1;
    keep(index, std::move(*state));
  }
}

std::optional<JobState> StateRegistration::state_of(const ObjectValue& descriptor, const Registered& registered,
                                                    JobTypes& types) {
  const Construction& made = descriptor_constructor(descriptor);
  const auto row = table_.descriptors.find(made.owner);
  if (row == table_.descriptors.end())
    return std::nullopt;
  JobState state{.kind = registered.kind.value_or(row->second.kind),
                 .asynchronous = row->second.asynchronous,
                 .lazy = lazy_,
                 .place = registered.place};
  std::vector<TypeExpression> told;
  const std::vector<std::string> parameters = parameter_types(made.descriptor);
  for (std::size_t i = 0; i < std::min(parameters.size(), made.arguments.size()); ++i) {
    const std::string wanted = class_of_type(parameters[i]);
    if (wanted == "java.lang.String")
      state.name = text_setting(made.arguments[i], descriptor.place);
    else if (wanted != "java.lang.Object" && wanted != "org.apache.flink.api.common.serialization.SerializerConfig" &&
             table_.find_function(wanted) == nullptr)
      told.push_back(types.values.type_of(made.arguments[i]));
  }
  if (told.size() > 1)
    state.key = told.front();
  state.value = told.empty() ? unknown_type("no type was found", descriptor.place) : told.back();
  if (registered.by_window)
    state.namespace_type = window_.value_or(unknown_type("the windows were not followed", registered.place));
  if (const auto ttl = ttl_.find(descriptor.id); ttl != ttl_.end() && !keeps_operator_state(state.kind))
    state.ttl = ttl->second;
  return state;
}

/// A function may ask for the same state for every record.
void StateRegistration::keep(std::uint32_t index, JobState state) {
  std::vector<JobState>& states = draft_.job.operators[index].states;
  const auto same = std::ranges::find_if(states, [&](const JobState& before) {
    return state.name.known() && before.name.known() && before.name.values == state.name.values &&
           keeps_operator_state(before.kind) == keeps_operator_state(state.kind);
  });
  if (same == states.end()) {
    states.push_back(std::move(state));
    return;
  }
  same->conditional = same->conditional && state.conditional;
  same->lazy = same->lazy && state.lazy;
}

}  // namespace preflight
