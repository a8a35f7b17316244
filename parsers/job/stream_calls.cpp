#include "job/stream_calls.h"

#include "job/job_settings.h"
#include "job/method_types.h"

namespace preflight {
namespace {

void set_partitioner(Stream& stream, const std::string& partitioner) {
  for (StreamInput& input : stream.inputs)
    for (JobEdge& edge : input.edges)
      edge.partitioner = partitioner;
}

}  // namespace
std::optional<const Value*> StreamCalls::apply(const JobCall& row, const LibraryCall& call) {
  const Value* subject_value = call.receiver;
  if (subject_value == nullptr && !call.arguments.empty())
    subject_value = call.arguments.front();
  const Stream* found = stream_of(subject_value);
  const Stream lost;
  if (found == nullptr && row.effect >= JobCallEffect::key_by && row.effect <= JobCallEffect::pattern)
    draft_.lose_operators("a stream that " + row.name + "() is called on", why_unknown(subject_value), call.place);
  const Stream& subject = found == nullptr ? lost : *found;
  Stream result;
  switch (row.effect) {
    case JobCallEffect::source:
      result = made(row, call, lost);
      break;
    case JobCallEffect::operation:
    case JobCallEffect::sink:
      if (found == nullptr)
        draft_.lose_operators("the stream that " + row.name + "() is called on", why_unknown(subject_value),
                              call.place);
      result = made(row, call, subject);
      break;
    case JobCallEffect::key_by:
      result = key_by(row, call, subject);
      break;
    case JobCallEffect::merge:
      result = merged(call, subject);
      break;
    case JobCallEffect::connect:
    case JobCallEffect::join:
      result = joined(call, subject);
      break;
    case JobCallEffect::broadcast_states:
      result = subject;
      result.broadcast_states = flattened(call.arguments);
      set_partitioner(result, "broadcast");
      break;
    case JobCallEffect::side_output:
      result = side_output(call, subject);
      break;
    case JobCallEffect::partition:
      result = subject;
      set_partitioner(result, row.partitioner);
      break;
    case JobCallEffect::window:
    case JobCallEffect::trigger:
    case JobCallEffect::evictor:
      result = windowed(row, call, subject);
      break;
    case JobCallEffect::join_key:
      result = key_by(row, call, subject);
      break;
    case JobCallEffect::pattern:
      result = pattern(subject);
      break;
    default:
      return std::nullopt;
  }
  if (row.effect != JobCallEffect::source && row.effect != JobCallEffect::operation &&
      row.effect != JobCallEffect::sink)
    result.operators.clear();
  return interpreter_.values().modelled(std::make_unique<StreamValue>(std::move(result)),
                                        class_of_type(result_type_of(call.descriptor)));
}

}  // namespace preflight
