#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <chrono>
#include <random>

#include "fixture_paths.h"
#include "input/file_bytes.h"
#include "metadata_builder.h"
#include "savepoint/savepoint_assembly.h"
#include "savepoint/stream_header.h"

using namespace preflight;
using namespace preflight::test;

namespace {

using Bytes = std::vector<std::byte>;

/// Small savepoints of Flink 1.15, 1.20 and 2.2: metadata versions 3, 4 and 6.
constexpr std::array kSavepoints = {"states/1.15/rocksdb-native", "counts/1.20/hashmap-canonical",
                                    "states/2.2/rocksdb-native"};

Bytes metadata_of(const char* savepoint) {
  return read_file(fixtures() / "savepoints" / savepoint / "_metadata", 1 << 20U, "_metadata");
}

const InputPlace kPlace{"damaged"};

/// Whether it was read; an InputError is the only other way out.
bool is_read(std::span<const std::byte> bytes) {
  try {
    assemble_savepoint(bytes, kPlace, StateFiles::none());
    return true;
  } catch (const InputError& error) {
    CHECK_FALSE(std::string(error.what()).empty());
    return false;
  }
}

/// What a length or a count is replaced by: nothing, one, minus one, and the largest and smallest numbers.
constexpr std::array<std::uint32_t, 5> kExtremes = {0, 1, 0xFFFFFFFF, 0x7FFFFFFF, 0x80000000};

/// Calls `visit` with copies of `sample` in which four bytes, at each place in turn, are an extreme number.
template <typename Visit>
void for_each_extreme(std::span<const std::byte> sample, const Visit& visit) {
  Bytes bytes(sample.begin(), sample.end());
  for (std::size_t at = 0; at + 4 <= bytes.size(); ++at) {
    for (const std::uint32_t extreme : kExtremes) {
      for (std::size_t i = 0; i < 4; ++i)
        bytes[at + i] = static_cast<std::byte>((extreme >> (24 - 8 * i)) & 0xFFU);
      visit(bytes);
    }
    std::copy_n(sample.begin() + static_cast<std::ptrdiff_t>(at), 4, bytes.begin() + static_cast<std::ptrdiff_t>(at));
  }
}

/// A version 2 file with one of everything, which no fixture is small and old enough for.
Bytes old_metadata() {
  Operator state;
  state.parallelism = 2;
  state.subtasks = {
      {.index = 0,
       .managed_operator = operator_handle(
           {{"offsets", 0}}, inline_stream(operator_header({list_state_info("offsets", long_snapshot())}))),
       .managed_keyed = key_groups_handle(
           3, {0, 5}, inline_stream(keyed_header(string_snapshot(), {value_state_info("x", long_snapshot())})))},
      {.index = 1}};
  return MetadataBuilder(2)
      .master_state(JavaBytes().i4(1).utf("hook").framed(JavaBytes().i4(1)))
      .add(state)
      .build()
      .get();
}

std::vector<Bytes> samples() {
  std::vector<Bytes> all = {old_metadata()};
  for (const char* savepoint : kSavepoints)
    all.push_back(metadata_of(savepoint));
  return all;
}

}  // namespace

TEST_CASE("No prefix of a _metadata passes for the whole") {
  for (const Bytes& bytes : samples()) {
    REQUIRE(is_read(bytes));
    std::size_t accepted = 0;
    for (std::size_t length = 0; length < bytes.size(); ++length)
      accepted += is_read(std::span(bytes).first(length)) ? 1U : 0U;
    CHECK(accepted == 0);
  }
}

TEST_CASE("No prefix of a state header passes for the whole") {
  const JavaBytes keyed =
      keyed_header(string_snapshot(), {value_state_info("a", long_snapshot()), value_state_info("b", long_snapshot())});
  const JavaBytes lists =
      operator_header({list_state_info("a", long_snapshot())}, {list_state_info("b", string_snapshot())});
  for (std::size_t length = 0; length < keyed.size(); ++length)
    CHECK(read_keyed_state_header({std::span(keyed.get()).first(length), kPlace}).problem);
  for (std::size_t length = 0; length < lists.size(); ++length)
    CHECK(read_operator_state_header({std::span(lists.get()).first(length), kPlace}).problem);
}

TEST_CASE("A number in a state file that is replaced by an extreme one is read or refused") {
  std::size_t streams = 0;
  for (const char* savepoint : {"states/1.15/rocksdb-native", "states/2.2/rocksdb-native"}) {
    for (const auto& file : std::filesystem::directory_iterator(fixtures() / "savepoints" / savepoint)) {
      const Bytes bytes = read_file(file.path(), 1 << 20U, "a state file");
      for (StreamHeader (*read_header)(ByteReader) : {read_operator_state_header, read_keyed_state_header}) {
        const StreamHeader whole = read_header({bytes, kPlace});
        if (whole.problem || whole.states.empty())
          continue;
        ++streams;
        std::size_t refused = 0;
        for_each_extreme(std::span(bytes).first(whole.length), [&](const Bytes& damaged) {
          refused += read_header({damaged, kPlace}).problem ? 1U : 0U;
        });
        CHECK(refused > 0);
      }
    }
  }
  CHECK(streams > 10);
}

TEST_CASE("A number that is replaced by an extreme one is read or refused in bounded time and memory") {
  for (const Bytes& sample : {old_metadata(), metadata_of("counts/2.2/hashmap-canonical")}) {
    std::size_t read = 0;
    for_each_extreme(sample, [&](const Bytes& damaged) { read += is_read(damaged) ? 1U : 0U; });
    // Offsets, IDs and the values of state may be anything; magics, counts and types may not.
    CHECK(read > 0);
    CHECK(read < sample.size() * kExtremes.size());
  }
}

TEST_CASE("A hundred thousand flipped bits neither crash nor stall the reader") {
  constexpr int kFlips = 100'000;
  const std::vector<Bytes> all = samples();
  std::mt19937 random(20240917);
  const auto start = std::chrono::steady_clock::now();
  int refused = 0;
  for (int i = 0; i < kFlips; ++i) {
    Bytes bytes = all[static_cast<std::size_t>(i) % all.size()];
    const std::size_t bit = random() % (bytes.size() * 8);
    bytes[bit / 8] ^= std::byte{1} << (bit % 8);
    refused += is_read(bytes) ? 0 : 1;
  }
  CHECK(refused > 0);
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::minutes(5));
}
