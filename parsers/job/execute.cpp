#include "job/frame.h"

namespace preflight {
namespace {

/// The families of opcodes (JVMS 6.5), each by its last.
constexpr std::uint8_t kLastConstant = 0x14;
constexpr std::uint8_t kLastLoad = 0x2D;
constexpr std::uint8_t kLastArrayLoad = 0x35;
constexpr std::uint8_t kLastStore = 0x4E;
constexpr std::uint8_t kLastArrayStore = 0x56;
constexpr std::uint8_t kLastStackOperation = 0x5F;
constexpr std::uint8_t kIinc = 0x84;
constexpr std::uint8_t kLastComparison = 0x98;
constexpr std::uint8_t kGetstatic = 0xB2;
constexpr std::uint8_t kPutfield = 0xB5;
constexpr std::uint8_t kInvokeinterface = 0xB9;
constexpr std::uint8_t kInvokedynamic = 0xBA;
constexpr std::uint8_t kNew = 0xBB;
constexpr std::uint8_t kNewarray = 0xBC;
constexpr std::uint8_t kArraylength = 0xBE;
constexpr std::uint8_t kCheckcast = 0xC0;
constexpr std::uint8_t kInstanceof = 0xC1;
constexpr std::uint8_t kMonitorenter = 0xC2;
constexpr std::uint8_t kMonitorexit = 0xC3;
constexpr std::uint8_t kMultianewarray = 0xC5;

constexpr std::uint8_t kIload = 0x15;
constexpr std::uint8_t kIload0 = 0x1A;
constexpr std::uint8_t kIstore = 0x36;
constexpr std::uint8_t kIstore0 = 0x3B;

/// int, long, float, double, reference: the order of each family of loads and stores.
bool is_wide_of_five(unsigned type) {
  return type == 1 || type == 3;
}

std::size_t local_operand(const Instruction& instruction) {
  return instruction.wide ? u2_operand(instruction) : u1_operand(instruction);
}

void execute_load(Frame& frame, const Instruction& instruction) {
  const bool fixed = instruction.opcode >= kIload0;
  const unsigned type = fixed ? (instruction.opcode - unsigned{kIload0}) / 4 : instruction.opcode - unsigned{kIload};
  const std::size_t index = fixed ? (instruction.opcode - unsigned{kIload0}) % 4 : local_operand(instruction);
  const StackEntry& entry = frame.local(index);
  if (entry.wide != is_wide_of_five(type))
    throw Unverified{};
  frame.push(StackEntry(entry));
}

void execute_store(Frame& frame, const Instruction& instruction) {
  const bool fixed = instruction.opcode >= kIstore0;
  const unsigned type = fixed ? (instruction.opcode - unsigned{kIstore0}) / 4 : instruction.opcode - unsigned{kIstore};
  const std::size_t index = fixed ? (instruction.opcode - unsigned{kIstore0}) % 4 : local_operand(instruction);
  const StackEntry entry = frame.pop_entry();
  if (entry.wide != is_wide_of_five(type))
    throw Unverified{};
  frame.set_local(index, entry);
}

void execute_increment(Frame& frame, const Instruction& instruction) {
  const std::size_t index = local_operand(instruction);
  const std::int64_t by = instruction.wide ? static_cast<std::int16_t>(u2_operand(instruction, 2))
                                           : static_cast<std::int8_t>(u1_operand(instruction, 1));
  const Value* before = frame.local(index).value;
  const auto* number = before->as<IntegerValue>();
  const Value* after = before;
  if (number != nullptr)
    after = frame.machine.values.integer(static_cast<std::int32_t>(number->value + by));
  else if (!before->is<UnknownValue>())
    after = frame.machine.unknown(UnknownReason::branches, "I");
  frame.set_local(index, {after, false});
}

/// new
void execute_new(Frame& frame, const Instruction& instruction) {
  const std::uint16_t index = u2_operand(instruction);
  if (frame.owner.view.pool.tag(index) != ConstantTag::class_entry)
    throw Unverified{};
  frame.push(
      allocate(frame.machine, class_of_descriptor(descriptor_of_class(frame.owner.view.pool.class_name(index)))));
}

bool execute_member(Frame& frame, const Instruction& instruction) {
  const std::uint8_t opcode = instruction.opcode;
  if (opcode >= kGetstatic && opcode <= kPutfield) {
    execute_field(frame, instruction);
    return true;
  }
  if (opcode <= kInvokeinterface)
    return execute_call(frame, instruction);
  if (opcode == kInvokedynamic)
    return execute_dynamic(frame, instruction);
  if (opcode == kNew)
    execute_new(frame, instruction);
  else if ((opcode >= kNewarray && opcode <= kArraylength) || opcode == kMultianewarray)
    execute_array(frame, instruction);
  else if (opcode == kCheckcast || opcode == kInstanceof)
    execute_type_test(frame, instruction);
  else if (opcode == kMonitorenter || opcode == kMonitorexit)
    frame.pop();
  else
    throw Unverified{};
  return true;
}

}  // namespace

std::uint8_t u1_operand(const Instruction& instruction, std::size_t at) {
  return std::to_integer<std::uint8_t>(instruction.operands[at]);
}

std::uint16_t u2_operand(const Instruction& instruction, std::size_t at) {
  return static_cast<std::uint16_t>((std::to_integer<unsigned>(instruction.operands[at]) << 8U) |
                                    std::to_integer<unsigned>(instruction.operands[at + 1]));
}

bool execute(Frame& frame, const Instruction& instruction) {
  const std::uint8_t opcode = instruction.opcode;
  if (opcode <= kLastConstant)
    execute_constant(frame, instruction);
  else if (opcode <= kLastLoad)
    execute_load(frame, instruction);
  else if (opcode <= kLastArrayLoad || (opcode > kLastStore && opcode <= kLastArrayStore))
    execute_array(frame, instruction);
  else if (opcode <= kLastStore)
    execute_store(frame, instruction);
  else if (opcode <= kLastStackOperation)
    execute_stack(frame, instruction);
  else if (opcode == kIinc)
    execute_increment(frame, instruction);
  else if (opcode <= kLastComparison)
    execute_arithmetic(frame, instruction);
  else
    return execute_member(frame, instruction);
  return true;
}

}  // namespace preflight
