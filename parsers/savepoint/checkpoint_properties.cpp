#include "savepoint/checkpoint_properties.h"

#include <fmt/format.h>

#include <array>

#include "savepoint/java_stream.h"

namespace preflight {
namespace {

constexpr const char* kClass = "org.apache.flink.runtime.checkpoint.CheckpointProperties";
constexpr std::array kFlags = {"forced",           "unclaimed",     "discardSubsumed", "discardFinished",
                               "discardCancelled", "discardFailed", "discardSuspended"};

}  // namespace

std::optional<CheckpointProperties> read_checkpoint_properties(ByteReader& reader) {
  const std::uint64_t start = reader.offset();
  const JavaStream stream = read_java_stream(reader);
  const JavaNode& object = stream.node(stream.root);
  if (object.kind == JavaNode::Kind::null)
    return std::nullopt;
  if (stream.class_name(object) != kClass)
    reader.fail_at(start, InputErrorKind::corrupt,
                   fmt::format("expected an object of {}, found one of '{}'", kClass, stream.class_name(object)));
  CheckpointProperties properties;
  for (const char* flag : kFlags)
    if (const auto value = stream.number_field(object, flag))
      properties.flags.emplace_back(flag, *value != 0);
  if (const JavaNode* type = stream.object_field(object, "checkpointType")) {
    properties.type = stream.text_field(*type, "name");
    properties.format = stream.text_field(*type, "formatType");
  }
  return properties;
}

}  // namespace preflight
