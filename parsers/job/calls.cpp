#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <utility>

#include "classfile/names.h"
#include "job/alternatives.h"
#include "job/java_library.h"
#include "job/machine.h"
#include "job/method_run.h"

namespace preflight {
namespace {

using Kind = MethodCall::Kind;

constexpr std::array<std::string_view, 7> kMethodsOfObject = {"equals", "hashCode", "toString", "getClass",
                                                              "clone",  "notify",   "finalize"};

/// What is known of the result of something that was done to an unknown value, or not at all.
const Value* unknown_like(Machine& machine, const Value* value, const std::string& type) {
  if (value != nullptr)
    if (const auto* unknown = value->as<UnknownValue>())
      return machine.unknown(unknown->reason, type, unknown->detail);
  return machine.unknown(UnknownReason::missing_code, type);
}

const Value* missing(Machine& machine, const MethodCall& call, const Value* receiver) {
  const std::string result = method_type(call.descriptor).result;
  return result == "V" ? machine.values.null() : unknown_like(machine, receiver, result);
}

/// The library class whose method a call on an object of an own class is, where no own class declares it.
std::string inherited_from(Machine& machine, const std::string& class_name, const MethodCall& call) {
  if (!machine.pool.is_own(call.owner) && call.owner != "java.lang.Object")
    return call.owner;
  std::string super_class = class_name;
  for (std::size_t steps = 0; machine.pool.is_own(super_class) && steps < machine.limits.elements; ++steps)
    super_class = machine.pool.find(super_class)->super_class;
  const bool of_object = std::ranges::find(kMethodsOfObject, call.name) != kMethodsOfObject.end();
  if (of_object || (super_class != "java.lang.Object" && !super_class.empty()))
    return super_class;
  return machine.pool.library_ancestors(class_name).front();
}

std::optional<const Value*> call_library_as(Machine& machine, const MethodCall& call, std::string owner) {
  MethodCall inherited = call;
  inherited.owner = std::move(owner);
  return call_library(machine, inherited);
}

std::optional<const Value*> run_found(Machine& machine, const FoundMethod& method, const MethodCall& call,
                                      const Value* receiver) {
  if (method.is_abstract())
    return missing(machine, call, receiver);
  return run_method(machine, method, receiver, call.arguments);
}

/// Subtypes that are looked at, each of which has to be read, for those that implement a method.
constexpr std::size_t kMostSubtypes = 64;

const Value* undecided(Machine& machine, const MethodCall& call, std::size_t candidates) {
  return machine.unknown(UnknownReason::dispatch, method_type(call.descriptor).result,
                         "more than " + std::to_string(candidates) + " candidates");
}

/// On an object that is not known, of a class of the application's own: whatever can be run.
std::optional<const Value*> call_unknown(Machine& machine, const MethodCall& call, const Value* receiver) {
  if (machine.pool.known_subtypes(call.owner).size() > kMostSubtypes)
    return undecided(machine, call, kMostSubtypes);
  std::set<const MethodView*> seen;
  std::vector<FoundMethod> methods;
  for (const std::string& name : machine.pool.known_implementors(call.owner)) {
    const FoundMethod method = machine.pool.find_method(name, call.name, call.descriptor);
    if (method && !method.is_abstract() && seen.insert(method.method).second)
      methods.push_back(method);
    if (methods.size() > machine.limits.implementors)
      break;
  }
  if (methods.empty()) {
    const FoundMethod declared = machine.pool.find_method(call.owner, call.name, call.descriptor);
    return declared ? run_found(machine, declared, call, receiver)
                    : call_library_as(machine, call, inherited_from(machine, call.owner, call));
  }
  if (methods.size() > machine.limits.implementors)
    return undecided(machine, call, machine.limits.implementors);
  if (methods.size() == 1)
    return run_found(machine, methods.front(), call, receiver);
  Alternatives alternatives(machine);
  for (const FoundMethod& method : methods)
    alternatives.take([&] { return run_found(machine, method, call, receiver); });
  return alternatives.result();
}

std::optional<const Value*> call_on_lambda(Machine& machine, const MethodCall& call, const LambdaValue& lambda) {
  // Of a bridge or a generic interface the descriptor may differ; a functional interface has one abstract method.
  if (call.name == lambda.method)
    return call_function(machine, call.receiver, call.arguments);
  if (const FoundMethod method = machine.pool.find_method(lambda.interface, call.name, call.descriptor))
    return run_found(machine, method, call, call.receiver);
  return call_library(machine, call);
}

/// The own class that decides about the method; empty where none does.
std::string own_class_of(Machine& machine, const Value& receiver) {
  const auto* object = receiver.as<ObjectValue>();
  return object != nullptr && machine.pool.is_own(object->class_name) ? object->class_name : std::string{};
}

std::optional<const Value*> call_on_one(Machine& machine, const MethodCall& call) {
  const Value& receiver = *call.receiver;
  if (const auto* lambda = receiver.as<LambdaValue>())
    return call_on_lambda(machine, call, *lambda);
  if (const std::string name = own_class_of(machine, receiver); !name.empty()) {
    const FoundMethod method = machine.pool.find_method(name, call.name, call.descriptor);
    return method ? run_found(machine, method, call, call.receiver)
                  : call_library_as(machine, call, inherited_from(machine, name, call));
  }
  if (receiver.is<NullValue>())
    return missing(machine, call, nullptr);
  if (receiver.is<UnknownValue>() && machine.pool.is_own(call.owner))
    return call_unknown(machine, call, call.receiver);
  return call_library(machine, call);
}

std::optional<const Value*> call_virtual(Machine& machine, const MethodCall& call) {
  const auto* choice = call.receiver->as<ChoiceValue>();
  if (choice == nullptr)
    return call_on_one(machine, call);
  const bool has_own = std::ranges::any_of(
      choice->values, [&](const Value* one) { return one->is<LambdaValue>() || !own_class_of(machine, *one).empty(); });
  if (!has_own)
    return call_library(machine, call);
  Alternatives alternatives(machine);
  for (const Value* one : choice->values)
    if (!one->is<NullValue>())
      alternatives.take([&] {
        MethodCall on_one = call;
        on_one.receiver = one;
        return call_on_one(machine, on_one);
      });
  return alternatives.result();
}

std::optional<const Value*> call_constructor(Machine& machine, const MethodCall& call) {
  const auto* object = call.receiver->as<ObjectValue>();
  const bool of_object_itself = object != nullptr && object->class_name == call.owner;
  if (of_object_itself)
    machine.values.set_constructor(call.receiver, {call.owner, call.descriptor, call.arguments});
  if (machine.pool.is_own(call.owner)) {
    const LoadedClass& owner = *machine.pool.find(call.owner);
    const MethodView* method = owner.method("<init>", call.descriptor);
    return method == nullptr || method->code.empty()
               ? missing(machine, call, call.receiver)
               : run_method(machine, {&owner, method}, call.receiver, call.arguments);
  }
  if (call.owner == "java.lang.Object")
    return machine.values.null();
  if (!of_object_itself)
    machine.values.set_library_constructor(call.receiver, {call.owner, call.descriptor, call.arguments});
  return call_library(machine, call);
}

std::optional<const Value*> call_exactly(Machine& machine, const MethodCall& call) {
  if (call.kind == Kind::of_static)
    initialize_class(machine, call.owner);
  const FoundMethod method = machine.pool.find_method(call.owner, call.name, call.descriptor);
  if (method)
    return run_found(machine, method, call, call.receiver);
  return machine.pool.is_own(call.owner) ? call_library_as(machine, call, inherited_from(machine, call.owner, call))
                                         : call_library(machine, call);
}

}  // namespace

std::optional<const Value*> call_method(Machine& machine, const MethodCall& call) {
  if (call.kind == Kind::of_virtual)
    return call_virtual(machine, call);
  if (call.kind == Kind::of_special && call.name == "<init>")
    return call_constructor(machine, call);
  return call_exactly(machine, call);
}

std::optional<const Value*> call_library(Machine& machine, const MethodCall& call) {
  const LibraryCall told{call.owner,         call.name,      call.descriptor,
                         call.receiver,      call.arguments, machine.conditional(),
                         machine.repeated(), machine.place()};
  if (const auto modelled = machine.model.call(told, machine.face)) {
    ++machine.effects;
    return modelled;
  }
  if (const LanguageCall* row = machine.model.language_call(told)) {
    if (row->effect == LanguageEffect::throws)
      return std::nullopt;
    if (const auto known = call_language_library(machine, *row, told))
      return known;
  }
  if (const auto known = call_java_library(machine, told))
    return known;
  return call_unmodelled(machine, told);
}

std::optional<const Value*> run_method(Machine& machine, const FoundMethod& method, const Value* receiver,
                                       const std::vector<const Value*>& arguments, bool entry) {
  const MethodType type = method_type(method.method->descriptor);
  const std::string& result = type.result;
  const auto active = std::ranges::count_if(machine.activations,
                                            [&](const Activation& at) { return at.method.method == method.method; });
  if (static_cast<std::size_t>(active) >= machine.limits.activations)
    return machine.unknown(UnknownReason::recursive, result);
  if (machine.activations.size() >= machine.limits.depth || machine.out_of_instructions())
    return machine.unknown(UnknownReason::budget, result);
  const MethodCode* code = machine.pool.code_of(method);
  if (code == nullptr)
    return machine.unknown(UnknownReason::unsupported_bytecode, result);
  std::vector<StackEntry> locals;
  if (!method.is_static())
    locals.push_back({receiver != nullptr ? receiver : machine.unknown(UnknownReason::parameter), false});
  for (std::size_t i = 0; i < type.parameters.size(); ++i) {
    const bool wide = is_wide_type(type.parameters[i]);
    locals.push_back({i < arguments.size() ? arguments[i] : machine.unknown(UnknownReason::parameter), wide});
    if (wide)
      locals.emplace_back();
  }
  const std::size_t depth = machine.activations.size();
  machine.activations.push_back({method, code, nullptr});
  std::optional<const Value*> value;
  try {
    value = MethodRun(machine, *code, entry).run(std::move(locals));
  } catch (const Unverified&) {
    value = machine.unknown(UnknownReason::unsupported_bytecode, result);
  } catch (const InputError&) {
    value = machine.unknown(UnknownReason::unsupported_bytecode, result);
  } catch (const OutOfBudget&) {
    machine.note_exhausted();
    value = machine.unknown(UnknownReason::budget, result);
  }
  machine.activations.resize(depth);
  return value;
}

}  // namespace preflight
