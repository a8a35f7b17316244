#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "job/heap.h"
#include "job/machine.h"

namespace preflight {

/// Several calls of which one is made: each on the heap as it was before, and the heaps joined.
class Alternatives {
 public:
  explicit Alternatives(Machine& machine) : machine_(machine), before_(machine.heap) {}

  template <class Call>
  void take(Call&& call) {
    machine_.heap = before_;
    const Interpreter::Mark mark(machine_.face, true, false);
    const std::optional<const Value*> result = call();
    if (!result)
      return;
    results_.push_back(*result);
    joined_ =
        joined_ ? Heap::join(std::move(*joined_), std::move(machine_.heap), machine_.values) : std::move(machine_.heap);
  }

  std::optional<const Value*> result() {
    machine_.heap = joined_ ? std::move(*joined_) : std::move(before_);
    return results_.empty() ? std::nullopt : std::optional(machine_.values.one_of(results_));
  }

 private:
  Machine& machine_;
  Heap before_;
  std::optional<Heap> joined_;
  std::vector<const Value*> results_;
};

}  // namespace preflight
