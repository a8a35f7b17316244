#include "classfile/class_file.h"
#include "fuzz_target.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return preflight::fuzz::run(data, size, [](std::span<const std::byte> bytes) {
    preflight::parse_class_file(bytes, preflight::fuzz::kPlace);
  });
}
