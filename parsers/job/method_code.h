#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include "classfile/attributes.h"
#include "classfile/bytecode.h"
#include "classfile/class_view.h"
#include "input/input_error.h"

namespace preflight {

/// Instructions that run one after the other: jumps lead only to the first and only from the last.
struct BasicBlock {
  std::size_t begin = 0;  ///< Into MethodCode::instructions.
  std::size_t end = 0;
  /// Blocks that may follow, in the order of the code, each once. Exception handlers are not among them, unless code
  /// falls into one.
  std::vector<std::size_t> successors;
  std::size_t loop = 0;  ///< The innermost loop that it belongs to.
  bool throws = false;   ///< Every path from here ends in a throw.
};

/// A natural loop: all blocks from which its head is reached again without leaving it. Loop 0 is the whole method.
struct CodeLoop {
  std::size_t head = 0;
  std::size_t parent = 0;
  std::set<std::size_t> blocks;           ///< Those of inner loops included.
  std::set<std::uint16_t> stored_locals;  ///< That its instructions change.
};

/// A method body cut into blocks and loops.
class MethodCode {
 public:
  /// Throws InputError (corrupt, truncated) for bytecode that cannot be cut so, and (unsupported) for subroutines
  /// (jsr), loops with more than one entry, and loops nested deeper than 24.
  MethodCode(const ClassView& view, const MethodView& method, const InputPlace& place);

  const std::vector<Instruction>& instructions() const { return instructions_; }
  const std::vector<BasicBlock>& blocks() const { return blocks_; }
  const std::vector<CodeLoop>& loops() const { return loops_; }
  /// The block that starts with the instruction at this offset of the code.
  std::size_t block_at(std::int64_t offset) const;
  /// Position of a block in an order in which all that lead to it, over no back edge, come before it. Blocks that
  /// nothing but exceptions leads to have none, and are last.
  std::size_t rank(std::size_t block) const { return ranks_[block]; }
  std::size_t block_ranked(std::size_t rank) const { return order_[rank]; }
  bool contains(std::size_t loop, std::size_t block) const { return loop == 0 || loops_[loop].blocks.contains(block); }
  int line_of(const Instruction& instruction) const { return lines_.line_of(instruction.offset); }

 private:
  void cut_blocks(const InputPlace& place, std::uint64_t code_offset);
  void order_blocks();
  void find_loops(const InputPlace& place);
  void find_throwing();

  std::vector<Instruction> instructions_;
  std::vector<BasicBlock> blocks_;
  std::vector<CodeLoop> loops_;
  std::map<std::int64_t, std::size_t> block_starts_;  ///< By offset in the code.
  std::vector<std::size_t> ranks_;
  std::vector<std::size_t> order_;  ///< Reached blocks by rank.
  LineNumbers lines_;
};

}  // namespace preflight
