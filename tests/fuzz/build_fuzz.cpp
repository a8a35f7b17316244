#include "build/build_reader.h"
#include "fuzz_target.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return preflight::fuzz::run(data, size, [](std::span<const std::byte> bytes) {
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    // The name tells the kind: each input is read as every one.
    for (const char* name : {"gradle.lockfile", "libs.versions.toml", "build.gradle.kts", "requirements.txt",
                             "pyproject.toml", "bom.json"})
      try {
        preflight::parse_declared_build(text, name);
      } catch (const preflight::InputError&) {
        continue;
      }
  });
}
