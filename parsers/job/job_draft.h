#pragma once

// Private to the reader of jobs: what it knows of a job while it reads.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "job/function_types.h"
#include "job/job_calls.h"
#include "job/job_model.h"
#include "job/job_value.h"

namespace preflight {

/// How the elements of a stream are cut into windows, as far as the calls have said.
struct WindowDraft {
  const Value* assigner = nullptr;  ///< Where the job makes it.
  std::string assigner_class;
  const Value* trigger = nullptr;
  std::string trigger_class;  ///< Empty for the assigner's own.
  bool evictor = false;
  bool uncertain = false;  ///< A trigger or evictor is set on some paths only.
};

struct FunctionArgument {
  const Value* value = nullptr;
  const JobFunction* row = nullptr;  ///< Of the class that the call wants there.
};

/// What JobOperator does not say of an operator, and its states follow from.
struct OperatorDraft {
  std::string operator_kind;
  std::vector<std::string> aspects;
  std::vector<FunctionArgument> functions;
  const Value* connector = nullptr;  ///< A source or sink of the kind that is no function.
  FunctionInputs inputs;
  std::optional<TypeExpression> accumulator;
  std::shared_ptr<const WindowDraft> window;
  std::vector<const Value*> broadcast_states;
  std::optional<std::uint32_t> main_operator;  ///< Of a companion the operator that it comes with.
  std::string uid_form;                        ///< CompanionOperator::uid
  bool tags_input = false;                     ///< Of a companion that runs as its input does.
};

struct JobDraft {
  JobModel job;
  std::vector<OperatorDraft> drafts;  ///< As JobModel::operators.

  std::uint32_t add(JobOperator made, OperatorDraft draft) {
    job.operators.push_back(std::move(made));
    drafts.push_back(std::move(draft));
    return static_cast<std::uint32_t>(job.operators.size() - 1);
  }
  /// Something was lost that may have made operators.
  void lose_operators(const std::string& what, const std::string& reason, const CodePlace& place) {
    job.unknowns.push_back({.what = what, .reason = reason, .place = place});
    if (job.incomplete_because.empty())
      job.incomplete_because = what + ": " + reason + " (" + to_text(place) + ")";
  }
  void lose_states(std::uint32_t index, const std::string& what, const std::string& reason, const CodePlace& place) {
    job.unknowns.push_back({.what = what, .reason = reason, .place = place});
    std::string& because = job.operators[index].states_incomplete_because;
    if (because.empty())
      because = what + ": " + reason + " (" + to_text(place) + ")";
  }
};

/// The type information of one job's reading.
struct JobTypes {
  JobTypes(const JobCalls& calls, Interpreter& interpreter, ShapeCache& shapes)
      : values(calls, interpreter, shapes), functions(calls, interpreter, shapes, values) {}

  TypeReader values;
  FunctionTypes functions;
};

}  // namespace preflight
