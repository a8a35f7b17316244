#include "savepoint_changes.h"

#include <catch2/catch.hpp>

#include "upgrade_builder.h"

using namespace preflight;
using namespace preflight::test;

namespace {

std::vector<std::string> lines_of(const std::vector<ValueChange>& changes) {
  std::vector<std::string> lines;
  for (const ValueChange& change : changes)
    lines.push_back(change.where + ": " + change.before + " → " + change.after);
  return lines;
}

SerializerSnapshot list_of(SerializerSnapshot element) {
  return {.snapshot_class = "org.apache.flink.api.common.typeutils.base.ListSerializerSnapshot",
          .serializer = "ListSerializer",
          .version = 1,
          .nested = {std::move(element)}};
}

}  // namespace

TEST_CASE("Serializer trees differ where they differ") {
  using Lines = std::vector<std::string>;
  const auto order = [](std::vector<SerializerField> fields) { return pojo_serializer("Order", std::move(fields)); };
  const SerializerField id{"id", "Order", {long_serializer()}};
  const auto tags = [](SerializerSnapshot serializer) {
    return SerializerField{"tags", "Order", {std::move(serializer)}};
  };
  struct Row {
    const char* name;
    SerializerSnapshot before;
    SerializerSnapshot after;
    Lines lines;
  };
  const Row row = GENERATE_COPY(values<Row>({
      {"the same", order({id}), order({id}), {}},
      {"a field added", order({id}), order({id, tags(long_serializer())}), {"value.tags:  → LongSerializer"}},
      {"a field removed", order({id, tags(long_serializer())}), order({id}), {"value.tags: LongSerializer → "}},
      {"a field's serializer",
       order({tags(kryo_serializer("List"))}),
       order({tags(list_of(long_serializer()))}),
       {"value.tags: KryoSerializer[List] → ListSerializer<LongSerializer>"}},
      {"deep inside",
       order({tags(list_of(kryo_serializer("A")))}),
       order({tags(list_of(kryo_serializer("B")))}),
       {"value.tags[0] (class): A → B"}},
      {"another serializer", long_serializer(), kryo_serializer("A"), {"value: LongSerializer → KryoSerializer[A]"}},
  }));
  INFO(row.name);
  CHECK(lines_of(compare_serializers(row.before, row.after, "value")) == row.lines);
}

TEST_CASE("Two savepoints are compared operator by operator and state by state") {
  UpgradeBuilder before("1.20");
  before.operator_with_state("same", "s", long_serializer())
      .operator_with_state("changed", "s", long_serializer())
      .operator_with_state("removed", "s", long_serializer());
  UpgradeBuilder after("1.20");
  after.savepoint(6)
      .operator_with_state("same", "s", long_serializer())
      .operator_with_state("changed", "s", kryo_serializer("A"))
      .operator_with_state("added", "t", long_serializer());
  after.upgrade().savepoint->operators[0].state_bytes = 77;
  after.upgrade().savepoint->operators[0].name = "only newer metadata has names";
  after.upgrade().savepoint->operators[1].parallelism = 4;
  after.upgrade().savepoint->operators[1].states.push_back({.name = "new", .kind = StateKind::broadcast});

  const SavepointChanges changes = compare_savepoints(*before.upgrade().savepoint, *after.upgrade().savepoint);
  CHECK(lines_of(changes.values) == std::vector<std::string>{"metadata version: 4 → 6"});
  CHECK(changes.unchanged_operators == 1);
  REQUIRE(changes.operators.size() == 3);

  const OperatorChange& changed = changes.operators[0];
  CHECK(changed.change == ChangeKind::changed);
  CHECK(lines_of(changed.values) == std::vector<std::string>{"parallelism: 2 → 4"});
  REQUIRE(changed.states.size() == 2);
  CHECK(lines_of(changed.states[0].values) == std::vector<std::string>{"value: LongSerializer → KryoSerializer[A]"});
  CHECK(changed.states[1].change == ChangeKind::added);

  CHECK(changes.operators[1].change == ChangeKind::removed);
  CHECK(changes.operators[2].change == ChangeKind::added);
  CHECK(changes.operators[2].states.front().name == "t");
}
