#pragma once

// Private to the reader of jobs.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "job/job_draft.h"
#include "job/state_registration.h"

namespace preflight {

/// Runs what Flink runs of a function, so that it registers its states.
class FunctionStates {
 public:
  /// All must outlive it.
  FunctionStates(const JobCalls& table, JobDraft& draft, Interpreter& interpreter, JobTypes& types,
                 StateRegistration& states)
      : table_(table), draft_(draft), interpreter_(interpreter), types_(types), states_(states) {}

  /// `window` is the serializer of the operator's windows, where it has any.
  void add_to(std::uint32_t index, const std::optional<TypeExpression>& window);

 private:
  void run(std::uint32_t index, const Value* function, const std::optional<TypeExpression>& window);
  void run_object(std::uint32_t index, const Value* function, const std::string& class_name,
                  const std::optional<TypeExpression>& window);
  void call(const Value* function, const FoundMethod& method);
  /// Of a serializer that does not say of which class it is (new JavaSerializer<X>()), the class that the field has
  /// which the state is put into.
  void tell_erased(std::uint32_t index, const Value* function, const std::string& class_name);
  void look_for_missed(std::uint32_t index, const std::string& class_name);
  void look_for_missed_in(std::uint32_t index, const LoadedClass& owner);
  /// The application's classes that the code of `line` leads to, `line` itself first; other functions and what they
  /// lead to are left out.
  std::vector<const LoadedClass*> reached_from(std::vector<const LoadedClass*> line);
  /// The class and its super classes, as far as they are the application's own.
  std::vector<const LoadedClass*> own_line(const std::string& class_name);

  const JobCalls& table_;
  JobDraft& draft_;
  Interpreter& interpreter_;
  JobTypes& types_;
  StateRegistration& states_;
};

}  // namespace preflight
