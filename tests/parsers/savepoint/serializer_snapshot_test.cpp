#include "savepoint/serializer_snapshot.h"

#include <catch2/catch.hpp>

using namespace preflight;

namespace {

SerializerSnapshot leaf(const char* serializer) {
  SerializerSnapshot snapshot;
  snapshot.serializer = serializer;
  return snapshot;
}

SerializerSnapshot order() {
  SerializerSnapshot list = leaf("ListSerializer");
  list.nested = {leaf("KryoSerializer")};
  list.nested[0].parameters = {{"class", "com.example.Tag"}, {"registrations", std::vector<std::string>{"a", "b"}}};
  SerializerSnapshot order = leaf("PojoSerializer");
  order.parameters = {{"class", "com.example.Order"}};
  order.fields = {
      {"id", "com.example.Order", {leaf("LongSerializer")}}, {"tags", "com.example.Order", {list}}, {"gone", "", {}}};
  return order;
}

}  // namespace

TEST_CASE("A serializer snapshot reads as one line") {
  CHECK(to_text(order()) ==
        "PojoSerializer[com.example.Order]{id: LongSerializer, tags: ListSerializer<KryoSerializer[com.example.Tag]>, "
        "gone: no serializer}");
  SerializerSnapshot level = leaf("EnumSerializer");
  level.parameters = {{"class", "Level"},
                      {"constants", std::vector<std::string>{"LOW", "HIGH"}},
                      {"legacy", true},
                      {"precision", std::int64_t{3}},
                      {"types", std::vector<std::string>{}}};
  CHECK(to_text(level) == "EnumSerializer[Level](constants: LOW, HIGH, legacy: true, precision: 3)");
}

TEST_CASE("string_parameter finds text only") {
  const SerializerSnapshot pojo = order();
  REQUIRE(string_parameter(pojo, "class") != nullptr);
  CHECK(*string_parameter(pojo, "class") == "com.example.Order");
  CHECK(string_parameter(pojo, "schema") == nullptr);
  CHECK(string_parameter(pojo.fields[1].serializer[0].nested[0], "registrations") == nullptr);
}

TEST_CASE("for_each_snapshot visits fields and nested snapshots with their paths") {
  std::vector<std::string> visited;
  for_each_snapshot(order(), "order", [&](const SerializerSnapshot& snapshot, const std::string& path) {
    visited.push_back(path + " " + snapshot.serializer);
  });
  CHECK(visited == std::vector<std::string>{"order PojoSerializer", "order.id LongSerializer",
                                            "order.tags ListSerializer", "order.tags[0] KryoSerializer"});
}

TEST_CASE("Snapshots are equal only with the same parameters, nested snapshots and fields") {
  CHECK(order() == order());
  SerializerSnapshot other = order();
  other.fields[1].serializer[0].nested[0].parameters[0].value = std::string("com.example.Other");
  CHECK_FALSE(other == order());
}
