#include "savepoint/changelog_files.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "fixture_paths.h"
#include "input/file_bytes.h"
#include "metadata_builder.h"
#include "savepoint/metadata.h"
#include "savepoint/savepoint.h"
#include "temporary_folder.h"

using namespace preflight;
using namespace preflight::test;

namespace {

/// A group of changes, as a change set has one for each key group.
JavaBytes group(std::int32_t key_group, const std::vector<JavaBytes>& changes) {
  JavaBytes bytes = JavaBytes().i4(static_cast<std::int32_t>(changes.size())).i4(key_group);
  for (const JavaBytes& change : changes)
    bytes.framed(change);
  return bytes;
}
JavaBytes change_set(const std::vector<JavaBytes>& groups) {
  JavaBytes bytes = JavaBytes().i4(static_cast<std::int32_t>(groups.size()));
  for (const JavaBytes& next : groups)
    bytes.add(next);
  return bytes;
}
JavaBytes new_state(const std::string& name) {
  return JavaBytes().u1(8).i4(7).add(value_state_info(name, long_snapshot())).text("its default value");
}
const JavaBytes kValue = JavaBytes().text("a value");

/// The one operator of a checkpoint whose changes are in the file `changes`, at these offsets.
OperatorState operator_with(const TemporaryFolder& folder, const std::vector<std::int64_t>& offsets,
                            const std::string& path = "s3://bucket/changes") {
  JavaBytes handle = JavaBytes().u1(13).i4(0).i4(128).i4(static_cast<std::int32_t>(offsets.size()));
  for (const std::int64_t offset : offsets)
    handle.i8(offset).add(file_stream(path, std::int64_t{1} << 40U));
  Operator state;
  state.subtasks = {{.managed_keyed = handle.i8(9).i8(9).utf("id").utf("filesystem")}};
  folder.write("job/chk-1/_metadata", MetadataBuilder(4).add(state).build().string());
  return read_savepoint(folder.path() / "job/chk-1").operators.at(0);
}

std::vector<std::string> names_of(const OperatorState& found) {
  std::vector<std::string> names;
  for (const State& state : found.states)
    names.push_back(state.name);
  return names;
}

/// The states that the changelog of a real checkpoint makes.
class ChangedStates : public MetadataVisitor {
 public:
  explicit ChangedStates(const std::filesystem::path& metadata)
      : place_{metadata.string()}, files_(StateFiles::beside(metadata)) {
    read_metadata(read_file(metadata, std::uint64_t{1} << 20U, "_metadata"), place_, *this);
  }

  void on_operator(const MetadataOperator&) override {}
  void on_finished_subtask() override {}
  void on_subtask(const MetadataSubtask& subtask) override {
    for (const KeyedStatePart& part : subtask.managed_keyed.parts)
      if (part.kind == KeyedStatePart::Kind::changelog_in_files)
        read_changelog_files(part, place_, files_,
                             {[&](const StreamHeader& header) { add(header); },
                              [&](const std::string& reason) { unread.push_back(reason); }});
  }

  std::vector<std::string> names;
  std::vector<std::string> unread;

 private:
  void add(const StreamHeader& header) {
    CHECK_FALSE(header.problem);
    for (const StateMetaInfo& state : header.states)
      names.push_back(state.name);
  }

  InputPlace place_;
  StateFiles files_;
};

}  // namespace

TEST_CASE("The changelog of real checkpoints names the states that changed since the last materialization") {
  for (const char* checkpoint :
       {"1.20/hashmap-changelog", "1.20/rocksdb-changelog", "2.2/hashmap-changelog", "2.2/rocksdb-changelog"}) {
    INFO(checkpoint);
    const ChangedStates found(test::fixtures() / "savepoints/checkpoints" / checkpoint / "chk/_metadata");
    CHECK(found.unread.empty());
    // Each of the two subtasks changes it with each record.
    CHECK(std::count(found.names.begin(), found.names.end(), "last") == 2);
  }
}

TEST_CASE("States are found in the change sets that a checkpoint names, and in no others") {
  const JavaBytes first = change_set({group(-1, {new_state("a"), new_state("b")}), group(3, {kValue, kValue})});
  const JavaBytes second = change_set({group(3, {kValue})});
  const JavaBytes third = change_set({group(-1, {new_state("c")})});
  const JavaBytes none = change_set({});
  const auto at_second = static_cast<std::int64_t>(first.string().size());
  const auto at_third = at_second + static_cast<std::int64_t>(second.string().size());
  const auto at_none = at_third + static_cast<std::int64_t>(third.string().size());
  const TemporaryFolder folder;
  folder.write("job/changelog/changes", JavaBytes().u1(0).add(first).add(second).add(third).add(none).string());
  struct Row {
    const char* name;
    std::vector<std::int64_t> offsets;
    std::vector<std::string> states;
  };
  const std::vector<Row> rows = {
      {"metadata before values", {0}, {"a", "b"}},
      {"values alone", {at_second}, {}},
      {"metadata alone", {at_third}, {"c"}},
      {"no changes", {at_none}, {}},
      {"several", {0, at_second, at_third, at_none}, {"a", "b", "c"}},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const OperatorState found = operator_with(folder, row.offsets);
    CHECK(names_of(found) == row.states);
    CHECK(found.unread.empty());
    CHECK(found.has_state);
    for (const State& state : found.states)
      CHECK(state.value->serializer == "LongSerializer");
  }
}

TEST_CASE("Metadata changes that are longer than the first read are read whole") {
  std::vector<JavaBytes> changes;
  for (int i = 0; i < 2000; ++i)
    changes.push_back(new_state("state number " + std::to_string(i)));
  const std::string bytes = JavaBytes().u1(0).add(change_set({group(-1, changes)})).string();
  REQUIRE(bytes.size() > 300'000);
  const TemporaryFolder folder;
  folder.write("job/changelog/changes", bytes);
  const OperatorState found = operator_with(folder, {0});
  CHECK(found.states.size() == 2000);
  CHECK(found.unread.empty());
}

TEST_CASE("A change set that cannot be read is a reason that names the file") {
  const JavaBytes states = change_set({group(-1, {new_state("a"), new_state("b")})});
  const std::string cut = JavaBytes().u1(0).add(states).string().substr(0, 150);
  struct Row {
    const char* name;
    std::string file;
    std::int64_t offset;
    std::string message;
    std::vector<std::string> states;
  };
  const std::vector<Row> rows = {
      {"compressed",
       JavaBytes().u1(1).text("\xFFsNaPpY").string(),
       0,
       ", offset 0: expected an uncompressed changelog, found a compressed one",
       {}},
      {"cut", cut, 0, "expected change (170 bytes), found 133 left", {}},
      {"beyond its end",
       JavaBytes().u1(0).add(states).string(),
       100'000,
       "expected number of groups of changes (4 bytes), found 0 left",
       {}},
      {"empty", "", 0, "expected whether the changelog is compressed (1 byte), found 0 left", {}},
      {"negative count",
       JavaBytes().u1(0).i4(1).i4(-1).i4(-1).string(),
       0,
       ", offset 5: expected number of changes",
       {}},
      {"huge count",
       JavaBytes().u1(0).i4(1).i4(0x7FFFFFFF).i4(-1).string(),
       0,
       ", offset 5: expected number of changes",
       {}},
      {"huge change",
       JavaBytes().u1(0).i4(1).i4(1).i4(-1).i4(-1).text("abcd").string(),
       0,
       "expected change (4294967295 bytes), found 4 left",
       {}},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const TemporaryFolder folder;
    folder.write("job/changelog/changes", row.file);
    const OperatorState found = operator_with(folder, {row.offset, row.offset});
    CHECK(names_of(found) == row.states);
    REQUIRE(found.unread.size() == 1);
    CHECK_THAT(found.unread[0],
               Catch::Contains("job/changelog/changes") && Catch::Contains(row.message) &&
                   Catch::EndsWith(": states made after the last materialization may be missing here"));
  }
}

TEST_CASE("A metadata change that makes no sense is a reason, and the next one is read") {
  const TemporaryFolder folder;
  const JavaBytes odd = JavaBytes().u1(7);
  folder.write("job/changelog/changes", JavaBytes().u1(0).add(change_set({group(-1, {odd, new_state("a")})})).string());
  const OperatorState found = operator_with(folder, {0});
  CHECK(names_of(found) == std::vector<std::string>{"a"});
  REQUIRE(found.unread.size() == 1);
  CHECK_THAT(found.unread[0], Catch::EndsWith("expected a metadata change 8, found 7"));
}
