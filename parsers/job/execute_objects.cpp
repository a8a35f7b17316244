#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "classfile/names.h"
#include "job/frame.h"

namespace preflight {
namespace {

constexpr std::uint8_t kIaload = 0x2E;
constexpr std::uint8_t kLastArrayLoad = 0x35;
constexpr std::uint8_t kIastore = 0x4F;
constexpr std::uint8_t kLastArrayStore = 0x56;
constexpr std::uint8_t kPop = 0x57;
constexpr std::uint8_t kPop2 = 0x58;
constexpr std::uint8_t kDup = 0x59;
constexpr std::uint8_t kDupX2 = 0x5B;
constexpr std::uint8_t kDup2 = 0x5C;
constexpr std::uint8_t kDup2X2 = 0x5E;
constexpr std::uint8_t kGetstatic = 0xB2;
constexpr std::uint8_t kPutstatic = 0xB3;
constexpr std::uint8_t kGetfield = 0xB4;
constexpr std::uint8_t kNewarray = 0xBC;
constexpr std::uint8_t kAnewarray = 0xBD;
constexpr std::uint8_t kArraylength = 0xBE;
constexpr std::uint8_t kCheckcast = 0xC0;

/// Entries of two words at the top of the stack: one of long or double, or two others.
std::vector<StackEntry> pop_words(Frame& frame, unsigned words) {
  std::vector<StackEntry> entries;  // The topmost first.
  for (unsigned taken = 0; taken < words;) {
    entries.push_back(frame.pop_entry());
    taken += entries.back().wide ? 2U : 1U;
    if (taken > words)
      throw Unverified{};
  }
  return entries;
}

void push_all(Frame& frame, const std::vector<StackEntry>& entries) {
  std::for_each(entries.rbegin(), entries.rend(), [&](const StackEntry& entry) { frame.push(entry); });
}

/// dup to dup2_x2: copies words from the top to beneath words below them.
void duplicate(Frame& frame, unsigned copied, unsigned beneath) {
  const std::vector<StackEntry> top = pop_words(frame, copied);
  const std::vector<StackEntry> below = pop_words(frame, beneath);
  push_all(frame, top);
  push_all(frame, below);
  push_all(frame, top);
}

/// The descriptors of the elements that the array instructions from iaload and iastore on are for.
constexpr std::array<const char*, 8> kElementTypes = {"I", "J", "F", "D", "Ljava/lang/Object;", "B", "C", "S"};

/// What an element or another part of something unknown is.
const Value* part_of(Machine& machine, const Value* whole, std::string type) {
  if (const auto* unknown = whole->as<UnknownValue>())
    return machine.unknown(unknown->reason, std::move(type), unknown->detail);
  return machine.unknown(whole->is<ChoiceValue>() ? UnknownReason::branches : UnknownReason::library_internal,
                         std::move(type));
}

const Value* element_of(Machine& machine, const Value* array, const Value* index, const char* type) {
  const SequenceValue* sequence = machine.sequence(array, kElements);
  if (sequence == nullptr) {
    const auto* of = array->as<ArrayValue>();
    const Value* content = of == nullptr ? nullptr : machine.heap.get(of->id, kElements);
    return part_of(machine, content == nullptr ? array : content, of == nullptr ? type : of->component);
  }
  const auto* at = index->as<IntegerValue>();
  if (at != nullptr && at->value >= 0 && static_cast<std::size_t>(at->value) < sequence->values.size())
    return sequence->values[static_cast<std::size_t>(at->value)];
  if (at != nullptr || sequence->values.empty())
    return part_of(machine, array, type);
  return machine.values.one_of(sequence->values);
}

void load_element(Frame& frame, std::uint8_t opcode) {
  const Value* index = frame.pop();
  const Value* array = frame.pop();
  const char* type = kElementTypes.at(opcode - std::size_t{kIaload});
  std::vector<const Value*> elements;
  for (const Value* one : alternatives(array))
    if (!one->is<NullValue>())
      elements.push_back(element_of(frame.machine, one, index, type));
  frame.push_typed(elements.empty() ? part_of(frame.machine, array, type) : frame.machine.values.one_of(elements),
                   type);
}

void store_element(Frame& frame) {
  const Value* value = frame.pop();
  const auto* index = frame.pop()->as<IntegerValue>();
  const Value* array = frame.pop();
  for (const Value* one : alternatives(array)) {
    const SequenceValue* sequence = frame.machine.sequence(one, kElements);
    if (sequence == nullptr)
      continue;
    std::vector<const Value*> elements = sequence->values;
    const bool certain = index != nullptr && index->value >= 0 &&
                         static_cast<std::size_t>(index->value) < elements.size() && one == array;
    if (certain)
      elements[static_cast<std::size_t>(index->value)] = value;
    else
      for (const Value*& element : elements)
        element = frame.machine.values.either(element, value);
    frame.machine.set_sequence(one, kElements, std::move(elements));
  }
}

/// newarray's operand (JVMS table 6.5.newarray-A).
std::string primitive_array_type(std::uint8_t code) {
  constexpr std::string_view kCodes = "ZCFDBSIJ";
  constexpr std::uint8_t kFirstCode = 4;
  if (code < kFirstCode || code >= kFirstCode + kCodes.size())
    throw Unverified{};
  return std::string(1, kCodes[code - std::size_t{kFirstCode}]);
}

std::string class_operand(Frame& frame, const Instruction& instruction) {
  const std::uint16_t index = u2_operand(instruction);
  if (frame.owner.view.pool.tag(index) != ConstantTag::class_entry)
    throw Unverified{};
  return descriptor_of_class(frame.owner.view.pool.class_name(index));
}

const Value* array_of_length(Machine& machine, const std::string& component, const Value* length) {
  const auto* known = length->as<IntegerValue>();
  if (known != nullptr && known->value >= 0 && static_cast<std::size_t>(known->value) <= machine.limits.elements)
    return machine.new_array(
        component, std::vector<const Value*>(static_cast<std::size_t>(known->value), machine.default_of(component)));
  const Value* array = machine.values.array(component);
  machine.heap.set(identity(*array), kElements, part_of(machine, length, {}));
  return array;
}

const Value* length_of(Machine& machine, const Value* array) {
  std::vector<const Value*> lengths;
  for (const Value* one : alternatives(array)) {
    const SequenceValue* sequence = machine.sequence(one, kElements);
    if (sequence == nullptr)
      return part_of(machine, array, "I");
    lengths.push_back(machine.values.integer(static_cast<std::int64_t>(sequence->values.size())));
  }
  return machine.values.one_of(lengths);
}

/// A cast says what the code takes an unknown value for.
const Value* cast_to(Machine& machine, const Value* value, const std::string& type) {
  const auto* unknown = value->as<UnknownValue>();
  if (unknown == nullptr || (!unknown->type.empty() && unknown->type != "Ljava/lang/Object;"))
    return value;
  UnknownValue typed = *unknown;
  typed.type = type;
  return machine.values.make(std::move(typed));
}

const Value* is_instance(Machine& machine, const Value* value, const std::string& type) {
  if (value->is<NullValue>())
    return machine.values.integer(0);
  const std::string wanted = class_of_descriptor(type);
  if (value->is<TextValue>())
    return machine.values.integer(wanted == "java.lang.String" || wanted == "java.lang.CharSequence" ||
                                  wanted == "java.lang.Object" || wanted == "java.lang.Comparable");
  if (const auto* object = value->as<ObjectValue>(); object != nullptr && !wanted.empty()) {
    if (machine.pool.is_subtype(object->class_name, wanted))
      return machine.values.integer(1);
    // What a library class extends is not known here.
    if (machine.pool.is_own(object->class_name) && machine.pool.library_ancestors(object->class_name).size() == 1)
      return machine.values.integer(0);
  }
  return part_of(machine, value, "Z");
}

}  // namespace

void execute_stack(Frame& frame, const Instruction& instruction) {
  const std::uint8_t opcode = instruction.opcode;
  if (opcode == kPop || opcode == kPop2) {
    pop_words(frame, opcode == kPop ? 1 : 2);
  } else if (opcode >= kDup && opcode <= kDupX2) {
    duplicate(frame, 1, opcode - unsigned{kDup});
  } else if (opcode >= kDup2 && opcode <= kDup2X2) {
    duplicate(frame, 2, opcode - unsigned{kDup2});
  } else {  // swap
    const std::vector<StackEntry> top = pop_words(frame, 1);
    const std::vector<StackEntry> below = pop_words(frame, 1);
    push_all(frame, top);
    push_all(frame, below);
  }
}

void execute_array(Frame& frame, const Instruction& instruction) {
  const std::uint8_t opcode = instruction.opcode;
  if (opcode >= kIaload && opcode <= kLastArrayLoad) {
    load_element(frame, opcode);
  } else if (opcode >= kIastore && opcode <= kLastArrayStore) {
    store_element(frame);
  } else if (opcode == kNewarray) {
    const std::string component = primitive_array_type(u1_operand(instruction));
    frame.push(array_of_length(frame.machine, component, frame.pop()));
  } else if (opcode == kAnewarray) {
    const std::string component = class_operand(frame, instruction);
    frame.push(array_of_length(frame.machine, component, frame.pop()));
  } else if (opcode == kArraylength) {
    frame.push(length_of(frame.machine, frame.pop()));
  } else {  // multianewarray: nothing that a job is built with, so its elements stay unknown.
    const std::string type = class_operand(frame, instruction);
    if (!type.starts_with('['))
      throw Unverified{};
    for (unsigned dimension = 0; dimension < u1_operand(instruction, 2); ++dimension)
      frame.pop();
    frame.push(frame.machine.values.array(type.substr(1)));
  }
}

void execute_type_test(Frame& frame, const Instruction& instruction) {
  const std::string type = class_operand(frame, instruction);
  const Value* value = frame.pop();
  if (instruction.opcode == kCheckcast) {
    frame.push(cast_to(frame.machine, value, type));
    return;
  }
  std::vector<const Value*> results;
  for (const Value* one : alternatives(value))
    results.push_back(is_instance(frame.machine, one, type));
  frame.push(frame.machine.values.one_of(results));
}

ConstantPool::Member field_operand(const LoadedClass& owner, const Instruction& instruction) {
  const std::uint16_t index = u2_operand(instruction);
  if (owner.view.pool.tag(index) != ConstantTag::field)
    throw Unverified{};
  return owner.view.pool.member(index);
}

void execute_field(Frame& frame, const Instruction& instruction) {
  const ConstantPool::Member member = field_operand(frame.owner, instruction);
  const std::string owner = binary_name(member.owner);
  const std::string name = text_of(member.name);
  const std::string descriptor = text_of(member.descriptor);
  if (instruction.opcode == kGetstatic) {
    frame.push_typed(get_static(frame.machine, owner, name, descriptor), descriptor);
  } else if (instruction.opcode == kPutstatic) {
    put_static(frame.machine, owner, name, frame.pop());
  } else if (instruction.opcode == kGetfield) {
    const Value* object = frame.pop();
    frame.push_typed(get_field(frame.machine, object, owner, name, descriptor), descriptor);
  } else {
    const Value* value = frame.pop();
    const Value* object = frame.pop();
    put_field(frame.machine, object, owner, name, value);
  }
}

}  // namespace preflight
