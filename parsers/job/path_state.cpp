#include "job/path_state.h"

#include <utility>

#include "job/machine.h"

namespace preflight {
namespace {

StackEntry join(const StackEntry& a, const StackEntry& b, ValueStore& values) {
  if (a.value == nullptr || b.value == nullptr || a.wide != b.wide)
    return {};  // A local that one path alone has set is out of use.
  return {values.either(a.value, b.value), a.wide};
}

}  // namespace

PathState join(PathState a, PathState b, ValueStore& values) {
  if (a.stack.size() != b.stack.size())
    throw Unverified{};
  const std::size_t longest = std::max(a.locals.size(), b.locals.size());
  a.locals.resize(longest);
  b.locals.resize(longest);
  for (std::size_t i = 0; i < longest; ++i)
    a.locals[i] = join(a.locals[i], b.locals[i], values);
  for (std::size_t i = 0; i < a.stack.size(); ++i) {
    a.stack[i] = join(a.stack[i], b.stack[i], values);
    if (a.stack[i].value == nullptr)
      throw Unverified{};
  }
  a.heap = Heap::join(std::move(a.heap), std::move(b.heap), values);
  a.weight += b.weight;
  a.acted = a.conditional() && (a.acted || b.acted);
  if (a.result == nullptr || b.result == nullptr)
    a.result = a.result == nullptr ? b.result : a.result;
  else
    a.result = values.either(a.result, b.result);
  return a;
}

}  // namespace preflight
