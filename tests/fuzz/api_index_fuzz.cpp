#include "api/api_index.h"
#include "fuzz_target.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace preflight;
  return fuzz::run(data, size, [](std::span<const std::byte> bytes) {
    const ApiIndex index = ApiIndex::read(bytes, fuzz::kPlace);
    for (const std::string_view package : index.packages())
      for (const ApiClass& declared : index.classes_of(package))
        index.find_class(declared.name);
  });
}
