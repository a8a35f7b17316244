#include <vector>

#include "archive/jar.h"
#include "archive/manifest.h"
#include "fuzz_target.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace preflight;
  return fuzz::run(data, size, [](std::span<const std::byte> bytes) {
    constexpr std::uint64_t kEntryBytes = std::uint64_t{1} << 22U;
    const JarLimits limits{.entry_bytes = kEntryBytes, .total_bytes = 4 * kEntryBytes};
    const Jar jar = Jar::open(std::vector<std::byte>(bytes.begin(), bytes.end()), fuzz::kPlace, limits);
    std::vector<std::byte> content;
    for (const JarEntry& entry : jar.entries()) {
      jar.read(entry, content);
      if (entry.name == "META-INF/MANIFEST.MF")
        parse_manifest(content, fuzz::kPlace);
    }
  });
}
