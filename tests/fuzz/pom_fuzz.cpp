#include "fuzz_target.h"
#include "maven/maven_version.h"
#include "maven/pom_document.h"

/// A pom, and its versions taken for ranges: these are texts of a grammar of their own.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return preflight::fuzz::run(data, size, [](std::span<const std::byte> bytes) {
    const auto pom = preflight::parse_pom(bytes, "fuzzed.xml");
    for (const auto& dependency : pom.section.dependencies)
      if (const auto range = preflight::VersionRange::parse(dependency.version.text))
        range->highest_of({"1.0", dependency.version.text});
  });
}
