#include <algorithm>
#include <utility>

#include "classfile/access_flags.h"
#include "classfile/names.h"
#include "job/alternatives.h"
#include "job/machine.h"

namespace preflight {
namespace {

// reference_kind of method handles (JVMS table 5.4.3.5-A).
constexpr std::uint8_t kInvokeStatic = 6;
constexpr std::uint8_t kInvokeSpecial = 7;
constexpr std::uint8_t kNewInvokeSpecial = 8;

std::optional<const Value*> call_lambda(Machine& machine, const LambdaValue& lambda,
                                        const std::vector<const Value*>& arguments) {
  std::vector<const Value*> given = lambda.captured;
  given.insert(given.end(), arguments.begin(), arguments.end());
  const bool is_static = lambda.target.kind == kInvokeStatic;
  const bool is_constructor = lambda.target.kind == kNewInvokeSpecial;
  MethodCall call;
  call.kind = is_static                                                ? MethodCall::Kind::of_static
              : is_constructor || lambda.target.kind == kInvokeSpecial ? MethodCall::Kind::of_special
                                                                       : MethodCall::Kind::of_virtual;
  call.owner = lambda.target.owner;
  call.name = lambda.target.name;
  call.descriptor = lambda.target.descriptor;
  if (is_constructor) {
    call.receiver = allocate(machine, call.owner);
  } else if (!is_static) {
    if (given.empty())
      return machine.unknown(UnknownReason::parameter);
    call.receiver = given.front();
    given.erase(given.begin());
  }
  const std::size_t wanted = method_type(call.descriptor).parameters.size();
  while (given.size() < wanted)
    given.push_back(machine.unknown(UnknownReason::parameter));
  given.resize(wanted);
  call.arguments = std::move(given);
  const std::optional<const Value*> result = call_method(machine, call);
  return is_constructor && result ? call.receiver : result;
}

/// The method that makes an object of an own class a function: the one that its own interface leaves abstract, else, of
/// a library's interface, the one method with that many parameters that is none of java.lang.Object's.
const MethodView* function_method(Machine& machine, const LoadedClass& of, std::size_t parameters) {
  for (const std::string& interface : of.interfaces)
    if (const LoadedClass* declared = machine.pool.is_own(interface) ? machine.pool.find(interface) : nullptr)
      for (const MethodView& method : declared->view.methods)
        if ((method.access_flags & kAccAbstract) != 0 && method_type(method.descriptor).parameters.size() == parameters)
          return &method;
  const MethodView* only = nullptr;
  for (const MethodView& method : of.view.methods) {
    const bool candidate = (method.access_flags & (kAccStatic | kAccBridge)) == 0 && !method.name.starts_with('<') &&
                           method.name != "equals" && method.name != "toString" && method.name != "hashCode" &&
                           method_type(method.descriptor).parameters.size() == parameters;
    if (candidate && only != nullptr)
      return nullptr;
    if (candidate)
      only = &method;
  }
  return only;
}

std::optional<const Value*> call_object(Machine& machine, const Value* function, const ObjectValue& object,
                                        const std::vector<const Value*>& arguments) {
  std::string at = object.class_name;
  for (std::size_t steps = 0; machine.pool.is_own(at) && steps < machine.limits.elements; ++steps) {
    const LoadedClass& loaded = *machine.pool.find(at);
    if (const MethodView* method = function_method(machine, loaded, arguments.size()))
      return call_method(machine, {MethodCall::Kind::of_virtual, object.class_name, text_of(method->name),
                                   text_of(method->descriptor), function, arguments});
    at = loaded.super_class;
  }
  return machine.unknown(UnknownReason::dispatch, {}, "no method of a function in " + object.class_name);
}

}  // namespace

std::optional<const Value*> call_function(Machine& machine, const Value* function,
                                          const std::vector<const Value*>& arguments) {
  if (const auto* lambda = function->as<LambdaValue>())
    return call_lambda(machine, *lambda, arguments);
  if (const auto* object = function->as<ObjectValue>())
    return call_object(machine, function, *object, arguments);
  if (const auto* choice = function->as<ChoiceValue>()) {
    Alternatives alternatives(machine);
    for (const Value* one : choice->values)
      if (!one->is<NullValue>())
        alternatives.take([&] { return call_function(machine, one, arguments); });
    return alternatives.result();
  }
  if (const auto* unknown = function->as<UnknownValue>())
    return machine.unknown(unknown->reason, {}, unknown->detail);
  return machine.unknown(UnknownReason::library_internal, {}, to_text(*function));
}

}  // namespace preflight
