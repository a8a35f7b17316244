#include "application/uid_calls.h"

#include <catch2/catch.hpp>
#include <functional>

#include "parsers/classfile/class_file_builder.h"

using namespace preflight;
using namespace preflight::test;

namespace {

const InputPlace kPlace{"app.jar", "com/example/Job.class"};
const char* const kOperator = "org/apache/flink/streaming/api/datastream/SingleOutputStreamOperator";
const char* const kDescriptor =
    "(Ljava/lang/String;)Lorg/apache/flink/streaming/api/datastream/SingleOutputStreamOperator;";

/// The constants that the methods below use; the builder takes them in this order.
struct Constants {
  explicit Constants(ClassFileBuilder& builder)
      : uid(builder.member(10, kOperator, "uid", kDescriptor)),
        text(builder.string("counts")),
        other(builder.string("other")),
        number(builder.constant(3, Bytes().u4(7))) {}
  std::uint16_t uid;
  std::uint16_t text;
  std::uint16_t other;
  std::uint16_t number;
};

std::vector<UidCall> calls_in(const ClassFileBuilder& builder) {
  const std::vector<std::byte> bytes = builder.build();
  return find_uid_calls(view_class_file(bytes, kPlace), kPlace);
}

}  // namespace

TEST_CASE("The argument of uid is known where every way leads through one constant") {
  constexpr unsigned kLdc = 0x12;
  constexpr unsigned kAload1 = 0x2B;
  constexpr unsigned kAstore1 = 0x4C;
  constexpr unsigned kInvoke = 0xB6;
  struct Row {
    const char* name;
    std::uint16_t access;
    const char* descriptor;
    std::function<Bytes(const Constants&)> code;
    std::optional<std::string> uid;
  };
  const std::vector<Row> rows = {
      {"ldc", 9, "()V", [](const Constants& c) { return Bytes().u1(kLdc).u1(c.text).u1(kInvoke).u2(c.uid).u1(0xB1); },
       "counts"},
      {"ldc_w", 9, "()V", [](const Constants& c) { return Bytes().u1(0x13).u2(c.text).u1(kInvoke).u2(c.uid).u1(0xB1); },
       "counts"},
      {"a number", 9, "()V", [](const Constants& c) { return Bytes().u1(kLdc).u1(c.number).u1(kInvoke).u2(c.uid); },
       std::nullopt},
      {"nothing before", 9, "()V", [](const Constants& c) { return Bytes().u1(kInvoke).u2(c.uid); }, std::nullopt},
      {"the result of a call", 9, "()V",
       [](const Constants& c) { return Bytes().u1(kLdc).u1(c.text).u1(0xB8).u2(c.uid).u1(kInvoke).u2(c.uid); },
       std::nullopt},
      {"one of two constants", 9, "()V",
       [](const Constants& c) {  // 0 iload_0, 1 ifeq 9, 4 ldc, 6 goto 11, 9 ldc, 11 invokevirtual
         return Bytes().u1(0x1A).u1(0x99).u2(8).u1(kLdc).u1(c.text).u1(0xA7).u2(5).u1(kLdc).u1(c.other).u1(kInvoke).u2(
             c.uid);
       },
       std::nullopt},
      {"a local variable set once", 9, "()V",
       [](const Constants& c) {
         return Bytes().u1(kLdc).u1(c.text).u1(kAstore1).u1(0).u1(kAload1).u1(kInvoke).u2(c.uid);
       },
       "counts"},
      {"a local variable set by wide instructions", 9, "()V",
       [](const Constants& c) {
         return Bytes().u1(kLdc).u1(c.text).u1(0xC4).u1(0x3A).u2(300).u1(0xC4).u1(0x19).u2(300).u1(kInvoke).u2(c.uid);
       },
       "counts"},
      {"a local variable set twice", 9, "()V",
       [](const Constants& c) {
         return Bytes().u1(kLdc).u1(c.text).u1(kAstore1).u1(kLdc).u1(c.other).u1(kAstore1).u1(kAload1).u1(kInvoke).u2(
             c.uid);
       },
       std::nullopt},
      {"a local variable that half a long shares", 9, "()V",
       [](const Constants& c) {  // lconst_0, lstore_0 takes 0 and 1
         return Bytes().u1(0x09).u1(0x3F).u1(kLdc).u1(c.text).u1(kAstore1).u1(kAload1).u1(kInvoke).u2(c.uid);
       },
       std::nullopt},
      {"a local variable set to no constant", 9, "()V",
       [](const Constants& c) { return Bytes().u1(0x01).u1(kAstore1).u1(kAload1).u1(kInvoke).u2(c.uid); },
       std::nullopt},
      {"a local variable set to one of two", 9, "()V",
       [](const Constants& c) {  // as above, with 11 astore_1
         return Bytes()
             .u1(0x1A)
             .u1(0x99)
             .u2(8)
             .u1(kLdc)
             .u1(c.text)
             .u1(0xA7)
             .u2(5)
             .u1(kLdc)
             .u1(c.other)
             .u1(kAstore1)
             .u1(kAload1)
             .u1(kInvoke)
             .u2(c.uid);
       },
       std::nullopt},
      {"a local variable never set", 9, "()V",
       [](const Constants& c) { return Bytes().u1(kAload1).u1(kInvoke).u2(c.uid); }, std::nullopt},
      {"an argument that a branch sets", 9, "(JLjava/lang/String;)V",
       [](const Constants& c) {  // local 2 behind a long
         return Bytes().u1(kLdc).u1(c.text).u1(0x4D).u1(0x2C).u1(kInvoke).u2(c.uid);
       },
       std::nullopt},
      {"this, which is an argument too", 1, "()V",
       [](const Constants& c) { return Bytes().u1(kLdc).u1(c.text).u1(0x4B).u1(0x2A).u1(kInvoke).u2(c.uid); },
       std::nullopt},
      {"the first local behind this", 1, "()V",
       [](const Constants& c) { return Bytes().u1(kLdc).u1(c.text).u1(kAstore1).u1(kAload1).u1(kInvoke).u2(c.uid); },
       "counts"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    ClassFileBuilder builder;
    const Constants constants(builder);
    builder.method_with_code(row.access, "build", row.descriptor, row.code(constants));
    const std::vector<UidCall> calls = calls_in(builder);
    REQUIRE_FALSE(calls.empty());
    CHECK(calls.back().class_name == "com.example.Job");
    CHECK(calls.back().method == "build");
    CHECK(calls.back().uid == row.uid);
  }
}

TEST_CASE("Calls of uid count for owners of the DataStream API") {
  struct Row {
    const char* owner;
    const char* name;
    const char* descriptor;
    int tag;
    bool counts;
  };
  const std::vector<Row> rows = {
      {kOperator, "uid", kDescriptor, 10, true},
      {"org/apache/flink/streaming/api/datastream/DataStreamSink", "uid", "(Ljava/lang/String;)Lx/Y;", 10, true},
      {"org/apache/flink/streaming/api/scala/DataStream", "uid", "(Ljava/lang/String;)Lx/Y;", 10, true},
      {"org/apache/flinkx/api/DataStream", "uid", "(Ljava/lang/String;)Lx/Y;", 10, true},
      {"org/apache/flink/some/Interface", "uid", "(Ljava/lang/String;)Lx/Y;", 11, true},
      {kOperator, "name", kDescriptor, 10, false},
      {kOperator, "uid", "(I)V", 10, false},
      {"com/example/User", "uid", kDescriptor, 10, false},
      {kOperator, "uid", "Ljava/lang/String;", 9, false},
  };
  for (const Row& row : rows) {
    INFO(row.owner << "." << row.name << row.descriptor);
    ClassFileBuilder builder;
    const auto member = builder.member(row.tag, row.owner, row.name, row.descriptor);
    const auto text = builder.string("counts");
    builder.method_with_code(9, "main", "()V", Bytes().u1(0x12).u1(text).u1(0xB6).u2(member).u1(0xB1));
    CHECK(calls_in(builder).size() == (row.counts ? 1 : 0));
  }
}

TEST_CASE("Bytecode that is none is refused where a class calls uid, and not looked at elsewhere") {
  ClassFileBuilder plain;
  plain.method_with_code(9, "main", "()V", Bytes().u1(0xFF));
  CHECK(calls_in(plain).empty());
  ClassFileBuilder calling;
  const Constants constants(calling);
  calling.method_with_code(9, "main", "()V", Bytes().u1(0xFF));
  CHECK_THROWS_WITH(calls_in(calling), Catch::Contains("expected an opcode up to 0xC9, found 0xFF"));
}
