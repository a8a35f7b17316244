#include "job/serialization_calls.h"

#include "job/job_settings.h"

namespace preflight {
namespace {

/// The class that an argument names, or is an object of; empty where it is not known.
std::string class_named(const Value* value) {
  if (value == nullptr)
    return {};
  if (const auto* literal = value->as<ClassValue>())
    return literal->name();
  return value->is<ObjectValue>() ? value->as<ObjectValue>()->class_name : std::string();
}

void set_flag(std::optional<bool>& flag, const JobCall& row, const LibraryCall& call, SerializationSettings& settings) {
  const auto made = row.sets ? row.sets : flag_setting(call.arguments.empty() ? nullptr : call.arguments.front());
  if (!made || call.conditional)
    settings.unknown_because = row.name + "() at " + to_text(call.place) + " is not followed";
  else
    flag = made;
}

void register_type(const JobCall& row, const std::string& type, const std::string& serializer,
                   SerializationSettings& settings) {
  if (row.effect == JobCallEffect::register_pojo || row.effect == JobCallEffect::register_either)
    settings.pojo_types.push_back(type);
  if (row.effect == JobCallEffect::register_kryo)
    settings.kryo_types.emplace_back(type, serializer);
  if (row.effect == JobCallEffect::default_kryo_serializer)
    settings.kryo_default_serializers.emplace_back(type, serializer);
}

}  // namespace

bool apply_serialization(const JobCall& row, const LibraryCall& call, JobDraft& draft) {
  SerializationSettings& settings = draft.job.serialization;
  switch (row.effect) {
    case JobCallEffect::force_kryo:
      set_flag(settings.force_kryo, row, call, settings);
      return true;
    case JobCallEffect::force_avro:
      set_flag(settings.force_avro, row, call, settings);
      return true;
    case JobCallEffect::generic_types:
      set_flag(settings.generic_types, row, call, settings);
      return true;
    case JobCallEffect::register_pojo:
    case JobCallEffect::register_kryo:
    case JobCallEffect::register_either:
    case JobCallEffect::default_kryo_serializer:
      break;
    default:
      return false;
  }
  const std::string type = class_named(call.arguments.empty() ? nullptr : call.arguments.front());
  const std::string serializer = call.arguments.size() > 1 ? class_named(call.arguments[1]) : std::string();
  if (type.empty() || (call.arguments.size() > 1 && serializer.empty()) || call.conditional || call.repeated)
    settings.unknown_because = row.name + "() at " + to_text(call.place) + " is not followed";
  if (!type.empty())
    register_type(row, type, serializer, settings);
  return true;
}

}  // namespace preflight
