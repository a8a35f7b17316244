#include <bit>
#include <catch2/catch.hpp>
#include <map>

#include "classfile/attributes.h"
#include "classfile/class_file.h"
#include "parsers/classfile/opened_class.h"

// Class files that javac wrote, of each language level; the sources are in fixtures/generator/special/levels.

using namespace preflight;
using namespace preflight::test;

namespace {

ClassAttributes attributes_of(const OpenedClass& opened) {
  return read_class_attributes(opened.view, opened.place);
}

const MethodView& method_of(const OpenedClass& opened, std::string_view name) {
  for (const MethodView& method : opened.view.methods)
    if (method.name == name)
      return method;
  FAIL("no method " << name);
  return opened.view.methods.front();
}

const FieldView& field_of(const OpenedClass& opened, std::string_view name) {
  for (const FieldView& field : opened.view.fields)
    if (field.name == name)
      return field;
  FAIL("no field " << name);
  return opened.view.fields.front();
}

std::string line(const InnerClass& inner) {
  return std::string(inner.inner) + " " + std::string(inner.outer) + " " + std::string(inner.simple_name) + " " +
         std::to_string(inner.access_flags);
}

using Names = std::vector<std::string_view>;

}  // namespace

TEST_CASE("Every language level is read, and previews and modules are named as such") {
  struct Row {
    const char* name;
    int release;
    bool preview;
    bool module;
  };
  const std::vector<Row> rows = {
      {"com/example/levels/java8/Everything.class", 8, false, false},
      {"com/example/levels/java11/Nest.class", 11, false, false},
      {"module-info.class", 11, false, true},
      {"com/example/levels/java17/Shape.class", 17, false, false},
      {"com/example/levels/java21/Patterns.class", 21, false, false},
      {"com/example/levels/java25/Constructors.class", 25, false, false},
      {"com/example/levels/preview/Preview.class", 25, true, false},
  };
  const Jar jar = Jar::open(fixtures() / "jars/language-levels.jar");
  for (const Row& row : rows) {
    INFO(row.name);
    std::vector<std::byte> bytes;
    const JarEntry& entry = *jar.find(row.name);
    jar.read(entry, bytes);
    const ClassFile file = parse_class_file(bytes, jar.place_of(entry));
    CHECK(java_release(file.major_version) == row.release);
    CHECK(file.is_preview() == row.preview);
    CHECK(file.is_module() == row.module);
  }
}

TEST_CASE("An annotation of javac's has an element of every kind") {
  const OpenedClass opened(language_level_class("java8/Everything"));
  const ClassAttributes attributes = attributes_of(opened);
  REQUIRE(attributes.annotations.size() == 2);
  CHECK(attributes.annotations[1].type == "Lcom/example/levels/java8/Marks$Plain;");
  CHECK(attributes.annotations[1].elements.at(0).value.text == "not seen at run time");
  CHECK(attributes.annotations[0].type == "Lcom/example/levels/java8/Marks;");
  std::map<std::string_view, AnnotationValue> values;
  for (const AnnotationElement& element : attributes.annotations[0].elements)
    values[element.name] = element.value;

  struct NumberRow {
    const char* name;
    std::int64_t number;
  };
  const std::vector<NumberRow> numbers = {{"flag", 1},
                                          {"tiny", -1},
                                          {"letter", 'z'},
                                          {"small", -300},
                                          {"number", 70000},
                                          {"large", 5'000'000'000},
                                          {"ratio", std::bit_cast<std::int32_t>(1.5F)},
                                          {"exact", std::bit_cast<std::int64_t>(-2.5)}};
  for (const NumberRow& row : numbers) {
    INFO(row.name);
    CHECK(values.at(row.name).kind == AnnotationValue::Kind::number);
    CHECK(values.at(row.name).number == row.number);
  }
  CHECK(values.at("text").kind == AnnotationValue::Kind::text);
  CHECK(values.at("text").text == "text");
  CHECK(values.at("type").kind == AnnotationValue::Kind::class_reference);
  CHECK(values.at("type").text == "[Ljava/lang/String;");
  CHECK(values.at("target").kind == AnnotationValue::Kind::enum_constant);
  CHECK(values.at("target").type == "Ljava/lang/annotation/ElementType;");
  CHECK(values.at("target").text == "FIELD");
  CHECK(values.at("nested").kind == AnnotationValue::Kind::annotation);
  CHECK(values.at("nested").annotations.at(0).type == "Ljava/lang/Deprecated;");
  CHECK(values.at("numbers").kind == AnnotationValue::Kind::array);
  CHECK(values.at("numbers").values.at(2).number == 3);
  CHECK(values.at("texts").values.at(1).text == "two");
  REQUIRE(values.at("many").values.size() == 2);
  CHECK(values.at("many").values[0].annotations.at(0).elements.at(0).value.text == "x");
  CHECK(values.at("many").values[1].annotations.at(0).elements.empty());
  CHECK_FALSE(attributes.deprecated);  // An element of another annotation does not count.
}

TEST_CASE("A class of Java 8 has its source, signature and nested classes") {
  const OpenedClass opened(language_level_class("java8/Everything"));
  const ClassAttributes attributes = attributes_of(opened);
  CHECK(attributes.source_file == "Everything.java");
  CHECK(attributes.signature ==
        "<T::Ljava/lang/Comparable<TT;>;:Ljava/io/Serializable;U:Ljava/lang/Object;>Ljava/lang/Object;"
        "Ljava/util/function/Supplier<Ljava/util/List<-TT;>;>;");
  std::vector<std::string> lines;
  for (const InnerClass& inner : attributes.inner_classes)
    lines.push_back(line(inner));
  const std::string name = "com/example/levels/java8/Everything";
  CHECK(lines ==
        std::vector<std::string>{name + "$1Local  Local 0", name + "$1   0", name + "$Shape " + name + " Shape 1544",
                                 name + "$Color " + name + " Color 16392", name + "$Inner " + name + " Inner 2",
                                 name + "$Guarded " + name + " Guarded 12",
                                 "com/example/levels/java8/Marks$Plain com/example/levels/java8/Marks Plain 9737",
                                 "java/lang/invoke/MethodHandles$Lookup java/lang/invoke/MethodHandles Lookup 25"});
  CHECK(attributes.bootstrap_methods.size() == 4);
  CHECK(attributes.bootstrap_methods[0].arguments.size() == 3);
  CHECK(attributes.nest_host.empty());
  CHECK_FALSE(attributes.record.has_value());
}

TEST_CASE("The flags of a nested class are those of the source") {
  struct Row {
    const char* name;
    std::uint16_t in_class_file;
    std::uint16_t declared;
  };
  const std::vector<Row> rows = {
      {"java8/Everything", 0x0421, 0x0421},
      {"java8/Everything$Guarded", 0x0021, 0x000C},
      {"java8/Everything$Inner", 0x0020, 0x0002},
      {"java17/Shape$Circle", 0x0031, 0x0019},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const OpenedClass opened(language_level_class(row.name));
    CHECK(opened.view.access_flags == row.in_class_file);
    CHECK(declared_access_flags(opened.view, attributes_of(opened)) == row.declared);
  }
}

TEST_CASE("Local and anonymous classes know the method around them") {
  for (const char* name : {"java8/Everything$1", "java8/Everything$1Local"}) {
    const OpenedClass opened(language_level_class(name));
    const ClassAttributes attributes = attributes_of(opened);
    REQUIRE(attributes.enclosing_method.has_value());
    CHECK(attributes.enclosing_method->class_name == "com/example/levels/java8/Everything");
    CHECK(attributes.enclosing_method->method == "read");
    CHECK(attributes.enclosing_method->descriptor ==
          "(Lcom/example/levels/java8/Everything$Inner;[[I[Ljava/lang/Comparable;)Ljava/lang/Object;");
  }
  const OpenedClass constant(language_level_class("java8/Everything$Color$1"));
  const ClassAttributes attributes = attributes_of(constant);
  REQUIRE(attributes.enclosing_method.has_value());
  CHECK(attributes.enclosing_method->class_name == "com/example/levels/java8/Everything$Color");
  CHECK(attributes.enclosing_method->method.empty());
}

TEST_CASE("Members have their signature, deprecation, constant and exceptions") {
  const OpenedClass opened(language_level_class("java8/Everything"));
  const MethodView& read = method_of(opened, "read");
  const MemberAttributes method = read_member_attributes(opened.view, read.attributes, opened.place);
  CHECK(method.deprecated);
  CHECK(method.annotations.size() == 1);
  CHECK(method.exceptions == Names{"java/lang/Exception", "java/io/IOException"});
  CHECK(method.signature.starts_with("<E:Ljava/lang/Exception;>(Lcom/example/levels/java8/Everything<TT;TU;>.Inner<"));
  struct Row {
    const char* name;
    ConstantTag tag;
  };
  const std::vector<Row> rows = {{"LIMIT", ConstantTag::integer},
                                 {"NAME", ConstantTag::string},
                                 {"LARGE", ConstantTag::long_integer},
                                 {"values", ConstantTag::none}};
  for (const Row& row : rows) {
    INFO(row.name);
    const MemberAttributes field =
        read_member_attributes(opened.view, field_of(opened, row.name).attributes, opened.place);
    CHECK(opened.view.pool.tag(field.constant_value) == row.tag);
    CHECK_FALSE(field.deprecated);
  }
}

TEST_CASE("Lines are those of the source") {
  const OpenedClass opened(language_level_class("java8/Everything"));
  const MethodView& references = method_of(opened, "references");
  const LineNumbers lines(opened.view, references, opened.place);
  // As javap -v prints the table: 97: 0, 98: 6, 99: 13, 100: 19, 101: 32.
  CHECK(lines.line_of(0) == 97);
  CHECK(lines.line_of(5) == 97);
  CHECK(lines.line_of(6) == 98);
  CHECK(lines.line_of(31) == 100);
  CHECK(lines.line_of(32) == 101);
  CHECK(lines.line_of(60'000) == 101);
}

TEST_CASE("Nests, sealed types and records are read") {
  const OpenedClass nest(language_level_class("java11/Nest"));
  CHECK(attributes_of(nest).nest_members ==
        Names{"com/example/levels/java11/Nest$Mate", "com/example/levels/java11/Nest$Named"});
  const OpenedClass mate(language_level_class("java11/Nest$Mate"));
  CHECK(attributes_of(mate).nest_host == "com/example/levels/java11/Nest");

  const OpenedClass shape(language_level_class("java17/Shape"));
  CHECK(attributes_of(shape).permitted_subclasses == Names{"com/example/levels/java17/Shape$Circle",
                                                           "com/example/levels/java17/Shape$Box",
                                                           "com/example/levels/java17/Shape$Unknown"});
  const OpenedClass circle(language_level_class("java17/Shape$Circle"));
  const ClassAttributes attributes = attributes_of(circle);
  CHECK(attributes.deprecated);
  REQUIRE(attributes.record.has_value());
  REQUIRE(attributes.record->size() == 2);
  CHECK(attributes.record->at(0).name == "radius");
  CHECK(attributes.record->at(0).descriptor == "D");
  CHECK(attributes.record->at(0).signature.empty());
  CHECK(attributes.record->at(1).signature == "Ljava/util/List<Ljava/lang/String;>;");
  const OpenedClass nothing(language_level_class("java17/Shape$Nothing"));
  const auto none = attributes_of(nothing).record;
  REQUIRE(none.has_value());
  CHECK(none->empty());
}
