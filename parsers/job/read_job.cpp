#include "job/read_job.h"

#include "job/built_in_states.h"
#include "job/function_states.h"
#include "job/job_api_model.h"
#include "job/own_types.h"

namespace preflight {
namespace {

/// What a companion's uid is, for one of the uids that its main operator can have.
std::string uid_for(const std::string& form, const std::string& uid) {
  constexpr std::string_view kUid = "{uid}";
  std::string result = form;
  if (const std::size_t at = result.find(kUid); at != std::string::npos)
    result.replace(at, kUid.size(), uid);
  return result;
}

/// Settings of an operator that comes with another follow from those that the code makes on that one.
void settle_companions(JobDraft& draft) {
  for (std::size_t i = 0; i < draft.drafts.size(); ++i) {
    JobOperator& companion = draft.job.operators[i];
    const OperatorDraft& of = draft.drafts[i];
    if (of.tags_input && !companion.inputs.empty())
      companion.parallelism = draft.job.operators[companion.inputs.front().from].parallelism;
    if (!of.main_operator)
      continue;
    const JobOperator& main = draft.job.operators[*of.main_operator];
    companion.parallelism = main.parallelism;
    companion.max_parallelism = main.max_parallelism;
    companion.slot_sharing_group = main.slot_sharing_group;
    companion.uid = main.uid;
    for (std::string& uid : companion.uid.values)
      uid = uid_for(of.uid_form, uid);
    if (!companion.uid.pattern.empty())
      companion.uid.pattern = uid_for(of.uid_form, companion.uid.pattern);
  }
}

void add_states(const JobCalls& calls, JobDraft& draft, Interpreter& interpreter, JobTypes& types,
                StateRegistration& states) {
  BuiltInStates built_in(calls, draft, interpreter, types);
  FunctionStates of_functions(calls, draft, interpreter, types, states);
  for (std::uint32_t index = 0; index < draft.job.operators.size(); ++index) {
    built_in.add_to(index);
    std::optional<TypeExpression> window;
    if (draft.drafts[index].window)
      window = built_in.window_serializer(index);
    of_functions.add_to(index, window);
  }
}

}  // namespace

JobModel read_job(const ApplicationJar& application, const JobCalls& calls, const JobReading& how) {
  ClassPool pool(application, {.java_release = how.java_release, .entry_class = how.entry_class});
  ShapeCache shapes(pool);
  JobDraft draft;
  draft.job.entry_class = how.entry_class;
  StateRegistration states(calls, draft);
  JobApiModel model(calls, draft, states, shapes);
  Interpreter interpreter(pool, model);
  if (pool.find(how.entry_class) == nullptr)
    draft.lose_operators("the job", "class-not-in-jar(" + how.entry_class + ")", {});
  else
    interpreter.run_main(how.entry_class);
  if (const std::string limit = interpreter.exhausted(); !limit.empty())
    draft.lose_operators("the main method", "budget: " + limit, {.class_name = how.entry_class, .method = "main"});
  settle_companions(draft);
  add_states(calls, draft, interpreter, model.types(interpreter), states);
  OwnTypes(draft.job, interpreter, model.types(interpreter), shapes).look();
  return std::move(draft.job);
}

}  // namespace preflight
