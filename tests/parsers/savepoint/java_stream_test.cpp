#include "savepoint/java_stream.h"

#include <catch2/catch.hpp>

#include "java_stream_builder.h"
#include "savepoint/checkpoint_properties.h"
#include "savepoint/logical_type.h"

using namespace preflight;
using namespace preflight::test;

namespace {

const InputPlace kPlace{"stream"};

/// Reads one stream and requires that it ends where the bytes end.
JavaStream read(const JavaBytes& bytes) {
  ByteReader reader(bytes.get(), kPlace);
  JavaStream stream = read_java_stream(reader);
  REQUIRE(reader.at_end());
  return stream;
}

std::string type_text(const JavaBytes& content) {
  return logical_type_text(read(java_stream(content))).value_or("too long");
}

}  // namespace

TEST_CASE("Fields of a Java object are found by name, the own class first") {
  const JavaBytes base = java_class("Base", {{'I', "size"}, {'Z', "flag"}});
  const JavaBytes own = java_class("Own", {{'J', "size"}, {'L', "name"}, {'[', "data"}}, base);
  const JavaBytes values = JavaBytes()
                               .i4(7)
                               .u1(1)
                               .i8(-9)
                               .add(java_string("ten"))
                               .add(JavaBytes().u1(0x75).add(java_class("[I")).i4(2).i4(1).i4(2));
  const JavaStream stream = read(java_stream(java_object(own, values)));
  const JavaNode& object = stream.node(stream.root);
  CHECK(stream.class_name(object) == "Own");
  CHECK(stream.number_field(object, "size") == -9);
  CHECK(stream.number_field(object, "flag") == 1);
  CHECK(stream.text_field(object, "name") == "ten");
  REQUIRE(stream.object_field(object, "data") != nullptr);
  CHECK(stream.class_name(*stream.object_field(object, "data")) == "[I");
  CHECK_FALSE(stream.field(object, "absent"));
  CHECK(stream.object_field(object, "size") == nullptr);
  CHECK_FALSE(stream.number_field(object, "name"));
}

TEST_CASE("Every element of the grammar is read to its end") {
  struct Row {
    const char* name;
    JavaBytes content;
    JavaNode::Kind kind;
  };
  const std::vector<Row> rows = {
      {"null", java_null(), JavaNode::Kind::null},
      {"string", java_string("text"), JavaNode::Kind::text},
      {"long string", JavaBytes().u1(0x7C).i8(3).text("abc"), JavaNode::Kind::text},
      {"enum constant", java_enum("Level", "HIGH"), JavaNode::Kind::enum_constant},
      {"class", JavaBytes().u1(0x76).add(java_class("Thing")), JavaNode::Kind::class_object},
      {"class descriptor", java_class("Thing", {{'D', "x"}}), JavaNode::Kind::class_descriptor},
      {"proxy", java_object(JavaBytes().u1(0x7D).i4(1).utf("java.util.List").u1(0x78).add(java_null())),
       JavaNode::Kind::object},
      {"object array",
       JavaBytes().u1(0x75).add(java_class("[Ljava.lang.String;")).i4(2).add(java_string("a")).add(java_null()),
       JavaNode::Kind::array},
      {"primitive arrays", JavaBytes().u1(0x75).add(java_class("[J")).i4(1).i8(5), JavaNode::Kind::array},
      {"block data", JavaBytes().u1(0x77).u1(2).i2(1), JavaNode::Kind::block_data},
      {"long block data", JavaBytes().u1(0x7A).i4(2).i2(1), JavaNode::Kind::block_data},
      {"reset", JavaBytes().u1(0x79).add(java_null()), JavaNode::Kind::null},
      {"written by writeObject",
       java_object(java_class("List", {{'I', "size"}}, java_null(), 0x03),
                   JavaBytes().i4(1).u1(0x77).u1(1).u1(9).add(java_string("element")).u1(0x79).u1(0x78)),
       JavaNode::Kind::object},
      {"externalizable",
       java_object(java_class("Ext", {}, java_null(), 0x0C), JavaBytes().u1(0x77).u1(1).u1(9).u1(0x78)),
       JavaNode::Kind::object},
      {"an object that refers to itself", java_object(java_class("Self", {{'L', "me"}}), java_reference(2)),
       JavaNode::Kind::object},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const JavaStream stream = read(java_stream(row.content));
    CHECK(stream.node(stream.root).kind == row.kind);
  }
}

TEST_CASE("What is no Java object stream is refused") {
  JavaBytes deep = java_null();
  for (int i = 0; i < 300; ++i)
    deep = java_object(java_class("Deep", {{'L', "next"}}), deep);
  JavaBytes many = JavaBytes().u1(0x75).add(java_class("[Ljava.lang.Object;")).i4(300'000);
  for (int i = 0; i < 300'000; ++i)
    many.u1(0x70);
  struct Row {
    const char* name;
    JavaBytes bytes;
    InputErrorKind kind;
    const char* message;
  };
  const std::vector<Row> rows = {
      {"magic", JavaBytes().i4(1), InputErrorKind::corrupt,
       "expected a Java object stream 0xACED0005, found 0x00000001"},
      {"tag", java_stream(JavaBytes().u1(0x20)), InputErrorKind::corrupt,
       "expected the type of a Java object, found 0x20"},
      {"reference to nothing", java_stream(java_reference(0)), InputErrorKind::corrupt,
       "expected a reference to one of 0 Java objects, found 0x007E0000"},
      {"reference below the first", java_stream(JavaBytes().u1(0x71).i4(0)), InputErrorKind::corrupt,
       "expected a reference to one of 0 Java objects, found 0x00000000"},
      {"object of null class", java_stream(java_object(java_null())), InputErrorKind::corrupt,
       "expected a Java class descriptor, found null"},
      {"object of a string", java_stream(java_object(java_string("x"))), InputErrorKind::corrupt,
       "expected a Java class descriptor, found another object"},
      {"class that is its own superclass", java_stream(java_class("Loop", {}, java_reference(0))),
       InputErrorKind::corrupt, "expected a Java class descriptor, found another object"},
      {"type of a field", java_stream(java_class("X", {{'Q', "q"}})), InputErrorKind::corrupt,
       "expected the type of a Java field, found 0x51"},
      {"number of fields", java_stream(JavaBytes().u1(0x72).utf("X").i8(1).u1(2).i2(-1)), InputErrorKind::truncated,
       "expected 65535 fields of a Java class, found 0 bytes left"},
      {"length of a string", java_stream(JavaBytes().u1(0x7C).i8(-1)), InputErrorKind::truncated,
       "expected Java string (18446744073709551615 bytes), found 0 left"},
      {"length of an array", java_stream(JavaBytes().u1(0x75).add(java_class("[J")).i4(1000)), InputErrorKind::corrupt,
       "expected length of a Java array that fits the 0 bytes left, found 1000"},
      {"externalizable of protocol 1", java_stream(java_object(java_class("Ext", {}, java_null(), 0x04))),
       InputErrorKind::unsupported, "expected a Serializable, found the Externalizable Ext of protocol 1"},
      {"depth", java_stream(deep), InputErrorKind::over_limit,
       "expected Java objects nested at most 200 deep, found more"},
      {"number of values", java_stream(many), InputErrorKind::over_limit,
       "expected at most 100000 values in a Java object stream, found more"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    ByteReader reader(row.bytes.get(), kPlace);
    try {
      read_java_stream(reader);
      FAIL("no error");
    } catch (const InputError& error) {
      CHECK_THAT(error.what(), Catch::Contains(row.message));
      CHECK(error.kind() == row.kind);
    }
  }
}

TEST_CASE("CheckpointProperties come from their own class only") {
  const JavaBytes type =
      java_object(java_class("org.apache.flink.runtime.checkpoint.SavepointType", {{'L', "formatType"}, {'L', "name"}}),
                  java_enum("org.apache.flink.core.execution.SavepointFormatType", "NATIVE")
                      .add(java_string("Terminate Savepoint")));
  const JavaBytes properties =
      java_stream(java_object(java_class("org.apache.flink.runtime.checkpoint.CheckpointProperties",
                                         {{'Z', "forced"}, {'Z', "unclaimed"}, {'L', "checkpointType"}}),
                              JavaBytes().u1(1).u1(0).add(type)));
  ByteReader reader(properties.get(), kPlace);
  const auto found = read_checkpoint_properties(reader);
  REQUIRE(found);
  CHECK(found->type == "Terminate Savepoint");
  CHECK(found->format == "NATIVE");
  CHECK(found->flags == std::vector<std::pair<std::string, bool>>{{"forced", true}, {"unclaimed", false}});

  const JavaBytes other = java_stream(java_object(java_class("com.example.Other")));
  ByteReader other_reader(other.get(), kPlace);
  CHECK_THROWS_WITH(read_checkpoint_properties(other_reader),
                    "stream, offset 0: expected an object of org.apache.flink.runtime.checkpoint.CheckpointProperties, "
                    "found one of 'com.example.Other'");
}

TEST_CASE("Logical types read as SQL") {
  const JavaBytes list_of_fields =
      java_object(java_class("java.util.ArrayList", {{'I', "size"}}, java_null(), 0x03),
                  JavaBytes()
                      .i4(1)
                      .u1(0x77)
                      .u1(4)
                      .i4(1)
                      .add(java_object(java_class("RowField", {{'L', "name"}, {'L', "type"}}),
                                       java_string("id").add(logical_type("BigIntType", "BIGINT", false))))
                      .u1(0x78));
  const std::vector<JavaField> many_fields(100, {'Z', "field"});
  struct Row {
    JavaBytes type;
    const char* text;
  };
  const std::vector<Row> rows = {
      {logical_type("IntType", "INTEGER", false), "INT NOT NULL"},
      {logical_type("BigIntType", "BIGINT", true), "BIGINT"},
      {logical_type("VarCharType", "VARCHAR", true, {{'I', "length"}}, JavaBytes().i4(20)), "VARCHAR(20)"},
      {logical_type("VarCharType", "VARCHAR", true, {{'I', "length"}}, JavaBytes().i4(0x7FFFFFFF)), "STRING"},
      {logical_type("VarBinaryType", "VARBINARY", true, {{'I', "length"}}, JavaBytes().i4(0x7FFFFFFF)), "BYTES"},
      {logical_type("CharType", "CHAR", true, {{'I', "length"}}, JavaBytes().i4(0x7FFFFFFF)), "CHAR(2147483647)"},
      {logical_type("DecimalType", "DECIMAL", true, {{'I', "precision"}, {'I', "scale"}}, JavaBytes().i4(38).i4(2)),
       "DECIMAL(38, 2)"},
      {logical_type("TimestampType", "TIMESTAMP_WITHOUT_TIME_ZONE", true, {{'I', "precision"}, {'L', "kind"}},
                    JavaBytes().i4(3).add(java_enum("TimestampKind", "ROWTIME"))),
       "TIMESTAMP(3) *ROWTIME*"},
      {logical_type("ZonedTimestampType", "TIMESTAMP_WITH_TIME_ZONE", true, {{'I', "precision"}}, JavaBytes().i4(6)),
       "TIMESTAMP(6) WITH TIME ZONE"},
      {logical_type("DayTimeIntervalType", "INTERVAL_DAY_TIME", true, {{'I', "dayPrecision"}, {'L', "resolution"}},
                    JavaBytes().i4(2).add(java_enum("DayTimeResolution", "DAY_TO_SECOND"))),
       "INTERVAL DAY_TO_SECOND(2)"},
      {logical_type("ArrayType", "ARRAY", true, {{'L', "elementType"}}, logical_type("IntType", "INTEGER", true)),
       "ARRAY<INT>"},
      {logical_type("MapType", "MAP", true, {{'L', "keyType"}, {'L', "valueType"}},
                    logical_type("IntType", "INTEGER", true).add(logical_type("DateType", "DATE", true))),
       "MAP<INT, DATE>"},
      {logical_type("RowType", "ROW", true, {{'L', "fields"}}, list_of_fields), "ROW<`id` BIGINT NOT NULL>"},
      {logical_type("StructuredType", "STRUCTURED_TYPE", true, {{'L', "implementationClass"}, {'L', "attributes"}},
                    JavaBytes().u1(0x76).add(java_class("com.example.User")).add(list_of_fields)),
       "com.example.User<`id` BIGINT NOT NULL>"},
      {logical_type("RawType", "RAW", true, {{'L', "clazz"}}, JavaBytes().u1(0x76).add(java_class("com.example.Raw"))),
       "RAW('com.example.Raw')"},
      {java_object(java_class("AtomicDataType", {{'L', "logicalType"}}), logical_type("IntType", "INTEGER", true)),
       "INT"},
      {java_object(java_class("com.example.NoType")), "com.example.NoType"},
      {logical_type("ArrayType", "ARRAY", true, {{'L', "elementType"}}, java_reference(4)), "too long"},
      {logical_type("WideType", "INTEGER", true, many_fields, JavaBytes().text(std::string(many_fields.size(), '\0'))),
       "too long"},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(type_text(row.type) == row.text);
  }
}

TEST_CASE("A type that shares its parts does not grow without bound") {
  // Each level is a map whose key and value are the level below: 2^50 leaves in a few kilobytes. The map's value refers
  // to its key by number: descriptors, strings and objects count as they appear.
  JavaBytes type = logical_type("IntType", "INTEGER", true);
  unsigned next = 0;
  const auto level = [&](const JavaBytes& below, unsigned below_index) {
    return logical_type("MapType", "MAP", true, {{'L', "keyType"}, {'L', "valueType"}},
                        JavaBytes(below).add(java_reference(below_index)));
  };
  // Numbers that a level takes before its key: descriptor, 2 signatures, base descriptor, 1 signature, the object, then
  // the enum's 2 descriptors, constant and name.
  constexpr unsigned kNumbersPerLevel = 10;
  constexpr unsigned kObjectWithinLevel = 5;
  constexpr unsigned kLevels = 50;
  for (unsigned i = kLevels; i > 0; --i) {
    next = i * kNumbersPerLevel + (i == kLevels ? 3 : kObjectWithinLevel);
    type = level(type, next);
  }
  CHECK(type_text(type) == "too long");
}
