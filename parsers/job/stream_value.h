#pragma once

// Private to the reader of jobs.

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "job/job_draft.h"
#include "job/job_value.h"

namespace preflight {

/// One stream that flows into an operator.
struct StreamInput {
  std::vector<JobEdge> edges;
  /// Where it is not the type of the operator that `edges` begin with: of a side output.
  std::optional<TypeExpression> own_type;
  std::optional<TypeExpression> key;
  std::optional<JobKeySelector> key_selector = {};
};

/// Any of the objects that stand for a stream while the job is built: a DataStream, a WindowedStream, a sink. All share
/// one form, since a call on one gives another that has all of it and more.
struct Stream {
  std::vector<StreamInput> inputs;             ///< Two of connected and joined streams.
  std::vector<std::uint32_t> operators;        ///< That settings are made on: the one that made it, or one of these.
  std::vector<const Value*> broadcast_states;  ///< Descriptors.
  std::shared_ptr<WindowDraft> window;         ///< Shared with all that describe the same windows.
  bool single = false;                         ///< Of what Flink runs in one subtask, as windows over all elements.
};

struct StreamValue final : ModelPayload {
  explicit StreamValue(Stream content) : stream(std::move(content)) {}
  Stream stream;
  std::string text() const override;
};

struct EnvironmentValue final : ModelPayload {
  std::string text() const override { return "environment"; }
};

/// What states are registered with.
struct StateStoreValue final : ModelPayload {
  explicit StateStoreValue(bool windows) : by_window(windows) {}
  bool by_window;
  std::string text() const override { return by_window ? "states of a window" : "states"; }
};

/// What both are, with the streams of all alternatives flowing in; nullopt where one of them is no stream.
std::optional<StreamInput> input_of(const Value* value);
/// The stream that a value is, or the first of those that it can be; nullptr for anything else.
const Stream* stream_of(const Value* value);
/// All operators that settings on this value go to.
std::vector<std::uint32_t> operators_of(const Value* value);

}  // namespace preflight
