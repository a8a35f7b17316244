#include "fuzz_target.h"
#include "savepoint/stream_header.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace preflight;
  return fuzz::run(data, size, [](std::span<const std::byte> bytes) {
    const ByteReader reader(bytes, fuzz::kPlace);
    read_operator_state_header(reader);
    read_keyed_state_header(reader);
    read_raw_timers_header(reader);
    read_changelog_metadata(reader);
  });
}
