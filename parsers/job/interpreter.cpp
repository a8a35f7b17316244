#include "job/interpreter.h"

#include <algorithm>
#include <utility>

#include "classfile/access_flags.h"
#include "classfile/names.h"
#include "job/java_library.h"
#include "job/machine.h"

namespace preflight {
namespace {

constexpr const char* kMainDescriptor = "([Ljava/lang/String;)V";

const Value* missing(Machine& machine, std::string detail) {
  return machine.unknown(UnknownReason::missing_code, {}, std::move(detail));
}

/// Runs `step`, whose class files may be no better than those of the methods it runs. A method that ends in a throw has
/// no value.
template <class Step>
const Value* guarded(Machine& machine, Step&& step) {
  try {
    const std::optional<const Value*> result = step();
    return result ? *result : missing(machine, "throws");
  } catch (const Unverified&) {
    return machine.unknown(UnknownReason::unsupported_bytecode);
  } catch (const InputError&) {
    return machine.unknown(UnknownReason::unsupported_bytecode);
  }
}

/// The method with that many parameters that an object of this class has under the name; nothing but bridges counts for
/// nothing.
std::string descriptor_by_arity(Machine& machine, const std::string& class_name, std::string_view name,
                                std::size_t parameters) {
  std::string at = class_name;
  for (std::size_t steps = 0; machine.pool.is_own(at) && steps < machine.limits.elements; ++steps) {
    const LoadedClass& loaded = *machine.pool.find(at);
    for (const MethodView& method : loaded.view.methods)
      if (method.name == name && (method.access_flags & kAccBridge) == 0 &&
          method_type(method.descriptor).parameters.size() == parameters)
        return text_of(method.descriptor);
    at = loaded.super_class;
  }
  for (const std::string& interface : machine.pool.own_interfaces(class_name))
    for (const MethodView& method : machine.pool.find(interface)->view.methods)
      if (method.name == name && !method.code.empty() && method_type(method.descriptor).parameters.size() == parameters)
        return text_of(method.descriptor);
  return {};
}

}  // namespace

Interpreter::Interpreter(ClassPool& pool, LibraryModel& model, const InterpreterLimits& limits)
    : machine_(std::make_unique<Machine>(*this, pool, model, limits)) {}

Interpreter::~Interpreter() = default;

ClassPool& Interpreter::classes() {
  return machine_->pool;
}
ValueStore& Interpreter::values() {
  return machine_->values;
}

const Value* Interpreter::run_main(const std::string& class_name) {
  return guarded(*machine_, [&]() -> std::optional<const Value*> {
    initialize_class(*machine_, class_name);
    const FoundMethod method = machine_->pool.find_method(class_name, "main", kMainDescriptor);
    if (!method || method.is_abstract())
      return missing(*machine_, class_name + ".main");
    const Value* arguments = machine_->unknown(UnknownReason::program_argument, "[Ljava/lang/String;");
    return run_method(*machine_, method, nullptr, {arguments}, true);
  });
}

const Value* Interpreter::invoke(const std::string& class_name, std::string_view name, std::string_view descriptor,
                                 const Value* receiver, const std::vector<const Value*>& arguments) {
  return guarded(*machine_, [&]() -> std::optional<const Value*> {
    const FoundMethod method = machine_->pool.find_method(class_name, name, descriptor);
    if (!method || method.is_abstract())
      return missing(*machine_, class_name + "." + std::string(name));
    if (method.is_static())
      initialize_class(*machine_, method.owner->name);
    return run_method(*machine_, method, receiver, arguments);
  });
}

const Value* Interpreter::invoke_virtual(const Value* receiver, std::string_view name, std::string_view descriptor,
                                         const std::vector<const Value*>& arguments) {
  return guarded(*machine_, [&]() -> std::optional<const Value*> {
    const auto* object = alternatives(receiver).front()->as<ObjectValue>();
    if (object == nullptr)
      return unknown_from(*machine_, receiver, {});
    std::string found(descriptor);
    if (found.empty())
      found = descriptor_by_arity(*machine_, object->class_name, name, arguments.size());
    if (found.empty())
      return missing(*machine_, object->class_name + "." + std::string(name));
    return call_method(
        *machine_, {MethodCall::Kind::of_virtual, object->class_name, std::string(name), found, receiver, arguments});
  });
}

const Value* Interpreter::call_functional(const Value* function, const std::vector<const Value*>& arguments) {
  return guarded(*machine_, [&] { return call_function(*machine_, function, arguments); });
}

const Value* Interpreter::new_object(const std::string& class_name, std::string_view descriptor,
                                     const std::vector<const Value*>& arguments) {
  return guarded(*machine_, [&]() -> std::optional<const Value*> {
    const Value* object = allocate(*machine_, class_name);
    call_method(*machine_,
                {MethodCall::Kind::of_special, class_name, "<init>", std::string(descriptor), object, arguments});
    return object;
  });
}

const Value* Interpreter::field(const Value* object, std::string_view name) {
  std::vector<const Value*> found;
  for (const Value* one : alternatives(object)) {
    const auto* content = one->as<ObjectValue>();
    const LoadedClass* owner =
        content == nullptr ? nullptr : machine_->pool.find_field_owner(content->class_name, name);
    const Value* value = owner == nullptr ? nullptr : machine_->heap.get(content->id, slot_of_field(owner->name, name));
    if (value != nullptr)
      found.push_back(value);
  }
  return machine_->values.one_of(found);
}

const Value* Interpreter::static_field(const std::string& class_name, std::string_view name) {
  const LoadedClass* owner = machine_->pool.find_field_owner(class_name, name);
  if (owner == nullptr)
    return nullptr;
  return guarded(*machine_, [&]() -> std::optional<const Value*> {
    return get_static(*machine_, owner->name, std::string(name), text_of(owner->field(name)->descriptor));
  });
}

std::optional<std::vector<const Value*>> Interpreter::elements(const Value* sequence) {
  const SequenceValue* known = known_elements(*machine_, sequence);
  return known == nullptr ? std::nullopt : std::optional(known->values);
}

std::optional<std::vector<std::pair<const Value*, const Value*>>> Interpreter::entries(const Value* map) {
  const SequenceValue* known = machine_->sequence(map, kEntries);
  if (known == nullptr)
    return std::nullopt;
  std::vector<std::pair<const Value*, const Value*>> result;
  for (std::size_t i = 0; i + 1 < known->values.size(); i += 2)
    result.emplace_back(known->values[i], known->values[i + 1]);
  return result;
}

std::vector<const Value*> Interpreter::calls_on(const Value* object) {
  const SequenceValue* known = machine_->sequence(object, kCalls);
  return known == nullptr ? std::vector<const Value*>{} : known->values;
}

CodePlace Interpreter::place() const {
  return machine_->place();
}
bool Interpreter::conditional() const {
  return machine_->conditional();
}
bool Interpreter::repeated() const {
  return machine_->repeated();
}

Interpreter::Mark::Mark(Interpreter& interpreter, bool conditional, bool repeated)
    : machine_(*interpreter.machine_), conditional_(conditional), repeated_(repeated) {
  machine_.conditional_marks += conditional_ ? 1 : 0;
  machine_.repeated_marks += repeated_ ? 1 : 0;
}

Interpreter::Mark::~Mark() {
  machine_.conditional_marks -= conditional_ ? 1 : 0;
  machine_.repeated_marks -= repeated_ ? 1 : 0;
}

std::string Interpreter::exhausted() const {
  return machine_->exhausted;
}
std::uint64_t Interpreter::instructions_run() const {
  return machine_->instructions;
}

}  // namespace preflight
