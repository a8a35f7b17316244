#pragma once

#include <cstddef>
#include <vector>

#include "job/heap.h"
#include "job/job_value.h"

namespace preflight {

/// A local variable, or an entry of the operand stack. Values of long and double take two locals (JVMS 2.6.1) but are
/// one entry here, marked wide.
struct StackEntry {
  const Value* value = nullptr;  ///< nullptr of a local that has none.
  bool wide = false;
};

/// One path through a method, between two blocks.
struct PathState {
  std::vector<StackEntry> locals;
  std::vector<StackEntry> stack;
  Heap heap;
  /// Its share of the method's run: 1 where every run takes this path, less where a branch was left out. Paths that
  /// meet add up, so that code behind an if/else is at 1 again.
  double weight = 1;
  bool acted = false;             ///< The model took a call since the weight was 1.
  const Value* result = nullptr;  ///< Of a path that has returned.

  bool conditional() const { return weight < 1 - 1e-12; }
};

/// The path behind the point where two meet. Throws Unverified where their stacks are not alike.
PathState join(PathState a, PathState b, ValueStore& values);

}  // namespace preflight
