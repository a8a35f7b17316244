#include "job/machine.h"

#include <algorithm>
#include <utility>

#include "classfile/descriptor.h"
#include "classfile/names.h"

namespace preflight {
namespace {

/// The text of the field type at the front of `rest`, which moves behind it.
std::string take_type(std::string_view& rest) {
  const std::string_view whole = rest;
  if (!take_field_type(rest))
    throw Unverified{};
  return text_of(whole.substr(0, whole.size() - rest.size()));
}

}  // namespace

MethodType method_type(std::string_view descriptor) {
  MethodType type;
  if (!descriptor.starts_with('('))
    throw Unverified{};
  descriptor.remove_prefix(1);
  while (!descriptor.empty() && !descriptor.starts_with(')'))
    type.parameters.push_back(take_type(descriptor));
  if (descriptor.empty())
    throw Unverified{};
  descriptor.remove_prefix(1);
  type.result = descriptor == "V" ? "V" : take_type(descriptor);
  return type;
}

std::string descriptor_of_class(std::string_view internal_name) {
  const std::string name = text_of(internal_name);
  return name.starts_with('[') ? name : "L" + name + ";";
}

std::string class_of_descriptor(std::string_view descriptor) {
  if (descriptor.size() < 3 || descriptor.front() != 'L')
    return {};
  std::string name(descriptor.substr(1, descriptor.size() - 2));
  std::ranges::replace(name, '/', '.');
  return name;
}

void Machine::note_exhausted() {
  if (!exhausted.empty())
    return;
  exhausted = out_of_instructions() ? "instructions in all"
              : values.exhausted()  ? "values"
                                    : "instructions of a method";
}

CodePlace Machine::place() const {
  if (activations.empty())
    return {};
  const Activation& last = activations.back();
  const int line = last.code == nullptr || last.at == nullptr ? 0 : last.code->line_of(*last.at);
  return {last.method.owner->name, text_of(last.method.method->name), line};
}

bool Machine::conditional() const {
  return conditional_marks != 0 || std::ranges::any_of(activations, &Activation::conditional);
}

bool Machine::repeated() const {
  return repeated_marks != 0 ||
         std::ranges::any_of(activations, [](const Activation& at) { return at.open_loops != 0; });
}

const Value* Machine::default_of(std::string_view descriptor) {
  if (descriptor.size() != 1)
    return values.null();
  switch (descriptor.front()) {
    case 'J':
      return values.integer(0, 'J');
    case 'F':
    case 'D':
      return values.floating(0, descriptor.front());
    default:
      return values.integer(0);
  }
}

const SequenceValue* Machine::sequence(const Value* of, std::string_view slot) const {
  const std::uint32_t id = identity(*of);
  const Value* content = id == 0 ? nullptr : heap.get(id, slot);
  return content == nullptr ? nullptr : content->as<SequenceValue>();
}

void Machine::set_sequence(const Value* of, std::string_view slot, std::vector<const Value*> values_of_it) {
  const std::uint32_t id = identity(*of);
  if (id == 0)
    return;
  const bool too_long = values_of_it.size() > 2 * limits.elements;
  heap.set(id, slot, too_long ? unknown(UnknownReason::budget) : values.make(SequenceValue{std::move(values_of_it)}));
}

const Value* Machine::new_array(std::string component, std::vector<const Value*> elements) {
  const Value* array = values.array(std::move(component));
  set_sequence(array, kElements, std::move(elements));
  return array;
}

std::uint32_t identity(const Value& value) {
  if (const auto* object = value.as<ObjectValue>())
    return object->id;
  if (const auto* array = value.as<ArrayValue>())
    return array->id;
  if (const auto* call = value.as<CallValue>())
    return call->id;
  if (const auto* modelled = value.as<ModelledValue>())
    return modelled->id;
  return 0;
}

}  // namespace preflight
