#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <limits>
#include <map>

#include "fixture_paths.h"
#include "input/file_bytes.h"
#include "savepoint/metadata.h"
#include "savepoint/snapshot_reader.h"
#include "savepoint/state_files.h"
#include "savepoint/stream_header.h"

using namespace preflight;

namespace {

constexpr std::uint64_t kLargest = std::uint64_t{1} << 26U;

/// The files of that name below a folder of the corpus, or nothing, said aloud, where there is no corpus.
std::vector<std::filesystem::path> corpus_files(const char* folder, const char* name) {
  std::vector<std::filesystem::path> files;
  if (test::corpus().empty()) {
    WARN("skipped: FLINK_PREFLIGHT_CORPUS is not set");
    return files;
  }
  for (const auto& entry : std::filesystem::recursive_directory_iterator(test::corpus() / folder))
    if (entry.path().filename() == name)
      files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

/// "a: 1, b: 2".
template <typename Key>
std::string line_of(const std::map<Key, int>& counts) {
  std::string line;
  for (const auto& [key, count] : counts)
    line += fmt::format("{}{}: {}", line.empty() ? "" : ", ", key, count);
  return line;
}

/// The smallest offset in the file of those that a handle lists; the largest number where it lists none.
std::uint64_t smallest(ByteReader offsets, bool zero_is_none) {
  std::uint64_t least = std::numeric_limits<std::uint64_t>::max();
  while (!offsets.at_end()) {
    const std::int64_t offset = offsets.i8("offset");
    if (offset > 0 || (offset == 0 && !zero_is_none))
      least = std::min(least, static_cast<std::uint64_t>(offset));
  }
  return least;
}

/// Holds the end of each state header against where the handle says that the values begin.
class HeaderEnds : public MetadataVisitor {
 public:
  explicit HeaderEnds(const std::filesystem::path& metadata)
      : place_{metadata.string()}, files_(StateFiles::beside(metadata)) {}

  const InputPlace& place() const { return place_; }

  void on_operator(const MetadataOperator&) override {}
  void on_finished_subtask() override {}
  void on_subtask(const MetadataSubtask& subtask) override {
    if (subtask.managed_operator.present)
      check(read(subtask.managed_operator.stream, read_operator_state_header), first_value(subtask.managed_operator));
    for (const KeyedStatePart& part : subtask.managed_keyed.parts) {
      if (part.kind == KeyedStatePart::Kind::incremental)
        check(read(part.stream, read_keyed_state_header), part.stream.size);
      else
        check(read(part.stream, read_keyed_state_header), smallest(part.key_group_offsets.reader(place_), true));
    }
  }

  std::map<std::string, int> counts;

 private:
  StreamHeader read(const StreamHandle& stream, StreamHeader (*read_header)(ByteReader)) {
    const StreamBytes bytes = files_.read(stream, place_, 0, kLargest);
    return read_header({bytes.bytes, bytes.place, bytes.offset});
  }

  std::uint64_t first_value(const OperatorStateHandle& handle) const {
    std::uint64_t least = std::numeric_limits<std::uint64_t>::max();
    ByteReader entries = handle.state_entries.reader(place_);
    while (!entries.at_end()) {
      entries.utf("name");
      entries.i1("mode");
      const std::uint32_t offsets = entries.count(8, "offsets");
      least = std::min(least, smallest(entries.slice(std::uint64_t{offsets} * 8, "offsets"), false));
    }
    return least;
  }

  void check(const StreamHeader& header, std::uint64_t first_value) {
    constexpr std::uint64_t kSnappyFraming = 10;
    if (header.problem)
      ++counts["unknown class"];
    else if (first_value == std::numeric_limits<std::uint64_t>::max())
      ++counts["no values"];
    else if (header.length == first_value)
      ++counts["values follow"];
    else if (header.length + kSnappyFraming == first_value)
      ++counts["compressed values follow"];
    else
      ++counts["mismatch"];
  }

  InputPlace place_;
  StateFiles files_;
};

}  // namespace

TEST_CASE("Every savepoint of the corpus is read to the last byte") {
  struct Row {
    const char* folder;
    std::size_t savepoints;
    const char* versions;
    std::size_t operators;
    std::size_t states;
    std::size_t unread;
  };
  const std::vector<Row> rows = {
      {"savepoints/flink-tests", 99, "2: 18, 3: 35, 4: 46", 678, 855, 6},
      {"savepoints/state-evolution", 1, "2: 1", 2, 3, 0},
      {"sql-restore", 116, "4: 116", 724, 872, 0},
  };
  for (const Row& row : rows) {
    INFO(row.folder);
    const auto files = corpus_files(row.folder, "_metadata");
    if (files.empty())
      continue;
    CHECK(files.size() == row.savepoints);
    std::map<std::int32_t, int> versions;
    std::size_t operators = 0;
    std::size_t states = 0;
    std::size_t unread = 0;
    for (const auto& file : files) {
      const Savepoint savepoint = read_savepoint(file);
      ++versions[savepoint.metadata_version];
      CHECK(savepoint.properties.has_value() == (savepoint.metadata_version >= 4));
      operators += savepoint.operators.size();
      for (const OperatorState& state : savepoint.operators) {
        states += state.states.size();
        unread += state.unread.size();
        // A snapshot class of Flink's own test job, which no reader can know.
        for (const std::string& reason : state.unread)
          CHECK_THAT(reason, Catch::Contains("TypeSerializerSnapshotMigrationITCase$TestSerializerSnapshot version 1"));
      }
    }
    CHECK(line_of(versions) == row.versions);
    CHECK(operators == row.operators);
    CHECK(states == row.states);
    CHECK(unread == row.unread);
  }
}

TEST_CASE("What a savepoint or checkpoint of the corpus says of itself") {
  struct Row {
    const char* name;
    const char* type;
    const char* format;
    const char* backend;
  };
  const std::vector<Row> rows = {
      {"flink1.8-rocksdb-savepoint", "", "", "hashmap-or-rocksdb-full"},
      {"flink1.14-savepoint", "", "", "canonical"},
      {"flink1.15-rocksdb-checkpoint", "", "", "hashmap-or-rocksdb-full"},
      {"flink1.15-rocksdb-savepoint-native", "", "", "canonical"},
      {"flink1.18-hashmap-checkpoint", "Checkpoint", "", "hashmap-or-rocksdb-full"},
      {"flink1.18-hashmap-savepoint-native", "Savepoint", "NATIVE", "hashmap-native"},
      {"flink1.19-rocksdb-savepoint-native", "Savepoint", "NATIVE", "rocksdb-incremental"},
      {"flink1.19-rocksdb-savepoint", "Savepoint", "CANONICAL", "canonical"},
  };
  if (corpus_files("savepoints", "_metadata").empty())
    return;
  for (const Row& row : rows) {
    INFO(row.name);
    const Savepoint savepoint = read_savepoint(test::corpus() / "savepoints/flink-tests" /
                                               (std::string("new-stateful-udf-migration-itcase-") + row.name));
    CHECK((savepoint.properties ? savepoint.properties->type : "") == row.type);
    CHECK((savepoint.properties ? savepoint.properties->format : "") == row.format);
    CHECK(savepoint.backends == std::vector<std::string>{row.backend});
  }
}

TEST_CASE("Heap timers of the RocksDB backend before Flink 1.13 are raw keyed state") {
  if (corpus_files("savepoints", "_metadata").empty())
    return;
  const Savepoint savepoint = read_savepoint(
      test::corpus() / "savepoints/flink-tests/new-stateful-udf-migration-itcase-flink1.8-rocksdb-savepoint");
  std::map<std::string, int> raw;
  for (const OperatorState& state : savepoint.operators)
    for (const State& found : state.states)
      if (found.kind == StateKind::raw_keyed)
        ++raw[found.name + ": " + to_text(found.key.value()) + ", " + to_text(found.namespace_serializer.value())];
  CHECK(line_of(raw) ==
        "timer: TupleSerializer[org.apache.flink.api.java.tuple.Tuple1]<LongSerializer>, LongSerializer: 2");
}

TEST_CASE("Every state header of the corpus ends where its values begin") {
  std::map<std::string, int> counts;
  const auto files = corpus_files(".", "_metadata");
  for (const auto& file : files) {
    INFO(file);
    HeaderEnds ends(file);
    read_metadata(read_file(file, kLargest, "_metadata"), ends.place(), ends);
    for (const auto& [outcome, count] : ends.counts)
      counts[outcome] += count;
  }
  if (!files.empty())
    CHECK(line_of(counts) == "compressed values follow: 52, no values: 313, unknown class: 6, values follow: 1522");
}

TEST_CASE("Every serializer snapshot of the corpus is read to the last byte") {
  const auto files = corpus_files("serializer-snapshots", "serializer-snapshot");
  std::map<std::string, int> serializers;
  for (const auto& file : files) {
    INFO(file);
    const auto bytes = read_file(file, kLargest, "a serializer snapshot");
    const InputPlace place{file.string()};
    ByteReader reader(bytes, place);
    SnapshotReader snapshots;
    ++serializers[snapshots.read_with_layout_version(reader).serializer];
    CHECK(reader.at_end());
    CHECK(snapshots.unread().empty());
  }
  if (files.empty())
    return;
  CHECK(files.size() == 587);
  CHECK(serializers.size() == 71);
  CHECK(serializers["PojoSerializer"] == 102);
  CHECK(serializers["KryoSerializer"] == 28);
  CHECK(serializers["EnumSerializer"] == 14);
  CHECK(serializers["AvroSerializer"] == 14);
  CHECK(serializers["TupleSerializer"] == 7);
  CHECK(serializers["TtlSerializer"] == 7);
}

TEST_CASE("Prefixes of serializer snapshots are refused") {
  for (const char* scenario : {"pojo-serializer", "kryo-", "row-serializer", "avro-"}) {
    for (const auto& file : corpus_files("serializer-snapshots", "serializer-snapshot")) {
      if (file.parent_path().filename().string().find(scenario) != 0)
        continue;
      INFO(file);
      const auto bytes = read_file(file, kLargest, "a serializer snapshot");
      const InputPlace place{file.string()};
      for (std::size_t length = 0; length < bytes.size(); ++length) {
        ByteReader reader{std::span<const std::byte>(bytes).first(length), place};
        CHECK_THROWS_AS(SnapshotReader().read_with_layout_version(reader), InputError);
      }
      break;
    }
  }
}
