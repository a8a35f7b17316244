#include <array>
#include <catch2/catch.hpp>

#include "counted_memory.h"
#include "fixture_paths.h"
#include "hostile_savepoints.h"
#include "input/file_bytes.h"
#include "metadata_builder.h"
#include "savepoint/savepoint_assembly.h"
#include "temporary_folder.h"

using namespace preflight;
using namespace preflight::test;

namespace {

using Bytes = std::vector<std::byte>;

/// What reading files of so many bytes may take, these bytes included.
std::uint64_t promised(std::uint64_t file_bytes) {
  constexpr std::uint64_t kFixed = std::uint64_t{64} << 20U;
  constexpr std::uint64_t kPerByte = 16;
  return kFixed + kPerByte * file_bytes;
}

struct Reading {
  std::uint64_t memory = 0;
  std::string outcome;  ///< The message of a refusal, or the first reason for a part that is not read, or "read".
};

template <typename Read>
Reading measure(const Read& read) {
  Reading reading;
  reading.memory = peak_memory_of([&] {
    try {
      const Savepoint savepoint = read();
      reading.outcome = "read";
      for (const OperatorState& state : savepoint.operators)
        if (!state.unread.empty())
          reading.outcome = state.unread.front();
    } catch (const InputError& error) {
      reading.outcome = error.what();
    }
  });
  return reading;
}

/// With the memory of `bytes`.
Reading read_bytes(const Bytes& bytes) {
  Reading reading = measure([&] { return assemble_savepoint(bytes, {"hostile"}, StateFiles::none()); });
  reading.memory += bytes.size();
  return reading;
}

}  // namespace

TEST_CASE("The memory for a hostile savepoint stays below 64 MiB and 16 times its size") {
  for (const HostileSavepoint& hostile : hostile_savepoints()) {
    const Bytes bytes = hostile.make().get();
    const Reading reading = read_bytes(bytes);
    CAPTURE(hostile.name, bytes.size(), reading.memory);
    CHECK(reading.memory < promised(bytes.size()));
    CHECK_THAT(reading.outcome, Catch::Contains(hostile.outcome));
  }
}

TEST_CASE("The memory for a damaged savepoint stays below 64 MiB and 16 times its size") {
  constexpr std::array<unsigned, 5> kExtremes = {0x00, 0x01, 0x7F, 0x80, 0xFF};
  for (const char* savepoint : {"states/1.15/rocksdb-native", "counts/2.2/hashmap-canonical"}) {
    Bytes bytes = read_file(fixtures() / "savepoints" / savepoint / "_metadata", 1 << 20U, "_metadata");
    std::uint64_t most = 0;
    for (std::byte& byte : bytes) {
      const std::byte before = byte;
      for (const unsigned extreme : kExtremes) {
        byte = static_cast<std::byte>(extreme);
        most = std::max(most, read_bytes(bytes).memory);
      }
      byte = before;
    }
    CAPTURE(savepoint, bytes.size(), most);
    CHECK(most < promised(bytes.size()));
  }
}

TEST_CASE("The memory for state files stays below 64 MiB and 16 times their size and that of _metadata") {
  // The first state of a header can have a name so long that it covers the beginnings of other headers, which all end
  // with the same states: a handle for each of them, in an operator of its own, makes much of one file.
  constexpr std::int16_t kStates = 1000;
  constexpr std::uint64_t kOperators = 3000;
  constexpr std::uint64_t kHeaderStart = 8;
  MetadataBuilder builder(4);
  JavaBytes file;
  for (std::uint64_t i = 0; i < kOperators; ++i) {
    Operator state;
    const JavaBytes stream = segment_stream("merged", static_cast<std::int64_t>(file.size()), 1'000'000);
    state.subtasks = {{.index = 0, .managed_operator = operator_handle({}, stream)}};
    builder.add(state);
    file.i4(5).i2(kStates).i2(static_cast<std::int16_t>((kOperators - i - 1) * kHeaderStart));
  }
  file.i4(1).i4(0).i4(0);
  for (int i = 1; i < kStates; ++i)
    file.utf(std::to_string(i)).i4(1).i4(0).i4(0);
  file.text(std::string(1'100'000, '\0'));

  const TemporaryFolder folder;
  const JavaBytes metadata = builder.build();
  folder.write("_metadata", metadata.string());
  folder.write("merged", file.string());
  const Reading reading = measure([&] { return read_savepoint(folder.path()); });
  CAPTURE(metadata.size(), file.size(), reading.memory);
  CHECK(reading.memory < promised(metadata.size() + file.size()));
  CHECK_THAT(reading.outcome, Catch::Contains("expected operators and states that take at most"));
}
