#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "job/machine.h"
#include "job/path_state.h"

namespace preflight {

/// Runs one method once: its blocks in the order of the code, each once for all paths that lead to it, its loops turn
/// by turn where their turns are known. The method must be the machine's last activation.
class MethodRun {
 public:
  /// `entry`: a main method, of which a path that returns early without having done anything takes its share with it.
  MethodRun(Machine& machine, const MethodCode& code, bool entry) : machine_(machine), code_(code), entry_(entry) {}

  /// The method's value (null of a void one); nothing where every path ends in a throw. The heap is then that of the
  /// joined paths. Throws Unverified and OutOfBudget.
  std::optional<const Value*> run(std::vector<StackEntry> locals);

 private:
  /// Paths by the block that they lead to, or by its rank.
  using Paths = std::map<std::size_t, PathState>;

  // Blocks (method_run.cpp).
  /// The paths that leave the loop by where they go: to blocks outside, back to its head, or out of the method. With
  /// `known_turns` nothing as soon as the loop's first block leads both on and out.
  std::optional<Paths> run_region(std::size_t loop, PathState start, bool known_turns);
  Paths run_block(std::size_t block, PathState state);
  void add(Paths& paths, std::size_t key, PathState state);
  /// The child loop of `region` that starts with `block`; 0 where none does.
  std::size_t inner_loop_at(std::size_t region, std::size_t block) const;
  std::size_t returned() const { return code_.blocks().size(); }  ///< Where a return leads to.

  // Branches (branches.cpp): where a path goes at the end of a block. None where it throws.
  std::vector<std::size_t> next_blocks(const Instruction& last, std::size_t block, PathState& state);

  // Loops (loops.cpp).
  Paths run_loop(std::size_t loop, PathState start);
  Paths run_unknown_turns(std::size_t loop, PathState start);
  bool is_tested_first(std::size_t loop) const;
  void forget_changed(const CodeLoop& loop, PathState& state);
  void forget_changed_fields(const CodeLoop& loop, PathState& state);
  void forget_changed_slots(const Heap& before, Heap& after);

  Machine& machine_;
  const MethodCode& code_;
  bool entry_;
  std::uint64_t instructions_ = 0;
};

}  // namespace preflight
