#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "input/input_error.h"

namespace preflight {

/// One instruction of a method body (JVMS 6.5).
struct Instruction {
  std::uint32_t offset = 0;  ///< Of the opcode in the code; of the wide prefix where there is one.
  std::uint8_t opcode = 0;   ///< Of a widened instruction the opcode behind the prefix.
  bool wide = false;
  std::span<const std::byte> operands;  ///< Behind the opcode; of a switch behind its padding.

  /// Constant pool index of ldc, ldc_w and ldc2_w.
  std::optional<std::uint16_t> loaded_constant() const;
  /// Constant pool index of the field or method: getstatic to putfield, invokevirtual to invokeinterface.
  std::optional<std::uint16_t> member() const;
  /// Constant pool index of the class: new, anewarray, checkcast, instanceof, multianewarray.
  std::optional<std::uint16_t> class_operand() const;
  /// Constant pool index of the CONSTANT_InvokeDynamic.
  std::optional<std::uint16_t> call_site() const;
  /// Local variable that an aload pushes.
  std::optional<std::uint16_t> loaded_reference() const;

  struct Store {
    std::uint16_t local = 0;
    std::uint16_t slots = 1;  ///< 2 for long and double.
  };
  /// Local variable that a store or iinc changes.
  std::optional<Store> store() const;

  /// Offsets in the code that this instruction may jump to, the next instruction left out.
  std::vector<std::int64_t> jump_targets() const;
};

/// Cuts code (the code array of a Code attribute) into instructions. `offset` is that of the code in the class file,
/// for errors. Throws InputError: truncated (an instruction reaches behind the end), corrupt (no opcode, or a switch
/// whose bounds contradict each other).
std::vector<Instruction> instructions_of(std::span<const std::byte> code, const InputPlace& place,
                                         std::uint64_t offset);
/// The same into `instructions`, with the memory of the code that it had before.
void read_instructions(std::span<const std::byte> code, const InputPlace& place, std::uint64_t offset,
                       std::vector<Instruction>& instructions);

}  // namespace preflight
