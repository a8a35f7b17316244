#include "job/stream_value.h"

#include "job/job_settings.h"

namespace preflight {

std::string StreamValue::text() const {
  std::string text = "stream";
  for (const std::uint32_t index : stream.operators)
    text += " " + std::to_string(index);
  return text;
}

const Stream* stream_of(const Value* value) {
  for (const Value* one : alternatives(value))
    if (const auto* stream = one->payload<StreamValue>())
      return &stream->stream;
  return nullptr;
}

std::optional<StreamInput> input_of(const Value* value) {
  std::optional<StreamInput> result;
  for (const Value* one : alternatives(value)) {
    const auto* stream = one->payload<StreamValue>();
    if (stream == nullptr || stream->stream.inputs.empty())
      return std::nullopt;
    const StreamInput& input = stream->stream.inputs.front();
    if (!result)
      result = input;
    else
      result->edges.insert(result->edges.end(), input.edges.begin(), input.edges.end());
  }
  return result;
}

std::vector<std::uint32_t> operators_of(const Value* value) {
  std::vector<std::uint32_t> result;
  for (const Value* one : alternatives(value))
    if (const auto* stream = one->payload<StreamValue>())
      result.insert(result.end(), stream->stream.operators.begin(), stream->stream.operators.end());
  return result;
}

}  // namespace preflight
