#include <algorithm>
#include <cstdint>
#include <utility>

#include "classfile/names.h"
#include "job/frame.h"
#include "job/method_run.h"

namespace preflight {
namespace {

constexpr std::uint8_t kPutstatic = 0xB3;
constexpr std::uint8_t kPutfield = 0xB5;

/// What a model or a library made keeps its meaning in a loop: a stream that each turn extends. All else may be another
/// value in each turn.
bool outlives_turn(const Value& value) {
  const auto kept = [](const Value& one) { return one.is<ModelledValue>() || one.is<CallValue>(); };
  const auto* choice = value.as<ChoiceValue>();
  return choice == nullptr ? kept(value)
                           : std::ranges::any_of(choice->values, [&](const Value* one) { return kept(*one); });
}

}  // namespace

MethodRun::Paths MethodRun::run_loop(std::size_t loop, PathState start) {
  const double whole = start.weight;
  const std::size_t head = code_.loops()[loop].head;
  Paths ended;
  PathState turn = std::move(start);
  // Whether there is another turn is known once the first block has run, before any other has.
  for (std::size_t turns = 0; is_tested_first(loop) && turns < machine_.limits.unrolled_turns; ++turns) {
    std::optional<Paths> after = run_region(loop, turn, true);
    if (!after)
      break;
    auto back = after->extract(head);
    for (auto& [target, path] : *after)
      add(ended, target, std::move(path));
    if (back.empty())
      return ended;
    turn = std::move(back.mapped());
  }
  for (auto& [target, path] : run_unknown_turns(loop, std::move(turn)))
    add(ended, target, std::move(path));
  double left = 0;
  for (const auto& [target, path] : ended)
    left += path.weight;
  for (auto& [target, path] : ended)  // What never leaves the loop is no path.
    path.weight *= whole / left;
  return ended;
}

/// The loop once, for any number of turns: what its turns change is unknown from the start.
MethodRun::Paths MethodRun::run_unknown_turns(std::size_t loop, PathState start) {
  const Heap before = start.heap;
  forget_changed(code_.loops()[loop], start);
  forget_changed_fields(code_.loops()[loop], start);
  ++machine_.activations.back().open_loops;
  Paths after = *run_region(loop, std::move(start), false);
  --machine_.activations.back().open_loops;
  const auto back = after.extract(code_.loops()[loop].head);
  for (auto& [target, path] : after) {
    // After the last turn the loop is left as it is before the first.
    if (!back.empty() && target != returned() && path.stack.size() == back.mapped().stack.size()) {
      PathState turned = back.mapped();
      turned.weight = 0;
      path = join(std::move(path), std::move(turned), machine_.values);
    }
    forget_changed_slots(before, path.heap);
  }
  return after;
}

void MethodRun::forget_changed(const CodeLoop& loop, PathState& state) {
  for (const std::uint16_t local : loop.stored_locals)
    if (local < state.locals.size())
      if (const Value*& value = state.locals[local].value; value != nullptr && !outlives_turn(*value))
        value = machine_.unknown(UnknownReason::loop);
}

/// Fields of this object and statics that the loop's own instructions set.
void MethodRun::forget_changed_fields(const CodeLoop& loop, PathState& state) {
  const LoadedClass& owner = *machine_.activations.back().method.owner;
  machine_.heap = std::move(state.heap);
  for (const std::size_t block : loop.blocks) {
    for (std::size_t i = code_.blocks()[block].begin; i < code_.blocks()[block].end; ++i) {
      const Instruction& instruction = code_.instructions()[i];
      if (instruction.opcode != kPutfield && instruction.opcode != kPutstatic)
        continue;
      const ConstantPool::Member member = field_operand(owner, instruction);
      const std::string class_name = binary_name(member.owner);
      const std::string field = text_of(member.name);
      const Value* changed = machine_.unknown(UnknownReason::loop, text_of(member.descriptor));
      if (instruction.opcode == kPutstatic)
        put_static(machine_, class_name, field, changed);
      else if (!state.locals.empty() && state.locals[0].value != nullptr && state.locals[0].value->is<ObjectValue>())
        put_field(machine_, state.locals[0].value, class_name, field, changed);
    }
  }
  state.heap = machine_.heap;
}

void MethodRun::forget_changed_slots(const Heap& before, Heap& after) {
  std::vector<std::pair<std::uint32_t, std::string>> changed;
  after.visit_changes(before, [&](std::uint32_t object, std::string_view slot, const Value* value) {
    const Value* old = before.get(object, slot);
    if (old != nullptr && slot != kCalls && !same_value(*old, *value) && !outlives_turn(*value))
      changed.emplace_back(object, slot);
  });
  for (const auto& [object, slot] : changed)
    after.set(object, slot, machine_.unknown(UnknownReason::loop));
}

/// A loop of one block is tested at its end, as one is whose first block leads on alone.
bool MethodRun::is_tested_first(std::size_t loop) const {
  const std::size_t head = code_.loops()[loop].head;
  const auto& successors = code_.blocks()[head].successors;
  return std::ranges::find(successors, head) == successors.end() &&
         std::ranges::any_of(successors, [&](std::size_t next) { return !code_.contains(loop, next); });
}

}  // namespace preflight
