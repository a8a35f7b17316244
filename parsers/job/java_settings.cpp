#include <string_view>
#include <utility>

#include "job/java_library.h"

namespace preflight {
namespace {

/// Classes that read settings which only the running job has; of Flink's own by their simple name, since they moved
/// from one package to another (FLINK-33583).
bool reads_settings(const LibraryCall& call) {
  const std::string simple = call.owner.substr(call.owner.rfind('.') + 1);
  const bool parameters =
      simple == "ParameterTool" || simple == "MultipleParameterTool" || simple == "AbstractParameterTool";
  if (parameters)
    return call.receiver != nullptr && (call.name.starts_with("get") || call.name == "has");
  if (call.owner == "java.lang.System")
    return call.name == "getProperty" || call.name == "getenv";
  return call.receiver != nullptr && call.name == "getProperty" && call.owner == "java.util.Properties";
}

std::string key_of(Machine& machine, const Value* key) {
  if (const auto text = known_text(machine, *key))
    return *text;
  const auto* unknown = key->as<UnknownValue>();
  return unknown == nullptr || unknown->pattern.empty() ? "{}" : unknown->pattern;
}

}  // namespace

std::optional<const Value*> call_settings(Machine& machine, const LibraryCall& call) {
  if (!reads_settings(call) || call.arguments.empty())
    return std::nullopt;
  if (call.receiver != nullptr && machine.sequence(call.receiver, kEntries) != nullptr)
    return std::nullopt;  // Properties that the code has filled.
  UnknownValue unknown;
  unknown.reason = UnknownReason::config;
  unknown.type = method_type(call.descriptor).result;
  unknown.key = key_of(machine, call.arguments[0]);
  if (call.arguments.size() > 1)
    unknown.fallback = call.arguments[1];
  return machine.values.make(std::move(unknown));
}

}  // namespace preflight
