#include "job/method_code.h"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace preflight {
namespace {

constexpr std::size_t kDeepestLoops = 24;
/// Of all loops together; a hostile method can have thousands of loops around each other.
constexpr std::size_t kMostLoopBlocks = 500'000;
constexpr std::size_t kUnreached = SIZE_MAX;

constexpr std::uint8_t kGoto = 0xA7;
constexpr std::uint8_t kJsr = 0xA8;
constexpr std::uint8_t kRet = 0xA9;
constexpr std::uint8_t kReturn = 0xB1;
constexpr std::uint8_t kAthrow = 0xBF;
constexpr std::uint8_t kGotoW = 0xC8;
constexpr std::uint8_t kJsrW = 0xC9;

/// Whether the next instruction is never reached from this one, other than by a jump.
bool ends_flow(std::uint8_t opcode) {
  return (opcode >= kGoto && opcode <= kReturn && opcode != kJsr) || opcode == kAthrow || opcode == kGotoW;
}

[[noreturn]] void refuse(InputErrorKind kind, const InputPlace& place, std::uint64_t offset, const char* expectation) {
  InputPlace at = place;
  at.offset = offset;
  throw InputError(kind, at, expectation);
}

}  // namespace

MethodCode::MethodCode(const ClassView& view, const MethodView& method, const InputPlace& place)
    : instructions_(instructions_of(method.code, place, method.code_offset)), lines_(view, method, place) {
  if (instructions_.empty())
    refuse(InputErrorKind::corrupt, place, method.code_offset, "expected code, found none");
  cut_blocks(place, method.code_offset);
  order_blocks();
  find_loops(place);
  find_throwing();
}

std::size_t MethodCode::block_at(std::int64_t offset) const {
  return block_starts_.at(offset);
}

void MethodCode::cut_blocks(const InputPlace& place, std::uint64_t code_offset) {
  std::set<std::int64_t> starts = {0};
  for (std::size_t i = 0; i < instructions_.size(); ++i) {
    const Instruction& instruction = instructions_[i];
    const std::uint8_t opcode = instruction.opcode;
    if (opcode == kJsr || opcode == kJsrW || opcode == kRet)
      refuse(InputErrorKind::unsupported, place, code_offset + instruction.offset,
             "expected code without subroutines, found jsr or ret");
    const std::vector<std::int64_t> targets = instruction.jump_targets();
    starts.insert(targets.begin(), targets.end());
    if ((ends_flow(opcode) || !targets.empty()) && i + 1 < instructions_.size())
      starts.insert(instructions_[i + 1].offset);
  }
  for (std::size_t i = 0; i < instructions_.size(); ++i) {
    if (!starts.contains(instructions_[i].offset))
      continue;
    if (!blocks_.empty())
      blocks_.back().end = i;
    block_starts_[instructions_[i].offset] = blocks_.size();
    blocks_.push_back({i, instructions_.size()});
  }
  if (blocks_.size() != starts.size())
    refuse(InputErrorKind::corrupt, place, code_offset, "expected jumps to instructions, found one between two");
  for (std::size_t block = 0; block < blocks_.size(); ++block) {
    const Instruction& last = instructions_[blocks_[block].end - 1];
    std::set<std::size_t> successors;
    for (const std::int64_t target : last.jump_targets())
      successors.insert(block_starts_.at(target));
    if (!ends_flow(last.opcode)) {
      if (block + 1 == blocks_.size())
        refuse(InputErrorKind::corrupt, place, code_offset + last.offset,
               "expected code that ends in a return, throw or jump, found that it runs on");
      successors.insert(block + 1);
    }
    blocks_[block].successors.assign(successors.begin(), successors.end());
  }
}

/// Reverse postorder of a depth-first walk. Successors that stand later in the code are walked first, and so come last:
/// the order is that of the source where the code is compiled from one.
void MethodCode::order_blocks() {
  ranks_.assign(blocks_.size(), kUnreached);
  std::vector<bool> seen(blocks_.size());
  std::vector<std::pair<std::size_t, std::size_t>> walk = {{0, blocks_[0].successors.size()}};
  seen[0] = true;
  while (!walk.empty()) {
    auto& [block, left] = walk.back();
    if (left == 0) {
      order_.push_back(block);
      walk.pop_back();
    } else if (const std::size_t next = blocks_[block].successors[--left]; !seen[next]) {
      seen[next] = true;
      walk.emplace_back(next, blocks_[next].successors.size());
    }
  }
  std::ranges::reverse(order_);
  for (std::size_t i = 0; i < order_.size(); ++i)
    ranks_[order_[i]] = i;
}

void MethodCode::find_loops(const InputPlace& place) {
  std::vector<std::vector<std::size_t>> predecessors(blocks_.size());
  for (const std::size_t block : order_)
    for (const std::size_t next : blocks_[block].successors)
      predecessors[next].push_back(block);
  std::size_t loop_blocks = 0;
  loops_.emplace_back();  // The method as a whole, whose blocks need no list.
  // By descending rank of the heads inner loops come before those around them.
  for (auto head = order_.rbegin(); head != order_.rend(); ++head) {
    CodeLoop loop{.head = *head, .blocks = {*head}};
    std::vector<std::size_t> waiting;
    for (const std::size_t from : predecessors[*head])
      if (ranks_[from] >= ranks_[*head])
        waiting.push_back(from);
    if (waiting.empty())
      continue;
    while (!waiting.empty()) {
      const std::size_t block = waiting.back();
      waiting.pop_back();
      if (!loop.blocks.insert(block).second)
        continue;
      if (ranks_[block] < ranks_[*head])
        refuse(InputErrorKind::unsupported, place, 0, "expected loops with one entry, found one that has several");
      waiting.insert(waiting.end(), predecessors[block].begin(), predecessors[block].end());
    }
    loop_blocks += loop.blocks.size();
    if (loop_blocks > kMostLoopBlocks)
      refuse(InputErrorKind::unsupported, place, 0, "expected fewer blocks in loops within loops");
    const std::size_t index = loops_.size();
    for (const std::size_t block : loop.blocks) {
      // The block's loop so far is inner to this one; the outermost of that line gets this one as its parent.
      if (blocks_[block].loop == 0) {
        blocks_[block].loop = index;
      } else {
        std::size_t inner = blocks_[block].loop;
        for (std::size_t depth = 0; loops_[inner].parent != 0 && loops_[inner].parent != index; ++depth) {
          if (depth > kDeepestLoops)
            refuse(InputErrorKind::unsupported, place, 0, "expected loops nested at most 24 deep, found deeper ones");
          inner = loops_[inner].parent;
        }
        loops_[inner].parent = index;
      }
      for (std::size_t i = blocks_[block].begin; i < blocks_[block].end; ++i)
        if (const auto store = instructions_[i].store())
          for (std::uint16_t slot = 0; slot < store->slots; ++slot)
            loop.stored_locals.insert(static_cast<std::uint16_t>(store->local + slot));
    }
    loops_.push_back(std::move(loop));
  }
}

/// A block on a cycle may go on for ever, which is no throw: one walk from the last to the first is enough.
void MethodCode::find_throwing() {
  for (auto at = order_.rbegin(); at != order_.rend(); ++at) {
    BasicBlock& block = blocks_[*at];
    block.throws = instructions_[block.end - 1].opcode == kAthrow ||
                   (!block.successors.empty() &&
                    std::ranges::all_of(block.successors, [&](std::size_t next) { return blocks_[next].throws; }));
  }
}

}  // namespace preflight
