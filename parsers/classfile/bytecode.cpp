#include "classfile/bytecode.h"

#include <fmt/format.h>

#include <array>

#include "input/byte_reader.h"

namespace preflight {
namespace {

// Opcodes (JVMS 6.5). Families of consecutive opcodes are named by their first and last.
constexpr std::uint8_t kLdc = 0x12;
constexpr std::uint8_t kLdc2W = 0x14;
constexpr std::uint8_t kIload = 0x15;
constexpr std::uint8_t kAload = 0x19;
constexpr std::uint8_t kAload0 = 0x2A;
constexpr std::uint8_t kAload3 = 0x2D;
constexpr std::uint8_t kIstore = 0x36;
constexpr std::uint8_t kAstore = 0x3A;
constexpr std::uint8_t kIstore0 = 0x3B;
constexpr std::uint8_t kAstore3 = 0x4E;
constexpr std::uint8_t kIinc = 0x84;
constexpr std::uint8_t kIfeq = 0x99;
constexpr std::uint8_t kJsr = 0xA8;
constexpr std::uint8_t kRet = 0xA9;
constexpr std::uint8_t kTableswitch = 0xAA;
constexpr std::uint8_t kLookupswitch = 0xAB;
constexpr std::uint8_t kGetstatic = 0xB2;
constexpr std::uint8_t kInvokeinterface = 0xB9;
constexpr std::uint8_t kInvokedynamic = 0xBA;
constexpr std::uint8_t kNew = 0xBB;
constexpr std::uint8_t kAnewarray = 0xBD;
constexpr std::uint8_t kCheckcast = 0xC0;
constexpr std::uint8_t kInstanceof = 0xC1;
constexpr std::uint8_t kWide = 0xC4;
constexpr std::uint8_t kMultianewarray = 0xC5;
constexpr std::uint8_t kIfnull = 0xC6;
constexpr std::uint8_t kIfnonnull = 0xC7;
constexpr std::uint8_t kGotoW = 0xC8;
constexpr std::uint8_t kJsrW = 0xC9;

/// Bytes of operands behind each opcode up to jsr_w, the last one that a class file may have. The two switches and
/// wide, whose length follows from their bytes, stand as 0.
constexpr std::array<std::uint8_t, 202> kOperandBytes = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,  // 00 nop, constants
    1, 2, 1, 2, 2, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0,  // 10 bipush, sipush, ldc, loads
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,  // 20 loads of a fixed local
    0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0,  // 30 array loads, stores
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,  // 40 stores to a fixed local
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,  // 50 array stores, stack
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,  // 60 arithmetic
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,  // 70
    0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,  // 80 iinc, conversions
    0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 2, 2, 2, 2, 2,  // 90 comparisons, jumps
    2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 0, 0, 0, 0, 0, 0,  // A0 jumps, ret, switches, returns
    0, 0, 2, 2, 2, 2, 2, 2, 2, 4, 4, 2, 1, 2, 0, 0,  // B0 fields, invocations, new
    2, 2, 0, 0, 0, 3, 2, 2, 4, 4};                   // C0 checkcast, instanceof, wide, jumps

/// Signed big-endian integer of `width` bytes inside `bytes`, whose length the reader has checked.
std::int64_t integer(std::span<const std::byte> bytes, std::size_t at, std::size_t width) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < width; ++i)
    value = (value << 8U) | std::to_integer<std::uint32_t>(bytes[at + i]);
  return width == 2 ? static_cast<std::int16_t>(value) : static_cast<std::int32_t>(value);
}

std::uint16_t index_in(const Instruction& instruction, bool two_bytes) {
  const auto high = std::to_integer<unsigned>(instruction.operands[0]);
  return static_cast<std::uint16_t>(two_bytes ? (high << 8U) | std::to_integer<unsigned>(instruction.operands[1])
                                              : high);
}

bool may_be_widened(std::uint8_t opcode) {
  return (opcode >= kIload && opcode <= kAload) || (opcode >= kIstore && opcode <= kAstore) || opcode == kRet ||
         opcode == kIinc;
}

[[noreturn]] void fail_opcode(const ByteReader& at, std::uint8_t opcode, const char* expected) {
  at.fail(InputErrorKind::corrupt, fmt::format("expected {}, found 0x{:02X}", expected, opcode));
}

/// The rest of a tableswitch or lookupswitch, from the first byte behind the padding.
std::span<const std::byte> switch_operands(ByteReader& reader, std::uint8_t opcode) {
  ByteReader start = reader;
  reader.i4("switch default");
  if (opcode == kLookupswitch) {
    const std::uint64_t pairs = reader.count(8, "number of switch pairs");
    return start.bytes(8 + pairs * 8, "lookupswitch");
  }
  const std::int64_t low = reader.i4("switch low");
  const std::int64_t high = reader.i4("switch high");
  if (low > high)
    start.fail(InputErrorKind::corrupt,
               fmt::format("expected a tableswitch from low to high, found {} to {}", low, high));
  return start.bytes(12 + static_cast<std::uint64_t>(high - low + 1) * 4, "tableswitch");
}

Instruction next_instruction(ByteReader& reader, std::uint64_t code_offset) {
  const ByteReader start = reader;
  Instruction instruction;
  instruction.offset = static_cast<std::uint32_t>(reader.offset() - code_offset);
  instruction.opcode = reader.u1("opcode");
  if (instruction.opcode >= kOperandBytes.size())
    fail_opcode(start, instruction.opcode, "an opcode up to 0xC9");
  if (instruction.opcode == kWide) {
    instruction.wide = true;
    instruction.opcode = reader.u1("widened opcode");
    if (!may_be_widened(instruction.opcode))
      fail_opcode(start, instruction.opcode, "an instruction that wide may widen");
    instruction.operands = reader.bytes(instruction.opcode == kIinc ? 4 : 2, "operands");
  } else if (instruction.opcode == kTableswitch || instruction.opcode == kLookupswitch) {
    reader.skip((4 - (instruction.offset + 1) % 4) % 4, "switch padding");
    ByteReader rest = reader;
    instruction.operands = switch_operands(rest, instruction.opcode);
    reader.skip(instruction.operands.size(), "switch");
  } else {
    instruction.operands = reader.bytes(kOperandBytes[instruction.opcode], "operands");
  }
  return instruction;
}

}  // namespace

std::optional<std::uint16_t> Instruction::loaded_constant() const {
  if (opcode < kLdc || opcode > kLdc2W)
    return std::nullopt;
  return index_in(*this, opcode != kLdc);
}

std::optional<std::uint16_t> Instruction::member() const {
  if (opcode < kGetstatic || opcode > kInvokeinterface)
    return std::nullopt;
  return index_in(*this, true);
}

std::optional<std::uint16_t> Instruction::class_operand() const {
  switch (opcode) {
    case kNew:
    case kAnewarray:
    case kCheckcast:
    case kInstanceof:
    case kMultianewarray:
      return index_in(*this, true);
    default:
      return std::nullopt;
  }
}

std::optional<std::uint16_t> Instruction::call_site() const {
  return opcode == kInvokedynamic ? std::optional(index_in(*this, true)) : std::nullopt;
}

std::optional<std::uint16_t> Instruction::loaded_reference() const {
  if (opcode >= kAload0 && opcode <= kAload3)
    return static_cast<std::uint16_t>(opcode - kAload0);
  if (opcode == kAload)
    return index_in(*this, wide);
  return std::nullopt;
}

std::optional<Instruction::Store> Instruction::store() const {
  // int, long, float, double, reference: the order in both families of stores.
  const auto stored = [](unsigned type, std::uint16_t local) {
    const bool two_slots = type == 1 || type == 3;
    return Store{local, static_cast<std::uint16_t>(two_slots ? 2 : 1)};
  };
  if (opcode >= kIstore && opcode <= kAstore)
    return stored(opcode - unsigned{kIstore}, index_in(*this, wide));
  if (opcode >= kIstore0 && opcode <= kAstore3)
    return stored((opcode - unsigned{kIstore0}) / 4, static_cast<std::uint16_t>((opcode - kIstore0) % 4));
  if (opcode == kIinc)
    return stored(0, index_in(*this, wide));
  return std::nullopt;
}

std::vector<std::int64_t> Instruction::jump_targets() const {
  const auto target = [&](std::size_t at, std::size_t width) { return offset + integer(operands, at, width); };
  if ((opcode >= kIfeq && opcode <= kJsr) || opcode == kIfnull || opcode == kIfnonnull)
    return {target(0, 2)};
  if (opcode == kGotoW || opcode == kJsrW)
    return {target(0, 4)};
  std::vector<std::int64_t> targets;
  if (opcode == kTableswitch || opcode == kLookupswitch) {
    targets.push_back(target(0, 4));
    // Behind default, low and high every four bytes; behind default, npairs and the first match every eight.
    const std::size_t step = opcode == kTableswitch ? 4 : 8;
    for (std::size_t at = 12; at + 4 <= operands.size(); at += step)
      targets.push_back(target(at, 4));
  }
  return targets;
}

std::vector<Instruction> instructions_of(std::span<const std::byte> code, const InputPlace& place,
                                         std::uint64_t offset) {
  std::vector<Instruction> instructions;
  read_instructions(code, place, offset, instructions);
  return instructions;
}

void read_instructions(std::span<const std::byte> code, const InputPlace& place, std::uint64_t offset,
                       std::vector<Instruction>& instructions) {
  constexpr std::size_t kBytesOfMost = 2;
  ByteReader reader(code, place, offset);
  instructions.clear();
  instructions.reserve(code.size() / kBytesOfMost);
  while (!reader.at_end())
    instructions.push_back(next_instruction(reader, offset));
}

}  // namespace preflight
