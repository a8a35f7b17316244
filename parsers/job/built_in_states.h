#pragma once

// Private to the reader of jobs.

#include <cstdint>
#include <string>
#include <vector>

#include "job/job_draft.h"

namespace preflight {

/// The states that Flink's own operators register, by the rows of JobCalls.
class BuiltInStates {
 public:
  /// All must outlive it.
  BuiltInStates(const JobCalls& table, JobDraft& draft, Interpreter& interpreter, JobTypes& types)
      : table_(table), draft_(draft), interpreter_(interpreter), types_(types) {}

  void add_to(std::uint32_t index);
  /// The serializer of an operator's windows.
  TypeExpression window_serializer(std::uint32_t index);

 private:
  void add_kind(std::uint32_t index, const std::string& kind);
  void add_trigger(std::uint32_t index, const Value* trigger, const std::string& class_name, int depth);
  /// `name` is the class of a connector; any other name adds nothing.
  void add_connector(std::uint32_t index, const std::string& name);
  TypeExpression variable(std::uint32_t index, std::string_view name);
  TypeExpression accumulator(std::uint32_t index);
  void look_at_windows(std::uint32_t index);

  const JobCalls& table_;
  JobDraft& draft_;
  Interpreter& interpreter_;
  JobTypes& types_;
  const Value* trigger_ = nullptr;  ///< Whose states are being added.
};

}  // namespace preflight
