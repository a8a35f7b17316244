#include "fuzz_target.h"
#include "savepoint/snapshot_reader.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace preflight;
  return fuzz::run(data, size, [](std::span<const std::byte> bytes) {
    ByteReader reader(bytes, fuzz::kPlace);
    to_text(SnapshotReader().read_with_layout_version(reader));
  });
}
