#pragma once

#include <cstddef>
#include <utility>

#include "job/machine.h"
#include "job/path_state.h"

namespace preflight {

/// The operand stack and the locals of the method that is being run, for instructions to work on. Whatever contradicts
/// the verifier's rules throws Unverified.
class Frame {
 public:
  Frame(Machine& machine_of_it, const LoadedClass& class_of_it, PathState& state)
      : machine(machine_of_it), owner(class_of_it), state_(state) {}

  Machine& machine;
  const LoadedClass& owner;  ///< The class that declares the method: whose constant pool the code refers to.

  void push(const Value* value, bool wide = false) { push(StackEntry{value, wide}); }
  void push(const StackEntry& entry) {
    if (state_.stack.size() >= kMostEntries)
      throw Unverified{};
    state_.stack.push_back(entry);
  }
  /// By the descriptor of its type.
  void push_typed(const Value* value, std::string_view descriptor) { push(value, is_wide_type(descriptor)); }
  StackEntry pop_entry() {
    if (state_.stack.empty())
      throw Unverified{};
    StackEntry entry = state_.stack.back();
    state_.stack.pop_back();
    return entry;
  }
  const Value* pop() { return pop_entry().value; }

  const StackEntry& local(std::size_t index) const {
    if (index >= state_.locals.size() || state_.locals[index].value == nullptr)
      throw Unverified{};
    return state_.locals[index];
  }
  void set_local(std::size_t index, const StackEntry& entry) {
    const std::size_t end = index + (entry.wide ? 2 : 1);
    if (end > kMostEntries)
      throw Unverified{};
    if (state_.locals.size() < end)
      state_.locals.resize(end);
    state_.locals[index] = entry;
    if (entry.wide)
      state_.locals[index + 1] = {};
  }

 private:
  /// A JVM takes 65,535 locals and entries; no compiler makes that many, and every path has its own.
  static constexpr std::size_t kMostEntries = 2'048;

  PathState& state_;
};

/// Runs an instruction that neither jumps nor returns. False where what it calls ends in a throw on every path.
bool execute(Frame& frame, const Instruction& instruction);

// The families of instructions that `execute` is made of (JVMS 6.5), by the files that they are in.

void execute_constant(Frame& frame, const Instruction& instruction);
void execute_stack(Frame& frame, const Instruction& instruction);
void execute_arithmetic(Frame& frame, const Instruction& instruction);
void execute_array(Frame& frame, const Instruction& instruction);
void execute_type_test(Frame& frame, const Instruction& instruction);
void execute_field(Frame& frame, const Instruction& instruction);
bool execute_call(Frame& frame, const Instruction& instruction);
bool execute_dynamic(Frame& frame, const Instruction& instruction);

/// Operands as the numbers that they are.
std::uint8_t u1_operand(const Instruction& instruction, std::size_t at = 0);
std::uint16_t u2_operand(const Instruction& instruction, std::size_t at = 0);

/// The field of getstatic to putfield. Throws Unverified.
ConstantPool::Member field_operand(const LoadedClass& owner, const Instruction& instruction);

}  // namespace preflight
