#include "job/heap.h"

#include <utility>

namespace preflight {
namespace {

/// Look-ups walk all layers, so a path with more of them is flattened into one.
constexpr std::size_t kHighestHeap = 64;

/// What a slot holds where two paths meet. Of two contents of a collection the elements, where they are as many.
const Value* either_content(const Value* a, const Value* b, ValueStore& values) {
  const auto* left = a->as<SequenceValue>();
  const auto* right = b->as<SequenceValue>();
  if (a == b || (left == nullptr && right == nullptr))
    return values.either(a, b);
  if (left == nullptr || right == nullptr || left->values.size() != right->values.size())
    return values.unknown(UnknownReason::branches);
  SequenceValue joined;
  for (std::size_t i = 0; i < left->values.size(); ++i)
    joined.values.push_back(values.either(left->values[i], right->values[i]));
  return values.make(std::move(joined));
}

}  // namespace

Heap::Heap() : shared_(std::make_shared<Shared>()), top_(shared_->root) {}

Heap::Slot Heap::slot_of(std::uint32_t object, std::string_view name) const {
  auto found = shared_->names.find(name);
  if (found == shared_->names.end())
    found = shared_->names.emplace(name).first;
  return {object, &*found};
}

const Value* Heap::get(std::uint32_t object, std::string_view slot) const {
  return get(slot_of(object, slot));
}

const Value* Heap::get(const Slot& slot) const {
  for (const Layer* layer = top_.get(); layer != nullptr; layer = layer->below.get())
    if (const auto found = layer->slots.find(slot); found != layer->slots.end())
      return found->second;
  return nullptr;
}

void Heap::set(std::uint32_t object, std::string_view slot, const Value* value) {
  write(slot_of(object, slot), value);
}

void Heap::write(const Slot& slot, const Value* value) {
  if (top_.use_count() > 1)  // Another path has it too.
    push_layer();
  top_->slots[slot] = value;
}

void Heap::push_layer() {
  auto layer = std::make_shared<Layer>();
  if (top_->height >= kHighestHeap) {
    layer->slots = changes_since(*shared_->root);
    layer->below = shared_->root;
  } else {
    layer->below = top_;
  }
  layer->height = layer->below->height + 1;
  top_ = std::move(layer);
}

std::shared_ptr<Heap::Layer> Heap::common_layer(const Heap& a, const Heap& b) {
  std::shared_ptr<Layer> left = a.top_;
  std::shared_ptr<Layer> right = b.top_;
  while (left != right) {
    std::shared_ptr<Layer>& higher = left->height >= right->height ? left : right;
    higher = higher->below;
  }
  return left;
}

/// `layer` is one of this heap's.
Heap::Slots Heap::changes_since(const Layer& layer) const {
  Slots changes;
  for (const Layer* at = top_.get(); at != &layer; at = at->below.get())
    changes.insert(at->slots.begin(), at->slots.end());  // Those that are there already are newer.
  return changes;
}

Heap Heap::join(Heap a, Heap b, ValueStore& values) {
  std::shared_ptr<Layer> common = common_layer(a, b);
  Slots changes = a.changes_since(*common);
  changes.merge(b.changes_since(*common));
  for (auto& [slot, value] : changes) {
    const Value* left = a.get(slot);
    const Value* right = b.get(slot);
    // An object that one path alone has made is what that path made it.
    value = left == nullptr ? right : right == nullptr ? left : either_content(left, right, values);
  }
  // Where no third path has the common layer, this writes into it.
  a.top_ = std::move(common);
  b.top_ = nullptr;
  for (const auto& [slot, value] : changes)
    a.write(slot, value);
  return a;
}

void Heap::visit_changes(const Heap& before, const Visit& visit) const {
  for (const auto& [slot, value] : changes_since(*common_layer(*this, before)))
    visit(slot.object, *slot.name, value);
}

void Heap::publish_changes(const Heap& before) const {
  for (const auto& [slot, value] : changes_since(*common_layer(*this, before)))
    shared_->root->slots[slot] = value;
}

}  // namespace preflight
