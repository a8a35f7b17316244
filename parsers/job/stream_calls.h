#pragma once

// Private to the reader of jobs.

#include <optional>

#include "job/call_arguments.h"
#include "job/interpreter.h"
#include "job/job_draft.h"
#include "job/stream_value.h"

namespace preflight {

/// The calls that make the graph of a job: streams out of streams, and operators.
class StreamCalls {
 public:
  /// All must outlive it.
  StreamCalls(const JobCalls& table, JobDraft& draft, Interpreter& interpreter, JobTypes& types)
      : table_(table), draft_(draft), interpreter_(interpreter), types_(types) {}

  /// The stream that the call gives. Nothing where the row is not of such an effect.
  std::optional<const Value*> apply(const JobCall& row, const LibraryCall& call);

 private:
  Stream key_by(const JobCall& row, const LibraryCall& call, const Stream& subject);
  Stream merged(const LibraryCall& call, const Stream& subject);
  Stream joined(const LibraryCall& call, const Stream& subject);
  Stream side_output(const LibraryCall& call, const Stream& subject);
  Stream windowed(const JobCall& row, const LibraryCall& call, const Stream& subject);
  Stream pattern(const Stream& subject);
  Stream made(const JobCall& row, const LibraryCall& call, const Stream& subject);

  TypeExpression key_of(const LibraryCall& call, const CallArguments& arguments, std::size_t index,
                        const StreamInput& input);
  JobKeySelector selector_of(const LibraryCall& call, const CallArguments& arguments, std::size_t index);
  /// Of a keyBy without selector: the names or positions that the key of one input is made of.
  std::vector<const Value*> key_fields(const LibraryCall& call, std::size_t index);
  TypeExpression key_of_fields(const std::vector<const Value*>& fields, const TypeExpression& input);
  TypeExpression output_of(const JobCall& row, const LibraryCall& call, const CallArguments& arguments,
                           const OperatorDraft& draft);
  TypeExpression type_of(const StreamInput& input) const;
  OperatorDraft draft_of(const JobCall& row, const CallArguments& arguments, const Stream& subject);
  void add_connector(const JobCall& row, const CallArguments& arguments, const LibraryCall& call, OperatorDraft& draft);
  std::vector<StreamInput> through_companions(const OperatorDraft& draft, std::vector<StreamInput> inputs,
                                              const LibraryCall& call);
  void add_companions_behind(std::uint32_t index, const LibraryCall& call);
  std::uint32_t add_companion(const CompanionOperator& row, const LibraryCall& call);
  bool runs_once(const JobCall& row, const CallArguments& arguments, const Stream& subject);
  std::vector<const Value*> flattened(const std::vector<const Value*>& values);
  void name_function(JobOperator& made, const OperatorDraft& draft) const;

  const JobCalls& table_;
  JobDraft& draft_;
  Interpreter& interpreter_;
  JobTypes& types_;
};

}  // namespace preflight
