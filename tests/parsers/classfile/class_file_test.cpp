#include "classfile/class_file.h"

#include <catch2/catch.hpp>
#include <functional>

#include "parsers/classfile/class_file_builder.h"

using namespace preflight;
using namespace preflight::test;

namespace {

const InputPlace kPlace{"app.jar", "com/example/Job.class"};

ClassFile parse(const ClassFileBuilder& builder) {
  static std::vector<std::byte> bytes;  // MethodBody::code points into it.
  bytes = builder.build();
  return parse_class_file(bytes, kPlace);
}

/// A class that has something of everything.
ClassFileBuilder rich_class() {
  ClassFileBuilder builder;
  builder.interfaces = {builder.class_entry("java/io/Serializable")};
  builder.string("uid");
  builder.constant(3, Bytes().u4(7));
  builder.constant(5, Bytes().u4(0).u4(1), 2);
  const auto method = builder.member(10, "a/B", "m", "(Lc/D;[[Le/F;J)Lg/H;");
  builder.member(9, "a/B", "f", "[I");
  builder.member(11, "i/J", "n", "()V");
  builder.constant(15, Bytes().u1(6).u2(method));
  builder.constant(16, Bytes().u2(builder.utf8("(Lk/L;)V")));
  const auto signature = builder.name_and_type("get", "()Lm/N;");
  builder.constant(18, Bytes().u2(0).u2(signature));
  builder.field(0x0002, "count", "Lo/P;");
  builder.method(0x0400, "abstractly", "(Lq/R;)V");
  builder.method_with_code(0x0009, "main", "([Ljava/lang/String;)V", Bytes().u1(0xB1));
  builder.attribute(builder.utf8("SourceFile"), 2, Bytes().u2(1));
  return builder;
}

}  // namespace

TEST_CASE("A class file gives its own declaration and all that it refers to") {
  const ClassFile file = parse(rich_class());
  CHECK(file.name == "com.example.Job");
  CHECK(file.super_class == "java.lang.Object");
  CHECK(file.major_version == 52);
  CHECK(file.access_flags == 0x0021);
  CHECK(file.interfaces == std::vector<std::string>{"java.io.Serializable"});
  CHECK(file.referenced_classes == std::vector<std::string>{"a.B", "c.D", "com.example.Job", "e.F", "g.H", "i.J",
                                                            "java.io.Serializable", "java.lang.Object",
                                                            "java.lang.String", "k.L", "m.N", "o.P", "q.R"});
  REQUIRE(file.member_references.size() == 3);
  CHECK(file.member_references[0].kind == MemberReference::Kind::method);
  CHECK(file.member_references[0].owner == "a.B");
  CHECK(file.member_references[0].name == "m");
  CHECK(file.member_references[0].descriptor == "(Lc/D;[[Le/F;J)Lg/H;");
  CHECK(file.member_references[1].kind == MemberReference::Kind::field);
  CHECK(file.member_references[2].kind == MemberReference::Kind::interface_method);
  CHECK(file.string_constants == std::vector<std::string>{"uid"});
  REQUIRE(file.fields.size() == 1);
  CHECK(file.fields[0].name == "count");
  REQUIRE(file.methods.size() == 2);
  CHECK(file.methods[0].code.empty());
  CHECK(file.methods[1].name == "main");
  CHECK(file.methods[1].access_flags == 0x0009);
  REQUIRE(file.methods[1].code.size() == 1);
  CHECK(file.methods[1].code[0] == std::byte{0xB1});
}

TEST_CASE("Arrays count as their element class, and keep their form as owners") {
  ClassFileBuilder builder;
  builder.class_entry("[[La/B;");
  builder.class_entry("[I");
  builder.member(10, "[Lc/D;", "clone", "()Ljava/lang/Object;");
  const ClassFile file = parse(builder);
  CHECK(file.referenced_classes == std::vector<std::string>{"a.B", "c.D", "com.example.Job", "java.lang.Object"});
  CHECK(file.member_references[0].owner == "[Lc.D;");
}

TEST_CASE("Text is UTF-8, whatever the class file writes it in") {
  ClassFileBuilder builder(
      "com/example/Stra\xC3\x9F"
      "e");
  builder.string("null \xC0\x80, emoji \xED\xA0\xBD\xED\xB8\x80");
  builder.string("");
  const ClassFile file = parse(builder);
  CHECK(file.name ==
        "com.example.Stra\xC3\x9F"
        "e");
  CHECK(file.string_constants == std::vector<std::string>{std::string("null \0, emoji \xF0\x9F\x98\x80", 18), ""});
}

TEST_CASE("A module descriptor has no super class") {
  ClassFileBuilder builder("module-info");
  builder.major_version = 53;
  builder.access_flags = 0x8000;
  builder.super_class = 0;
  builder.constant(19, Bytes().u2(builder.utf8("com.example")));
  builder.constant(20, Bytes().u2(builder.utf8("com/example/api")));
  const ClassFile file = parse(builder);
  CHECK(file.is_module());
  CHECK(file.name == "module-info");
  CHECK(file.super_class.empty());
}

TEST_CASE("java.lang.Object has no super class, and nothing else may lack one") {
  ClassFileBuilder object("java/lang/Object");
  object.super_class = 0;
  CHECK(parse(object).super_class.empty());
  ClassFileBuilder other;
  other.super_class = 0;
  CHECK_THROWS_WITH(parse(other), Catch::Contains("expected a constant pool index of 1 to 4 for super_class, found 0"));
}

TEST_CASE("Releases and previews") {
  CHECK(java_release(44) == 0);
  CHECK(java_release(45) == 1);
  CHECK(java_release(52) == 8);
  CHECK(java_release(61) == 17);
  CHECK(java_release(69) == 25);
  ClassFileBuilder builder;
  builder.major_version = 65;
  builder.minor_version = 0xFFFF;
  CHECK(parse(builder).is_preview());
}

TEST_CASE("Minor versions mean nothing up to Java 11, and a preview from Java 12 on") {
  struct Row {
    std::uint16_t major;
    std::uint16_t minor;
    bool valid;
    bool preview;
  };
  const std::vector<Row> rows = {{45, 3, true, false},       {55, 7, true, false},    {55, 0xFFFF, true, false},
                                 {56, 0, true, false},       {56, 1, false, false},   {56, 0xFFFF, true, true},
                                 {69, 0xFFFE, false, false}, {69, 0xFFFF, true, true}};
  for (const Row& row : rows) {
    INFO("version " << row.major << "." << row.minor);
    ClassFileBuilder builder;
    builder.major_version = row.major;
    builder.minor_version = row.minor;
    if (row.valid)
      CHECK(parse(builder).is_preview() == row.preview);
    else
      CHECK_THROWS_WITH(parse(builder),
                        Catch::Contains("offset 4: expected the minor version 0, or 65535 for a preview"));
  }
}

TEST_CASE("Every Java release from 1.1 to 25 is read, and no other") {
  for (std::uint16_t major = 40; major < 75; ++major) {
    INFO("major version " << major);
    ClassFileBuilder builder;
    builder.major_version = major;
    if (major >= 45 && major <= 69)
      CHECK(parse(builder).major_version == major);
    else
      CHECK_THROWS_WITH(
          parse(builder),
          "app.jar!com/example/Job.class, offset 6: expected a class file version of 45 to 69 (Java 1.1 to 25), "
          "found " +
              std::to_string(major));
  }
}

TEST_CASE("A class file cut at any byte is refused as truncated") {
  const std::vector<std::byte> whole = rich_class().build();
  REQUIRE_NOTHROW(parse_class_file(whole, kPlace));
  for (std::size_t length = 0; length < whole.size(); ++length) {
    INFO(length << " of " << whole.size() << " bytes");
    try {
      parse_class_file(std::span(whole).first(length), kPlace);
      FAIL("taken");
    } catch (const InputError& error) {
      CHECK(error.kind() == InputErrorKind::truncated);
    }
  }
}

TEST_CASE("A class file with any byte changed is read or refused with an InputError") {
  const std::vector<std::byte> whole = rich_class().build();
  int refused = 0;
  for (std::size_t at = 0; at < whole.size(); ++at)
    for (const unsigned flip : {0x01U, 0x08U, 0x80U, 0xFFU}) {
      std::vector<std::byte> damaged = whole;
      damaged[at] ^= static_cast<std::byte>(flip);
      try {
        parse_class_file(damaged, kPlace);
      } catch (const InputError&) {
        ++refused;
      }
    }
  CHECK(refused > 0);
}

TEST_CASE("What breaks the form of a class file is named") {
  struct Row {
    const char* name;
    std::function<void(ClassFileBuilder&)> damage;
    InputErrorKind kind;
    const char* message;
  };
  const std::vector<Row> rows = {
      {"magic", [](auto& b) { b.magic = 0x504B0304; }, InputErrorKind::not_this_format,
       "offset 0: expected the magic 0xCAFEBABE, found 0x504B0304"},
      {"this_class is no class", [](auto& b) { b.this_class = 1; }, InputErrorKind::corrupt,
       "expected a CONSTANT_Class for this_class at constant pool index 1, found CONSTANT_Utf8"},
      {"this_class outside", [](auto& b) { b.this_class = 5; }, InputErrorKind::corrupt,
       "expected a constant pool index of 1 to 4 for this_class, found 5"},
      {"super_class is no class", [](auto& b) { b.super_class = 3; }, InputErrorKind::corrupt,
       "expected a CONSTANT_Class for super_class at constant pool index 3, found CONSTANT_Utf8"},
      {"interface outside", [](auto& b) { b.interfaces = {9}; }, InputErrorKind::corrupt,
       "expected a constant pool index of 1 to 4 for an interface, found 9"},
      {"more interfaces than bytes", [](auto& b) { b.interfaces_count = 0xFFFF; }, InputErrorKind::truncated,
       "expected number of interfaces that fits the 6 bytes left, found 65535"},
      {"more fields than bytes", [](auto& b) { b.fields_count = 0xFFFF; }, InputErrorKind::truncated,
       "expected number of fields that fits the 4 bytes left, found 65535"},
      {"more methods than bytes", [](auto& b) { b.methods_count = 0xFFFF; }, InputErrorKind::truncated,
       "expected number of methods that fits the 2 bytes left, found 65535"},
      {"more attributes than bytes", [](auto& b) { b.attributes_count = 0xFFFF; }, InputErrorKind::truncated,
       "expected number of class attributes that fits the 0 bytes left, found 65535"},
      {"attribute name outside", [](auto& b) { b.attribute(99, 0, Bytes()); }, InputErrorKind::corrupt,
       "expected a constant pool index of 1 to 4 for an attribute's name, found 99"},
      {"attribute name is no text", [](auto& b) { b.attribute(2, 0, Bytes()); }, InputErrorKind::corrupt,
       "expected a CONSTANT_Utf8 for an attribute's name at constant pool index 2, found CONSTANT_Class"},
      {"attribute longer than the file", [](auto& b) { b.attribute(1, 0xFFFFFFFF, Bytes().u2(0)); },
       InputErrorKind::truncated, "expected attribute (4294967295 bytes), found 2 left"},
      {"attribute shorter than it is", [](auto& b) { b.attribute(1, 1, Bytes().u2(0)); }, InputErrorKind::corrupt,
       "expected the end of the class file, found 1 bytes more"},
      {"trailing bytes", [](auto& b) { b.trailing = Bytes().u4(0).get(); }, InputErrorKind::corrupt,
       "expected the end of the class file, found 4 bytes more"},
      {"a field's descriptor is none", [](auto& b) { b.field(0, "f", "Q"); }, InputErrorKind::corrupt,
       "expected a field or method descriptor, found \"Q\""},
      {"a method has a field's descriptor", [](auto& b) { b.method(0, "m", "I"); }, InputErrorKind::corrupt,
       "expected a method descriptor, found \"I\""},
      {"a reference's descriptor is none", [](auto& b) { b.member(10, "a/B", "m", "()"); }, InputErrorKind::corrupt,
       "expected a field or method descriptor, found \"()\""},
      {"an array class is none", [](auto& b) { b.class_entry("[X"); }, InputErrorKind::corrupt,
       "expected a field or method descriptor, found \"[X\""},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    ClassFileBuilder builder;
    row.damage(builder);
    CHECK_THROWS_WITH(parse(builder), Catch::EndsWith(row.message));
    try {
      parse(builder);
    } catch (const InputError& error) {
      CHECK(error.kind() == row.kind);
    }
  }
}

TEST_CASE("What breaks the form of a Code attribute is named") {
  const Bytes code = ClassFileBuilder::code_attribute(Bytes().u1(0xB1));
  struct Row {
    const char* name;
    Bytes attribute;
    int stated_length;
    const char* message;
  };
  const std::vector<Row> rows = {
      {"no code", ClassFileBuilder::code_attribute(Bytes()), -1, "expected a code length of 1 to 65535, found 0"},
      {"too much code", Bytes().u2(0).u2(0).u4(65'536), -1, "expected a code length of 1 to 65535, found 65536"},
      {"code behind the end", Bytes().u2(0).u2(0).u4(2).u1(0xB1), -1, "expected code (2 bytes), found 1 left"},
      {"exceptions behind the end", Bytes().u2(0).u2(0).u4(1).u1(0xB1).u2(1).u2(0), -1,
       "expected exception table length that fits the 2 bytes left, found 1"},
      {"attributes behind the end", Bytes().u2(0).u2(0).u4(1).u1(0xB1).u2(0).u2(1), -1,
       "expected number of Code attributes that fits the 0 bytes left, found 1"},
      {"longer than it is", Bytes().add(code.get()).u1(0), -1,
       "expected the end of the Code attribute, found 1 bytes more"},
      {"shorter than it is", code, 12, "expected number of Code attributes (2 bytes), found 1 left"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    ClassFileBuilder builder;
    builder.method_with_attribute(0, "m", "()V", "Code", row.attribute, row.stated_length);
    CHECK_THROWS_WITH(parse(builder), Catch::EndsWith(row.message));
  }
}
