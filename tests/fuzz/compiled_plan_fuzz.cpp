#include "fuzz_target.h"
#include "sql/compiled_plan.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return preflight::fuzz::run(data, size, [](std::span<const std::byte> bytes) {
    for (const preflight::PlanNode& node : preflight::parse_compiled_plan(bytes, "fuzzed.json").nodes)
      node.indices("uniqueKeys");
  });
}
