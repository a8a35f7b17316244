#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>

#include "classfile/names.h"
#include "job/frame.h"

namespace preflight {
namespace {

constexpr std::uint8_t kAconstNull = 0x01;
constexpr std::uint8_t kIconst0 = 0x03;
constexpr std::uint8_t kIconst5 = 0x08;
constexpr std::uint8_t kLconst0 = 0x09;
constexpr std::uint8_t kLconst1 = 0x0A;
constexpr std::uint8_t kFconst0 = 0x0B;
constexpr std::uint8_t kFconst2 = 0x0D;
constexpr std::uint8_t kDconst0 = 0x0E;
constexpr std::uint8_t kDconst1 = 0x0F;
constexpr std::uint8_t kBipush = 0x10;
constexpr std::uint8_t kSipush = 0x11;

constexpr std::uint8_t kIadd = 0x60;
constexpr std::uint8_t kIneg = 0x74;
constexpr std::uint8_t kDneg = 0x77;
constexpr std::uint8_t kIshl = 0x78;
constexpr std::uint8_t kI2l = 0x85;
constexpr std::uint8_t kLcmp = 0x94;

/// int, long, float, double: the order of each family of operations.
constexpr std::string_view kTypes = "IJFD";

const Value* pool_constant(Frame& frame, std::uint16_t index) {
  const ConstantPool& pool = frame.owner.view.pool;
  ValueStore& values = frame.machine.values;
  const ByteReader at(frame.owner.bytes, frame.owner.place);
  switch (pool.tag(index)) {
    case ConstantTag::integer:
      return values.integer(static_cast<std::int32_t>(pool.number(index, ConstantTag::integer, at, "constant")));
    case ConstantTag::long_integer:
      return values.integer(pool.number(index, ConstantTag::long_integer, at, "constant"), 'J');
    case ConstantTag::floating:
      return values.floating(
          std::bit_cast<float>(static_cast<std::uint32_t>(pool.number(index, ConstantTag::floating, at, "constant"))),
          'F');
    case ConstantTag::double_floating:
      return values.floating(std::bit_cast<double>(pool.number(index, ConstantTag::double_floating, at, "constant")));
    case ConstantTag::string:
      return values.text(text_of(pool.string(index)));
    case ConstantTag::class_entry:
      return values.class_literal(descriptor_of_class(pool.class_name(index)));
    case ConstantTag::method_handle:
    case ConstantTag::method_type:
      return values.unknown(UnknownReason::reflection);
    case ConstantTag::dynamic:
      return values.unknown(UnknownReason::unsupported_compiler);
    default:
      throw Unverified{};
  }
}

bool is_wide_constant(Frame& frame, std::uint16_t index) {
  const ConstantPool& pool = frame.owner.view.pool;
  switch (pool.tag(index)) {
    case ConstantTag::long_integer:
    case ConstantTag::double_floating:
      return true;
    case ConstantTag::dynamic:
      return is_wide_type(pool.dynamic(index).name_and_type.descriptor);
    default:
      return false;
  }
}

/// Two's complement as Java has it, of 64 bits; what of 32 bits is cut by the caller. Nothing for a division by zero.
std::optional<std::int64_t> calculate(unsigned operation, std::int64_t a, std::int64_t b) {
  const auto x = static_cast<std::uint64_t>(a);
  const auto y = static_cast<std::uint64_t>(b);
  const bool overflows = a == std::numeric_limits<std::int64_t>::min() && b == -1;
  switch (operation) {
    case 0:
      return static_cast<std::int64_t>(x + y);
    case 1:
      return static_cast<std::int64_t>(x - y);
    case 2:
      return static_cast<std::int64_t>(x * y);
    case 3:
      return b == 0 ? std::nullopt : std::optional(overflows ? a : a / b);
    default:
      return b == 0 ? std::nullopt : std::optional(overflows ? 0 : a % b);
  }
}

double calculate(unsigned operation, double a, double b) {
  switch (operation) {
    case 0:
      return a + b;
    case 1:
      return a - b;
    case 2:
      return a * b;
    case 3:
      return a / b;
    default:
      return std::fmod(a, b);
  }
}

/// shl, shr, ushr, each of int and long; then and, or, xor of both.
std::int64_t calculate_bits(std::uint8_t opcode, std::int64_t a, std::int64_t b, bool is_long) {
  const unsigned operation = (opcode - unsigned{kIshl}) / 2;
  const auto distance = static_cast<unsigned>(b & (is_long ? 63 : 31));
  const auto x = static_cast<std::uint64_t>(a);
  switch (operation) {
    case 0:
      return static_cast<std::int64_t>(x << distance);
    case 1:
      return a >> distance;
    case 2:
      return is_long ? static_cast<std::int64_t>(x >> distance)
                     : static_cast<std::int64_t>(static_cast<std::uint32_t>(a) >> distance);
    case 3:
      return a & b;
    case 4:
      return a | b;
    default:
      return a ^ b;
  }
}

const Value* cut(Machine& machine, std::int64_t value, bool is_long) {
  return is_long ? machine.values.integer(value, 'J') : machine.values.integer(static_cast<std::int32_t>(value));
}

/// The result of an operation on what is not all known.
const Value* unknown_result(Machine& machine, char type, const Value* a, const Value* b = nullptr) {
  for (const Value* operand : {a, b})
    if (operand != nullptr)
      if (const auto* unknown = operand->as<UnknownValue>())
        return machine.unknown(unknown->reason, std::string(1, type), unknown->detail);
  const bool from_branches = a->is<ChoiceValue>() || (b != nullptr && b->is<ChoiceValue>());
  return machine.unknown(from_branches ? UnknownReason::branches : UnknownReason::library_internal,
                         std::string(1, type));
}

void execute_binary(Frame& frame, std::uint8_t opcode) {
  const Value* right = frame.pop();
  const Value* left = frame.pop();
  const bool bits = opcode >= kIshl;
  const unsigned type = bits ? (opcode - unsigned{kIshl}) % 2 : (opcode - unsigned{kIadd}) % 4;
  const bool wide = type % 2 == 1;
  const auto* a = left->as<IntegerValue>();
  const auto* b = right->as<IntegerValue>();
  const auto* x = left->as<FloatingValue>();
  const auto* y = right->as<FloatingValue>();
  const Value* result = nullptr;
  if (a != nullptr && b != nullptr && bits) {
    result = cut(frame.machine, calculate_bits(opcode, a->value, b->value, wide), wide);
  } else if (a != nullptr && b != nullptr && type < 2) {
    if (const auto number = calculate((opcode - unsigned{kIadd}) / 4, a->value, b->value))
      result = cut(frame.machine, *number, wide);
  } else if (x != nullptr && y != nullptr && type >= 2) {
    const double number = calculate((opcode - unsigned{kIadd}) / 4, x->value, y->value);
    result =
        wide ? frame.machine.values.floating(number) : frame.machine.values.floating(static_cast<float>(number), 'F');
  }
  frame.push(result != nullptr ? result : unknown_result(frame.machine, kTypes[type], left, right), wide);
}

void execute_negation(Frame& frame, std::uint8_t opcode) {
  const unsigned type = opcode - unsigned{kIneg};
  const Value* operand = frame.pop();
  const Value* result = nullptr;
  if (const auto* integer = operand->as<IntegerValue>())
    result = cut(frame.machine, static_cast<std::int64_t>(0 - static_cast<std::uint64_t>(integer->value)), type == 1);
  else if (const auto* floating = operand->as<FloatingValue>())
    result = frame.machine.values.floating(-floating->value, floating->type);
  frame.push(result != nullptr ? result : unknown_result(frame.machine, kTypes[type], operand), type % 2 == 1);
}

/// JLS 5.1.3: to the nearest representable value; NaN is 0.
std::int64_t to_integer(double value, bool is_long) {
  if (std::isnan(value))
    return 0;
  if (!is_long)
    return static_cast<std::int32_t>(std::fmin(std::fmax(value, -2147483648.0), 2147483647.0));
  if (value >= 9223372036854775807.0)
    return std::numeric_limits<std::int64_t>::max();
  if (value <= -9223372036854775808.0)
    return std::numeric_limits<std::int64_t>::min();
  return static_cast<std::int64_t>(value);
}

/// The type that each conversion from i2l to i2s makes.
constexpr std::string_view kConverted = "JFDIFDIJDIJFBCS";

void execute_conversion(Frame& frame, std::uint8_t opcode) {
  const char type = kConverted[opcode - unsigned{kI2l}];
  const Value* operand = frame.pop();
  const auto* integer = operand->as<IntegerValue>();
  const auto* floating = operand->as<FloatingValue>();
  ValueStore& values = frame.machine.values;
  const Value* result = nullptr;
  if (integer == nullptr && floating == nullptr) {
    result = unknown_result(frame.machine, type, operand);
  } else if (type == 'F' || type == 'D') {
    const double number = integer != nullptr ? static_cast<double>(integer->value) : floating->value;
    result = type == 'D' ? values.floating(number) : values.floating(static_cast<float>(number), 'F');
  } else {
    const std::int64_t number = integer != nullptr ? integer->value : to_integer(floating->value, type == 'J');
    switch (type) {
      case 'B':
        result = values.integer(static_cast<std::int8_t>(number));
        break;
      case 'C':
        result = values.integer(static_cast<std::uint16_t>(number));
        break;
      case 'S':
        result = values.integer(static_cast<std::int16_t>(number));
        break;
      default:
        result = cut(frame.machine, number, type == 'J');
    }
  }
  frame.push(result, type == 'J' || type == 'D');
}

/// lcmp, fcmpl, fcmpg, dcmpl, dcmpg
void execute_comparison(Frame& frame) {
  const Value* right = frame.pop();
  const Value* left = frame.pop();
  const auto* a = left->as<IntegerValue>();
  const auto* b = right->as<IntegerValue>();
  const auto* x = left->as<FloatingValue>();
  const auto* y = right->as<FloatingValue>();
  const Value* result = nullptr;
  if (a != nullptr && b != nullptr)
    result = frame.machine.values.integer(a->value < b->value ? -1 : a->value > b->value ? 1 : 0);
  else if (x != nullptr && y != nullptr && !std::isnan(x->value) && !std::isnan(y->value))
    result = frame.machine.values.integer(x->value < y->value ? -1 : x->value > y->value ? 1 : 0);
  frame.push(result != nullptr ? result : unknown_result(frame.machine, 'I', left, right));
}

}  // namespace

void execute_constant(Frame& frame, const Instruction& instruction) {
  ValueStore& values = frame.machine.values;
  const std::uint8_t opcode = instruction.opcode;
  if (const auto index = instruction.loaded_constant()) {
    frame.push(pool_constant(frame, *index), is_wide_constant(frame, *index));
  } else if (opcode == kAconstNull) {
    frame.push(values.null());
  } else if (opcode > kAconstNull && opcode <= kIconst5) {
    frame.push(values.integer(opcode - std::int64_t{kIconst0}));
  } else if (opcode == kLconst0 || opcode == kLconst1) {
    frame.push(values.integer(opcode - std::int64_t{kLconst0}, 'J'), true);
  } else if (opcode >= kFconst0 && opcode <= kFconst2) {
    frame.push(values.floating(opcode - kFconst0, 'F'));
  } else if (opcode == kDconst0 || opcode == kDconst1) {
    frame.push(values.floating(opcode - kDconst0), true);
  } else if (opcode == kBipush) {
    frame.push(values.integer(static_cast<std::int8_t>(u1_operand(instruction))));
  } else if (opcode == kSipush) {
    frame.push(values.integer(static_cast<std::int16_t>(u2_operand(instruction))));
  }
}

void execute_arithmetic(Frame& frame, const Instruction& instruction) {
  const std::uint8_t opcode = instruction.opcode;
  if (opcode >= kLcmp)
    execute_comparison(frame);
  else if (opcode >= kI2l)
    execute_conversion(frame, opcode);
  else if (opcode >= kIneg && opcode <= kDneg)
    execute_negation(frame, opcode);
  else
    execute_binary(frame, opcode);
}

}  // namespace preflight
