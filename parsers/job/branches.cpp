#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>
#include <utility>

#include "job/frame.h"
#include "job/method_run.h"

namespace preflight {
namespace {

constexpr std::uint8_t kIfeq = 0x99;
constexpr std::uint8_t kIfle = 0x9E;
constexpr std::uint8_t kIfIcmpeq = 0x9F;
constexpr std::uint8_t kIfIcmple = 0xA4;
constexpr std::uint8_t kIfAcmpne = 0xA6;
constexpr std::uint8_t kGoto = 0xA7;
constexpr std::uint8_t kTableswitch = 0xAA;
constexpr std::uint8_t kLookupswitch = 0xAB;
constexpr std::uint8_t kIreturn = 0xAC;
constexpr std::uint8_t kReturn = 0xB1;
constexpr std::uint8_t kAthrow = 0xBF;
constexpr std::uint8_t kIfnull = 0xC6;
constexpr std::uint8_t kIfnonnull = 0xC7;
constexpr std::uint8_t kGotoW = 0xC8;

/// Ways that one switch is followed.
constexpr std::size_t kMostTargets = 1'024;

/// What a condition can be; both where it is not known.
struct Outcomes {
  bool yes = false;
  bool no = false;

  void add(std::optional<bool> outcome) {
    yes = yes || outcome.value_or(true);
    no = no || !outcome.value_or(false);
  }
};

/// In the order of the opcodes: eq, ne, lt, ge, gt, le.
bool compare(unsigned relation, std::int64_t a, std::int64_t b) {
  switch (relation) {
    case 0:
      return a == b;
    case 1:
      return a != b;
    case 2:
      return a < b;
    case 3:
      return a >= b;
    case 4:
      return a > b;
    default:
      return a <= b;
  }
}

Outcomes integer_outcomes(unsigned relation, const Value* left, const Value* right) {
  Outcomes outcomes;
  for (const Value* a : alternatives(left))
    for (const Value* b : alternatives(right)) {
      const auto* x = a->as<IntegerValue>();
      const auto* y = b->as<IntegerValue>();
      outcomes.add(x != nullptr && y != nullptr ? std::optional(compare(relation, x->value, y->value)) : std::nullopt);
    }
  return outcomes;
}

/// What may be any object, and null.
bool is_opaque(const Value& value) {
  return value.is<UnknownValue>() || value.is<LibraryFieldValue>() || value.is<CallValue>();
}

/// Whether two references are the same, as far as identities tell.
std::optional<bool> same_reference(const Value& a, const Value& b) {
  if (same_value(a, b))
    return true;
  return is_opaque(a) || is_opaque(b) ? std::nullopt : std::optional(false);
}

Outcomes reference_outcomes(const Value* left, const Value* right) {
  Outcomes outcomes;
  for (const Value* a : alternatives(left))
    for (const Value* b : alternatives(right))
      outcomes.add(same_reference(*a, *b));
  return outcomes;
}

std::int32_t i4_operand(const Instruction& instruction, std::size_t at) {
  return static_cast<std::int32_t>((static_cast<std::uint32_t>(u2_operand(instruction, at)) << 16U) |
                                   u2_operand(instruction, at + 2));
}

/// Where a switch on this number goes: an offset from the switch.
std::int64_t switch_offset(const Instruction& instruction, std::int64_t selector) {
  if (instruction.opcode == kTableswitch) {
    const std::int64_t low = i4_operand(instruction, 4);
    const std::int64_t high = i4_operand(instruction, 8);
    return i4_operand(instruction,
                      selector < low || selector > high ? 0 : 12 + static_cast<std::size_t>(selector - low) * 4);
  }
  const auto pairs = static_cast<std::size_t>(i4_operand(instruction, 4));
  for (std::size_t i = 0; i < pairs; ++i)
    if (i4_operand(instruction, 8 + i * 8) == selector)
      return i4_operand(instruction, 12 + i * 8);
  return i4_operand(instruction, 0);
}

Outcomes condition_outcomes(std::uint8_t opcode, Frame& frame, Machine& machine) {
  const Value* right = frame.pop();
  Outcomes outcomes;
  if (opcode <= kIfle)
    return integer_outcomes(opcode - unsigned{kIfeq}, right, machine.values.integer(0));
  if (opcode <= kIfIcmple)
    return integer_outcomes(opcode - unsigned{kIfIcmpeq}, frame.pop(), right);
  if (opcode <= kIfAcmpne)
    outcomes = reference_outcomes(frame.pop(), right);
  else
    outcomes = reference_outcomes(right, machine.values.null());
  if (opcode == kIfAcmpne || opcode == kIfnonnull)
    std::swap(outcomes.yes, outcomes.no);
  return outcomes;
}

bool is_condition(std::uint8_t opcode) {
  return (opcode >= kIfeq && opcode <= kIfAcmpne) || opcode == kIfnull || opcode == kIfnonnull;
}

}  // namespace

std::vector<std::size_t> MethodRun::next_blocks(const Instruction& last, std::size_t block, PathState& state) {
  Frame frame(machine_, *machine_.activations.back().method.owner, state);
  const std::uint8_t opcode = last.opcode;
  if (opcode == kAthrow)
    return {};
  if (opcode >= kIreturn && opcode <= kReturn) {
    const std::string result = method_type(machine_.activations.back().method.method->descriptor).result;
    const bool returns_nothing = opcode == kReturn;
    if (returns_nothing != (result == "V"))
      throw Unverified{};
    state.result = returns_nothing ? machine_.values.null() : frame.pop();
    state.stack.clear();
    state.locals.clear();
    return {returned()};
  }
  std::set<std::size_t> targets;
  if (is_condition(opcode)) {
    const Outcomes outcomes = condition_outcomes(opcode, frame, machine_);
    if (outcomes.yes)
      targets.insert(code_.block_at(last.jump_targets().front()));
    if (outcomes.no)
      targets.insert(block + 1);
  } else if (opcode == kTableswitch || opcode == kLookupswitch) {
    for (const Value* selector : alternatives(frame.pop())) {
      if (const auto* number = selector->as<IntegerValue>())
        targets.insert(code_.block_at(last.offset + switch_offset(last, number->value)));
      else
        targets.insert(code_.blocks()[block].successors.begin(), code_.blocks()[block].successors.end());
    }
  } else if (opcode == kGoto || opcode == kGotoW) {
    targets.insert(code_.block_at(last.jump_targets().front()));
  } else if (execute(frame, last)) {
    targets.insert(block + 1);
  }
  if (targets.size() > kMostTargets)
    throw Unverified{};
  // A path that must throw is no path where there is another.
  const bool all_throw = std::ranges::all_of(targets, [&](std::size_t at) { return code_.blocks()[at].throws; });
  if (!all_throw)
    std::erase_if(targets, [&](std::size_t at) { return code_.blocks()[at].throws; });
  return {targets.begin(), targets.end()};
}

}  // namespace preflight
