#pragma once

// Private to the reader of jobs.

#include <optional>

#include "job/interpreter.h"
#include "job/job_draft.h"
#include "job/state_registration.h"

namespace preflight {

/// What Flink does when the job's code calls it, by the rows of JobCalls.
class JobApiModel final : public LibraryModel {
 public:
  /// All must outlive it.
  JobApiModel(const JobCalls& table, JobDraft& draft, StateRegistration& states, ShapeCache& shapes)
      : table_(table), draft_(draft), states_(states), shapes_(shapes) {}

  std::optional<const Value*> call(const LibraryCall& call, Interpreter& interpreter) override;
  std::optional<const Value*> static_field(const std::string& owner, const std::string& name,
                                           const std::string& descriptor, Interpreter& interpreter) override;
  const LanguageCall* language_call(const LibraryCall& call) const override {
    return table_.find_language_call(call.owner, call.name, call.descriptor);
  }
  JobTypes& types(Interpreter& interpreter);

 private:
  const JobCall* row_of(const LibraryCall& call) const;
  std::optional<const Value*> apply(const JobCall& row, const LibraryCall& call, Interpreter& interpreter);
  std::optional<const Value*> kept(const LibraryCall& call, Interpreter& interpreter) const;
  void note_foreign(const LibraryCall& call, Interpreter& interpreter);

  const JobCalls& table_;
  JobDraft& draft_;
  StateRegistration& states_;
  ShapeCache& shapes_;
  std::optional<JobTypes> types_;
};

}  // namespace preflight
