#include "fuzz_target.h"
#include "maven/pom_document.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return preflight::fuzz::run(data, size,
                              [](std::span<const std::byte> bytes) { preflight::parse_pom(bytes, "fuzzed.xml"); });
}
