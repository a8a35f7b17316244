#include "document/document.h"
#include "fuzz_target.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return preflight::fuzz::run(data, size, [](std::span<const std::byte> bytes) {
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    // Small limits: what they let through is soon told, and both sides of each are reached.
    const preflight::DocumentLimits limits{.nodes = 10'000, .text_bytes = 100'000, .depth = 20};
    for (const preflight::DocumentNode& document : preflight::parse_documents(text, "fuzzed", limits))
      preflight::find(document, {"spec", "job", "upgradeMode"});
  });
}
