#include "fuzz_target.h"
#include "savepoint/savepoint_assembly.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace preflight;
  return fuzz::run(data, size, [](std::span<const std::byte> bytes) {
    assemble_savepoint(bytes, fuzz::kPlace, StateFiles::none());
  });
}
