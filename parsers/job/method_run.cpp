#include "job/method_run.h"

#include <algorithm>
#include <utility>

#include "job/frame.h"

namespace preflight {
namespace {

double weight_of(const std::map<std::size_t, PathState>& paths) {
  double weight = 0;
  for (const auto& [key, state] : paths)
    weight += state.weight;
  return weight;
}

void scale(std::map<std::size_t, PathState>& paths, double factor) {
  for (auto& [key, state] : paths)
    state.weight *= factor;
}

}  // namespace

std::optional<const Value*> MethodRun::run(std::vector<StackEntry> locals) {
  PathState start;
  start.locals = std::move(locals);
  start.heap = machine_.heap;
  Paths ended = *run_region(0, std::move(start), false);
  const auto done = ended.find(returned());
  if (done == ended.end())
    return std::nullopt;
  machine_.heap = std::move(done->second.heap);
  return done->second.result;
}

std::optional<MethodRun::Paths> MethodRun::run_region(std::size_t loop, PathState start, bool known_turns) {
  const std::size_t head = code_.loops()[loop].head;
  const double whole = start.weight;
  Paths pending;  // By rank.
  Paths ended;
  add(pending, code_.rank(head), std::move(start));
  for (bool first = true; !pending.empty(); first = false) {
    const std::size_t block = code_.block_ranked(pending.begin()->first);
    PathState state = std::move(pending.begin()->second);
    pending.erase(pending.begin());
    const std::size_t inner = inner_loop_at(loop, block);
    Paths next = inner != 0 ? run_loop(inner, std::move(state)) : run_block(block, std::move(state));
    const bool throws = next.empty();
    const bool quiet_end =
        entry_ && loop == 0 && next.size() == 1 && next.begin()->first == returned() && !next.begin()->second.acted;
    for (auto& [target, path] : next) {
      const bool leaves = target == returned() || target == head || !code_.contains(loop, target);
      add(leaves ? ended : pending, leaves ? target : code_.rank(target), std::move(path));
    }
    if (first && known_turns && !pending.empty() && !ended.empty())
      return std::nullopt;
    // What goes on is all there is: it gets the share of what has ended.
    if (quiet_end && !pending.empty())
      scale(pending, whole / weight_of(pending));
    else if (throws && !(pending.empty() && ended.empty())) {
      const double factor = whole / (weight_of(pending) + weight_of(ended));
      scale(pending, factor);
      scale(ended, factor);
    }
  }
  return ended;
}

MethodRun::Paths MethodRun::run_block(std::size_t block, PathState state) {
  machine_.heap = std::move(state.heap);
  machine_.activations.back().conditional = state.conditional();
  const std::uint64_t effects = machine_.effects;
  const BasicBlock& of = code_.blocks()[block];
  Frame frame(machine_, *machine_.activations.back().method.owner, state);
  Paths next;
  for (std::size_t i = of.begin; i < of.end; ++i) {
    const Instruction& instruction = code_.instructions()[i];
    ++machine_.instructions;
    if (++instructions_ > machine_.limits.context_instructions || machine_.out_of_instructions() ||
        machine_.values.exhausted())
      throw OutOfBudget{};
    machine_.activations.back().at = &instruction;
    if (i + 1 == of.end) {
      const std::vector<std::size_t> targets = next_blocks(instruction, block, state);
      state.acted = state.conditional() && (state.acted || machine_.effects != effects);
      state.weight /= static_cast<double>(std::max<std::size_t>(targets.size(), 1));
      state.heap = machine_.heap;
      for (const std::size_t target : targets)
        next.emplace(target, state);
    } else if (!execute(frame, instruction)) {
      break;
    }
  }
  return next;
}

void MethodRun::add(Paths& paths, std::size_t key, PathState state) {
  const auto known = paths.find(key);
  if (known == paths.end())
    paths.emplace(key, std::move(state));
  else
    known->second = join(std::move(known->second), std::move(state), machine_.values);
}

std::size_t MethodRun::inner_loop_at(std::size_t region, std::size_t block) const {
  std::size_t loop = code_.blocks()[block].loop;
  while (loop != region && loop != 0 && code_.loops()[loop].parent != region)
    loop = code_.loops()[loop].parent;
  return loop == region ? 0 : loop;
}

}  // namespace preflight
