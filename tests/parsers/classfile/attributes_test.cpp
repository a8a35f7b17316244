#include "classfile/attributes.h"

#include <catch2/catch.hpp>
#include <functional>

#include "parsers/classfile/class_file_builder.h"
#include "parsers/classfile/opened_class.h"

using namespace preflight;
using namespace preflight::test;

namespace {

void add(ClassFileBuilder& builder, std::string_view name, const Bytes& bytes) {
  const std::uint16_t name_index = builder.utf8(name);
  builder.attribute(name_index, static_cast<std::uint32_t>(bytes.get().size()), bytes);
}

ClassAttributes read(const ClassFileBuilder& builder) {
  // The result points into the class file.
  static std::vector<std::byte> bytes;
  bytes = builder.build();
  static const InputPlace place{"app.jar", "com/example/Job.class"};
  return read_class_attributes(view_class_file(bytes, place), place);
}

/// `levels` arrays around an int.
Bytes nested_arrays(int levels, std::uint16_t constant) {
  Bytes bytes;
  for (int i = 0; i < levels; ++i)
    bytes.u1('[').u2(1);
  return bytes.u1('I').u2(constant);
}

/// A table of one annotation with one element.
Bytes annotation_table(ClassFileBuilder& builder, const Bytes& value) {
  const std::uint16_t type = builder.utf8("La/B;");
  return Bytes().u2(1).u2(type).u2(1).u2(type).add(value.get());
}

LineNumbers lines_of(const Bytes& attributes, int count, ClassFileBuilder& builder) {
  builder.method_with_attribute(
      0, "m", "()V", "Code",
      ClassFileBuilder::code_attribute(Bytes().u4(0).u4(0).u1(0xB1), Bytes(), count, attributes));
  const OpenedClass opened(builder.build());
  return {opened.view, opened.view.methods.at(0), opened.place};
}

}  // namespace

TEST_CASE("A class without attributes has none") {
  const ClassAttributes attributes = read(ClassFileBuilder());
  CHECK(attributes.source_file.empty());
  CHECK(attributes.annotations.empty());
  CHECK_FALSE(attributes.enclosing_method.has_value());
  CHECK_FALSE(attributes.record.has_value());
  CHECK_FALSE(attributes.deprecated);
}

TEST_CASE("Attributes younger than the class file are not looked at") {
  struct Row {
    const char* name;
    std::uint16_t since;
    std::function<Bytes(ClassFileBuilder&)> bytes;
    std::function<bool(const ClassAttributes&)> there;
  };
  const auto one_class = [](ClassFileBuilder& b) { return Bytes().u2(1).u2(b.class_entry("a/B")); };
  const std::vector<Row> rows = {
      {"SourceFile", 45, [](auto& b) { return Bytes().u2(b.utf8("a")); },
       [](const auto& a) { return a.source_file == "a"; }},
      {"Deprecated", 45, [](auto&) { return Bytes(); }, [](const auto& a) { return a.deprecated; }},
      {"InnerClasses", 45, [](auto& b) { return Bytes().u2(1).u2(b.class_entry("a/B")).u2(0).u2(0).u2(8); },
       [](const auto& a) { return a.inner_classes.size() == 1; }},
      {"Signature", 49, [](auto& b) { return Bytes().u2(b.utf8("a")); },
       [](const auto& a) { return a.signature == "a"; }},
      {"EnclosingMethod", 49, [](auto& b) { return Bytes().u2(b.class_entry("a/B")).u2(0); },
       [](const auto& a) { return a.enclosing_method.has_value(); }},
      {"RuntimeVisibleAnnotations", 49, [](auto& b) { return Bytes().u2(1).u2(b.utf8("La/B;")).u2(0); },
       [](const auto& a) { return a.annotations.size() == 1; }},
      {"RuntimeInvisibleAnnotations", 49, [](auto& b) { return Bytes().u2(1).u2(b.utf8("La/B;")).u2(0); },
       [](const auto& a) { return a.annotations.size() == 1; }},
      {"BootstrapMethods", 51, [](auto&) { return Bytes().u2(0); },
       [](const auto& a) { return a.bootstrap_methods.empty(); }},
      {"NestHost", 55, [](auto& b) { return Bytes().u2(b.class_entry("a/B")); },
       [](const auto& a) { return a.nest_host == "a/B"; }},
      {"NestMembers", 55, one_class, [](const auto& a) { return a.nest_members.size() == 1; }},
      {"Record", 60, [](auto&) { return Bytes().u2(0); }, [](const auto& a) { return a.record.has_value(); }},
      {"PermittedSubclasses", 61, one_class, [](const auto& a) { return a.permitted_subclasses.size() == 1; }},
  };
  for (const Row& row : rows)
    for (const unsigned major : {45U, 48U, 49U, 50U, 51U, 54U, 55U, 59U, 60U, 61U, 69U}) {
      INFO(row.name << " in version " << major);
      ClassFileBuilder builder;
      builder.major_version = static_cast<std::uint16_t>(major);
      add(builder, row.name, row.bytes(builder));
      const ClassAttributes attributes = read(builder);
      if (major >= row.since)
        CHECK(row.there(attributes));
      else if (std::string_view(row.name) != "BootstrapMethods")
        CHECK_FALSE(row.there(attributes));
    }
}

TEST_CASE("A deprecated class is marked by the attribute or by the annotation") {
  ClassFileBuilder annotated;
  add(annotated, "RuntimeVisibleAnnotations", Bytes().u2(1).u2(annotated.utf8("Ljava/lang/Deprecated;")).u2(0));
  CHECK(read(annotated).deprecated);
}

TEST_CASE("What breaks the form of an attribute is named") {
  struct Row {
    const char* name;
    std::function<void(ClassFileBuilder&)> damage;
    InputErrorKind kind;
    const char* message;
  };
  const auto table = [](const char* name, const Bytes& bytes) {
    return [=](ClassFileBuilder& builder) {
      builder.major_version = 69;
      add(builder, name, bytes);
    };
  };
  const auto value = [](const Bytes& bytes) {
    return [=](ClassFileBuilder& builder) {
      const Bytes annotations = annotation_table(builder, bytes);
      add(builder, "RuntimeVisibleAnnotations", annotations);
    };
  };
  const std::vector<Row> rows = {
      {"empty", table("SourceFile", Bytes()), InputErrorKind::truncated, "expected SourceFile (2 bytes), found 0 left"},
      {"too long", table("SourceFile", Bytes().u2(1).u1(0)), InputErrorKind::corrupt,
       "expected the end of the attribute SourceFile, found 1 bytes more"},
      {"not empty", table("Deprecated", Bytes().u1(0)), InputErrorKind::corrupt,
       "expected the end of the attribute Deprecated, found 1 bytes more"},
      {"no text", table("Signature", Bytes().u2(2)), InputErrorKind::corrupt,
       "expected a CONSTANT_Utf8 for Signature at constant pool index 2, found CONSTANT_Class"},
      {"twice",
       [](auto& b) {
         add(b, "SourceFile", Bytes().u2(1));
         add(b, "SourceFile", Bytes().u2(1));
       },
       InputErrorKind::corrupt, "expected one attribute SourceFile, found a second one"},
      {"more inner classes than bytes", table("InnerClasses", Bytes().u2(0xFFFF)), InputErrorKind::truncated,
       "expected number of inner classes that fits the 0 bytes left, found 65535"},
      {"inner class is none", table("InnerClasses", Bytes().u2(1).u2(0).u2(0).u2(0).u2(0)), InputErrorKind::corrupt,
       "for an inner class, found 0"},
      {"outer class is text", table("InnerClasses", Bytes().u2(1).u2(2).u2(1).u2(0).u2(0)), InputErrorKind::corrupt,
       "expected a CONSTANT_Class for an outer class at constant pool index 1, found CONSTANT_Utf8"},
      {"enclosing method is a class", table("EnclosingMethod", Bytes().u2(2).u2(2)), InputErrorKind::corrupt,
       "expected a CONSTANT_NameAndType for an enclosing method at constant pool index 2, found CONSTANT_Class"},
      {"more nest members than bytes", table("NestMembers", Bytes().u2(2).u2(2)), InputErrorKind::truncated,
       "expected number of nest members that fits the 2 bytes left, found 2"},
      {"permitted subclass is text", table("PermittedSubclasses", Bytes().u2(1).u2(1)), InputErrorKind::corrupt,
       "expected a CONSTANT_Class for a permitted subclass at constant pool index 1, found CONSTANT_Utf8"},
      {"more record components than bytes", table("Record", Bytes().u2(9).u4(0)), InputErrorKind::truncated,
       "expected number of record components that fits the 4 bytes left, found 9"},
      {"a record component's attribute is longer than the record",
       table("Record", Bytes().u2(1).u2(1).u2(1).u2(1).u2(1).u4(0xFFFFFFFF)), InputErrorKind::truncated,
       "expected attribute (4294967295 bytes), found 0 left"},
      {"bootstrap method is no handle", table("BootstrapMethods", Bytes().u2(1).u2(2).u2(0)), InputErrorKind::corrupt,
       "expected a CONSTANT_MethodHandle for a bootstrap method, found none at constant pool index 2"},
      {"more annotations than bytes", table("RuntimeVisibleAnnotations", Bytes().u2(3).u2(1)),
       InputErrorKind::truncated, "expected number of annotations that fits the 2 bytes left, found 3"},
      {"more elements than bytes", table("RuntimeVisibleAnnotations", Bytes().u2(1).u2(1).u2(1)),
       InputErrorKind::truncated, "expected number of annotation elements that fits the 0 bytes left, found 1"},
      {"unknown tag", value(Bytes().u1('x').u2(1)), InputErrorKind::corrupt,
       "expected an annotation value tag of BCDFIJSZsec@[, found 0x78"},
      {"int is text", value(Bytes().u1('I').u2(1)), InputErrorKind::corrupt,
       "expected a CONSTANT_Integer for an annotation's constant at constant pool index 1, found CONSTANT_Utf8"},
      {"double outside", value(Bytes().u1('D').u2(0xFFFF)), InputErrorKind::corrupt,
       "for an annotation's constant, found 65535"},
      {"enum constant is cut", value(Bytes().u1('e').u2(1)), InputErrorKind::truncated,
       "expected an annotation's enum constant (2 bytes), found 0 left"},
      {"array is cut", value(Bytes().u1('[').u2(2).u1('I').u2(1)), InputErrorKind::truncated,
       "expected number of annotation values that fits the 3 bytes left, found 2"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    ClassFileBuilder builder;
    row.damage(builder);
    try {
      read(builder);
      FAIL("taken");
    } catch (const InputError& error) {
      CHECK(error.kind() == row.kind);
      CHECK_THAT(error.expectation(), Catch::Contains(row.message));
      CHECK(error.place().offset.has_value());
    }
  }
}

TEST_CASE("Annotation values may be nested, but not for ever") {
  for (const int levels : {30, 31, 32, 5'000}) {
    INFO(levels);
    ClassFileBuilder builder;
    const std::uint16_t seven = builder.constant(3, Bytes().u4(7));
    add(builder, "RuntimeVisibleAnnotations", annotation_table(builder, nested_arrays(levels, seven)));
    if (levels < 32)
      CHECK(read(builder).annotations.size() == 1);
    else
      CHECK_THROWS_WITH(read(builder), Catch::Contains("expected annotation values nested at most 32 deep"));
  }
}

TEST_CASE("Annotations with more values than memory should hold are refused") {
  ClassFileBuilder builder;
  const std::uint16_t seven = builder.constant(3, Bytes().u4(7));
  Bytes arrays = Bytes().u1('[').u2(2);
  for (int i = 0; i < 2; ++i) {
    arrays.u1('[').u2(60'000);
    for (int k = 0; k < 60'000; ++k)
      arrays.u1('I').u2(seven);
  }
  add(builder, "RuntimeVisibleAnnotations", annotation_table(builder, arrays));
  CHECK_THROWS_WITH(read(builder), Catch::Contains("expected at most 100000 annotation values, found more"));
}

TEST_CASE("Line numbers may stand in several tables and in any order") {
  ClassFileBuilder builder;
  const std::uint16_t name = builder.utf8("LineNumberTable");
  const Bytes tables = Bytes().u2(name).u4(10).u2(2).u2(6).u2(30).u2(2).u2(10).u2(name).u4(6).u2(1).u2(4).u2(20);
  const LineNumbers lines = lines_of(tables, 2, builder);
  const std::vector<int> expected = {0, 0, 10, 10, 20, 20, 30, 30, 30};
  for (std::uint32_t offset = 0; offset < expected.size(); ++offset) {
    INFO(offset);
    CHECK(lines.line_of(offset) == expected[offset]);
  }
}

TEST_CASE("A method without line numbers has none, and a broken table is named") {
  ClassFileBuilder none;
  CHECK(lines_of(Bytes(), 0, none).line_of(0) == 0);
  ClassFileBuilder broken;
  const std::uint16_t name = broken.utf8("LineNumberTable");
  CHECK_THROWS_WITH(lines_of(Bytes().u2(name).u4(4).u2(2).u2(0), 1, broken),
                    Catch::Contains("expected number of line numbers that fits the 2 bytes left, found 2"));
}
