#include "job/function_states.h"

#include <algorithm>
#include <set>

#include "classfile/access_flags.h"
#include "classfile/names.h"
#include "job/job_settings.h"
#include "job/method_code.h"
#include "job/method_types.h"

namespace preflight {
namespace {

/// Classes that are looked through for states of one function.
constexpr std::size_t kMostReached = 64;

}  // namespace

void FunctionStates::add_to(std::uint32_t index, const std::optional<TypeExpression>& window) {
  const OperatorDraft draft = draft_.drafts[index];
  for (const FunctionArgument& function : draft.functions)
    for (const Value* one : alternatives(function.value))
      run(index, one, window);
  if (draft.window && draft.window->trigger != nullptr && interpreter_.classes().is_own(draft.window->trigger_class))
    run(index, draft.window->trigger, window);
  for (const Value* descriptor : draft.broadcast_states)
    states_.add(index, descriptor, JobStateKind::broadcast, types_, draft_.job.operators[index].place);
}

void FunctionStates::run(std::uint32_t index, const Value* function, const std::optional<TypeExpression>& window) {
  // A lambda is no RichFunction: it has no way to a state.
  if (function->is<LambdaValue>())
    return;
  const CodePlace& place = draft_.job.operators[index].place;
  const auto* object = function->as<ObjectValue>();
  const std::string name = class_of(function);
  if (object != nullptr && interpreter_.classes().is_own(name))
    run_object(index, function, name, window);
  else if (!table_.connectors.contains(name))
    draft_.lose_states(index, "its function",
                       object == nullptr ? why_unknown(function) : "library-internal(" + name + ")", place);
}

void FunctionStates::run_object(std::uint32_t index, const Value* function, const std::string& class_name,
                                const std::optional<TypeExpression>& window) {
  states_.begin(index, window);
  for (const LifecycleMethod& method : table_.lifecycle)
    if (const FoundMethod found = interpreter_.classes().find_method(class_name, method.name, method.descriptor);
        found && !found.is_abstract())
      call(function, found);
  states_.elements_come(true);
  std::set<std::pair<std::string_view, std::string_view>> called;
  for (const JobFunction* row : types_.functions.rows_of(class_name))
    for (const LoadedClass* owner : own_line(class_name))
      for (const MethodView& method : owner->view.methods)
        if (!method.code.empty() && (method.access_flags & (kAccBridge | kAccStatic)) == 0 &&
            std::ranges::find(row->methods, method.name) != row->methods.end() &&
            called.emplace(method.name, method.descriptor).second)
          call(function, {.owner = owner, .method = &method});
  states_.end();
  tell_erased(index, function, class_name);
  look_for_missed(index, class_name);
}

void FunctionStates::call(const Value* function, const FoundMethod& method) {
  std::vector<const Value*> arguments;
  for (const std::string& type : parameter_types(method.method->descriptor))
    arguments.push_back(interpreter_.values().unknown(UnknownReason::parameter, type));
  interpreter_.invoke_virtual(function, method.method->name, method.method->descriptor, arguments);
}

std::vector<const LoadedClass*> FunctionStates::own_line(const std::string& class_name) {
  std::vector<const LoadedClass*> line;
  ClassPool& classes = interpreter_.classes();
  for (std::string name = class_name; classes.is_own(name);) {
    const LoadedClass* one = classes.find(name);
    if (one == nullptr || std::ranges::find(line, one) != line.end())
      break;
    line.push_back(one);
    name = one->super_class;
  }
  return line;
}

void FunctionStates::tell_erased(std::uint32_t index, const Value* function, const std::string& class_name) {
  for (const LoadedClass* owner : own_line(class_name))
    for (const FieldView& field : owner->view.fields) {
      const Value* held = interpreter_.field(function, field.name);
      const auto* registered = held == nullptr ? nullptr : held->as<CallValue>();
      if (registered == nullptr)
        continue;
      for (JobState& state : draft_.job.operators[index].states) {
        TypeExpression& type = state.value;
        if (state.place != registered->place || state.kind == JobStateKind::map ||
            type.form != TypeExpression::Form::serializer || !type.texts.empty() || !type.arguments.empty())
          continue;
        const auto told = types_.functions.argument_of_field(class_name, owner->name, field.name);
        // An object of a sub class would be another class in its bytes.
        if (told && told->kind == GenericType::Kind::class_type && told->arguments.empty() &&
            interpreter_.classes().known_subtypes(binary_name(told->name)).empty())
          type.texts.push_back(binary_name(told->name));
      }
    }
}

std::vector<const LoadedClass*> FunctionStates::reached_from(std::vector<const LoadedClass*> line) {
  ClassPool& classes = interpreter_.classes();
  std::vector<const LoadedClass*>& reached = line;
  for (std::size_t i = 0; i < reached.size() && reached.size() < kMostReached; ++i) {
    const ConstantPool& pool = reached[i]->view.pool;
    for (const std::uint16_t at : pool.classes()) {
      const std::string name = binary_name(pool.class_name(at));
      const LoadedClass* one = name.starts_with('[') || !classes.is_own(name) ? nullptr : classes.find(name);
      if (one != nullptr && std::ranges::find(reached, one) == reached.end() && types_.functions.rows_of(name).empty())
        reached.push_back(one);
    }
  }
  return line;
}

/// A call in the function's code that registers a state, and that running it never came to: also in the class of a
/// lambda, as Kotlin compiles `by lazy`, or in a helper's that a library was handed.
void FunctionStates::look_for_missed(std::uint32_t index, const std::string& class_name) {
  for (const LoadedClass* owner : reached_from(own_line(class_name)))
    look_for_missed_in(index, *owner);
}

void FunctionStates::look_for_missed_in(std::uint32_t index, const LoadedClass& owner) {
  for (const MethodView& method : owner.view.methods) {
    const MethodCode* code =
        method.code.empty() ? nullptr : interpreter_.classes().code_of({.owner = &owner, .method = &method});
    if (code == nullptr)
      continue;
    for (const Instruction& instruction : code->instructions()) {
      const auto member = instruction.member();
      if (!member || instruction.opcode < 0xb6)
        continue;
      const ConstantPool::Member called = owner.view.pool.member(*member);
      const JobCall* row = table_.find_call(binary_name(called.owner), called.name, called.descriptor);
      const CodePlace place{
          .class_name = owner.name, .method = text_of(method.name), .line = code->line_of(instruction)};
      if (row != nullptr && row->effect == JobCallEffect::register_state && !states_.has_reached(place))
        draft_.lose_states(index, "a state", "no way to where it is registered was found", place);
    }
  }
}

}  // namespace preflight
