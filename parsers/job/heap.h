#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "job/job_value.h"

namespace preflight {

/// What objects hold on one path through the code: slots, by object and name. A copy is another path, which sees what
/// was stored before it parted and nothing of what the other stores later; both share what they have in common.
class Heap {
 public:
  Heap();

  /// nullptr where nothing was stored: on this path there is no such object.
  const Value* get(std::uint32_t object, std::string_view slot) const;
  void set(std::uint32_t object, std::string_view slot, const Value* value);

  /// The heap behind the point where two paths meet: where they stored different values, either.
  static Heap join(Heap a, Heap b, ValueStore& values);

  using Visit = std::function<void(std::uint32_t object, std::string_view slot, const Value* value)>;
  /// What has been stored since the path was where `before` is, each slot with its value of now.
  void visit_changes(const Heap& before, const Visit& visit) const;
  /// Takes over for all paths, past and future, what has been stored since `before`.
  void publish_changes(const Heap& before) const;

 private:
  struct Slot {
    std::uint32_t object = 0;
    const std::string* name = nullptr;  ///< Of `Shared::names`, so that the same name is the same pointer.
    auto operator<=>(const Slot&) const = default;
  };
  using Slots = std::map<Slot, const Value*>;
  struct Layer {
    std::shared_ptr<Layer> below;
    std::size_t height = 0;
    Slots slots;
  };
  /// What all copies of a heap have in common.
  struct Shared {
    std::set<std::string, std::less<>> names;
    std::shared_ptr<Layer> root = std::make_shared<Layer>();
  };

  Slot slot_of(std::uint32_t object, std::string_view name) const;
  const Value* get(const Slot& slot) const;
  void write(const Slot& slot, const Value* value);
  void push_layer();
  static std::shared_ptr<Layer> common_layer(const Heap& a, const Heap& b);
  Slots changes_since(const Layer& layer) const;

  std::shared_ptr<Shared> shared_;
  std::shared_ptr<Layer> top_;
};

}  // namespace preflight
