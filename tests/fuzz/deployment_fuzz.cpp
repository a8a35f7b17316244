#include "deployment/deployment_file.h"
#include "fuzz_target.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // Where content cannot tell what a file is, its name does: each is tried.
  for (const char* name : {"fuzzed", "main.tf", "a.tfvars", "a.tfvars.json", "flink-conf.yaml", "a.yaml"})
    preflight::fuzz::run(data, size, [&](std::span<const std::byte> bytes) {
      preflight::parse_deployments({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, name);
    });
  return 0;
}
