#include <algorithm>
#include <cstdint>
#include <utility>

#include "classfile/names.h"
#include "job/frame.h"
#include "job/java_library.h"

namespace preflight {
namespace {

constexpr std::uint8_t kInvokespecial = 0xB7;
constexpr std::uint8_t kInvokestatic = 0xB8;

/// A boolean, char, byte or short is an int on the stack; the parameter says which it is.
const Value* typed_as(Machine& machine, const Value* value, const std::string& type) {
  const auto* integer = value->as<IntegerValue>();
  const bool small = type == "Z" || type == "C" || type == "B" || type == "S";
  return integer != nullptr && small && integer->type != type.front()
             ? machine.values.integer(integer->value, type.front())
             : value;
}

std::vector<const Value*> pop_arguments(Frame& frame, const MethodType& type) {
  std::vector<const Value*> arguments(type.parameters.size());
  for (std::size_t i = arguments.size(); i-- > 0;) {
    const StackEntry entry = frame.pop_entry();
    if (entry.wide != is_wide_type(type.parameters[i]))
      throw Unverified{};
    arguments[i] = typed_as(frame.machine, entry.value, type.parameters[i]);
  }
  return arguments;
}

/// Of a class its binary name, of an array its descriptor.
std::string owner_name(std::string_view internal_name) {
  return internal_name.starts_with('[') ? text_of(internal_name) : binary_name(internal_name);
}

struct Bootstrap {
  ConstantPool::Member method;
  std::vector<std::uint16_t> arguments;  ///< Constant pool indices.
};

Bootstrap bootstrap_of(const LoadedClass& owner, const ConstantPool::Dynamic& dynamic) {
  if (dynamic.bootstrap_method >= owner.attributes.bootstrap_methods.size())
    throw Unverified{};
  const BootstrapMethod& method = owner.attributes.bootstrap_methods[dynamic.bootstrap_method];
  if (owner.view.pool.tag(method.handle) != ConstantTag::method_handle)
    throw Unverified{};
  return {owner.view.pool.member(owner.view.pool.method_handle(method.handle).member), method.arguments};
}

/// LambdaMetafactory's static arguments: the interface's method type, the method behind it, and the first with the type
/// arguments of this use (java.lang.invoke.LambdaMetafactory).
const Value* make_lambda(Frame& frame, const ConstantPool::Dynamic& dynamic, const Bootstrap& bootstrap,
                         const MethodType& type, std::vector<const Value*> captured) {
  const ConstantPool& pool = frame.owner.view.pool;
  const auto argument = [&](std::size_t at, ConstantTag tag) {
    if (at >= bootstrap.arguments.size() || pool.tag(bootstrap.arguments[at]) != tag)
      throw Unverified{};
    return bootstrap.arguments[at];
  };
  const ConstantPool::MethodHandle handle = pool.method_handle(argument(1, ConstantTag::method_handle));
  const ConstantPool::Member target = pool.member(handle.member);
  LambdaValue lambda;
  lambda.interface = class_of_descriptor(type.result);
  lambda.method = text_of(dynamic.name_and_type.name);
  lambda.descriptor = text_of(pool.method_type(argument(0, ConstantTag::method_type)));
  lambda.specialized = text_of(pool.method_type(argument(2, ConstantTag::method_type)));
  lambda.target = {handle.kind, owner_name(target.owner), text_of(target.name), text_of(target.descriptor)};
  lambda.captured = std::move(captured);
  lambda.place = frame.machine.place();
  return frame.machine.values.make(std::move(lambda));
}

/// StringConcatFactory's recipe: \1 stands for the next argument, \2 for the next constant.
const Value* concatenate(Frame& frame, const Bootstrap& bootstrap, const std::vector<const Value*>& arguments) {
  const ConstantPool& pool = frame.owner.view.pool;
  if (bootstrap.method.name == "makeConcat")
    return join_texts(frame.machine, arguments);
  if (bootstrap.arguments.empty() || pool.tag(bootstrap.arguments.front()) != ConstantTag::string)
    throw Unverified{};
  ValueStore& values = frame.machine.values;
  std::vector<const Value*> parts;
  std::string literal;
  std::size_t next_argument = 0;
  std::size_t next_constant = 1;
  for (const char c : text_of(pool.string(bootstrap.arguments.front()))) {
    if (c != '\1' && c != '\2') {
      literal += c;
      continue;
    }
    parts.push_back(values.text(std::exchange(literal, {})));
    if (c == '\1') {
      if (next_argument == arguments.size())
        throw Unverified{};
      parts.push_back(arguments[next_argument++]);
    } else {
      const std::uint16_t index = next_constant < bootstrap.arguments.size() ? bootstrap.arguments[next_constant] : 0;
      ++next_constant;
      parts.push_back(pool.tag(index) == ConstantTag::string ? values.text(text_of(pool.string(index)))
                                                             : values.unknown(UnknownReason::unsupported_compiler));
    }
  }
  parts.push_back(values.text(literal));
  return join_texts(frame.machine, parts);
}

/// A pattern switch (java.lang.runtime.SwitchBootstraps): the first label at or behind `restart` that fits; the number
/// of labels where none does, -1 for null.
const Value* switch_label(Frame& frame, const Bootstrap& bootstrap, const std::vector<const Value*>& arguments) {
  const ConstantPool& pool = frame.owner.view.pool;
  ValueStore& values = frame.machine.values;
  const Value* unknown = values.unknown(UnknownReason::branches, "I");
  const auto* restart = arguments.size() == 2 ? arguments[1]->as<IntegerValue>() : nullptr;
  if (restart == nullptr || restart->value < 0)
    return unknown;
  const Value& selector = *arguments[0];
  if (selector.is<NullValue>())
    return values.integer(-1);
  const auto* text = selector.as<TextValue>();
  const std::string constant = enum_constant_name(frame.machine, selector);
  for (std::size_t i = static_cast<std::size_t>(restart->value); i < bootstrap.arguments.size(); ++i) {
    const std::uint16_t label = bootstrap.arguments[i];
    if (pool.tag(label) != ConstantTag::string || (text == nullptr && constant.empty()))
      return unknown;
    if (text_of(pool.string(label)) == (text != nullptr ? text->text : constant))
      return values.integer(static_cast<std::int64_t>(i));
  }
  return values.integer(static_cast<std::int64_t>(bootstrap.arguments.size()));
}

}  // namespace

bool execute_call(Frame& frame, const Instruction& instruction) {
  const ConstantPool& pool = frame.owner.view.pool;
  const std::uint16_t index = u2_operand(instruction);
  if (pool.tag(index) != ConstantTag::method && pool.tag(index) != ConstantTag::interface_method)
    throw Unverified{};
  const ConstantPool::Member member = pool.member(index);
  const MethodType type = method_type(member.descriptor);
  MethodCall call;
  call.kind = instruction.opcode == kInvokestatic    ? MethodCall::Kind::of_static
              : instruction.opcode == kInvokespecial ? MethodCall::Kind::of_special
                                                     : MethodCall::Kind::of_virtual;
  call.owner = owner_name(member.owner);
  call.name = text_of(member.name);
  call.descriptor = text_of(member.descriptor);
  call.arguments = pop_arguments(frame, type);
  if (call.kind != MethodCall::Kind::of_static)
    call.receiver = frame.pop();
  const std::optional<const Value*> result = call_method(frame.machine, call);
  if (!result)
    return false;
  if (!type.is_void())
    frame.push_typed(*result, type.result);
  return true;
}

bool execute_dynamic(Frame& frame, const Instruction& instruction) {
  const std::uint16_t index = u2_operand(instruction);
  if (frame.owner.view.pool.tag(index) != ConstantTag::invoke_dynamic)
    throw Unverified{};
  const ConstantPool::Dynamic dynamic = frame.owner.view.pool.dynamic(index);
  const MethodType type = method_type(dynamic.name_and_type.descriptor);
  const Bootstrap bootstrap = bootstrap_of(frame.owner, dynamic);
  std::vector<const Value*> arguments = pop_arguments(frame, type);
  const Value* result = nullptr;
  if (bootstrap.method.owner == "java/lang/invoke/LambdaMetafactory")
    result = make_lambda(frame, dynamic, bootstrap, type, std::move(arguments));
  else if (bootstrap.method.owner == "java/lang/invoke/StringConcatFactory")
    result = concatenate(frame, bootstrap, arguments);
  else if (bootstrap.method.owner == "java/lang/runtime/SwitchBootstraps")
    result = switch_label(frame, bootstrap, arguments);
  else
    result = frame.machine.unknown(UnknownReason::unsupported_compiler, type.result);
  if (!type.is_void())
    frame.push_typed(result, type.result);
  return true;
}

}  // namespace preflight
