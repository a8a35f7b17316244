#include "fuzz_target.h"
#include "sql/table_options.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return preflight::fuzz::run(data, size, [](std::span<const std::byte> bytes) {
    preflight::table_options_of({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  });
}
