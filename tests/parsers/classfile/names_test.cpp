#include "classfile/names.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "classfile/descriptor.h"

using namespace preflight;

TEST_CASE("What is modified UTF-8 (JVMS 4.4.7)") {
  struct Row {
    const char* name;
    std::string bytes;
    bool valid;
  };
  const std::vector<Row> rows = {
      {"empty", "", true},
      {"ASCII", "java/lang/String", true},
      {"two bytes", "\xC3\xB6", true},
      {"encoded zero", "\xC0\x80", true},
      {"three bytes", "\xE6\x97\xA5", true},
      {"surrogate pair", "\xED\xA0\xBD\xED\xB8\x80", true},
      {"zero byte", std::string(1, '\0'), false},
      {"four bytes, as UTF-8 has them", "\xF0\x9F\x98\x80", false},
      {"trail without a lead", "\x80", false},
      {"two bytes cut", "\xC3", false},
      {"three bytes cut", "\xE6\x97", false},
      {"lead behind a lead", "\xE6\xC3\xB6", false},
  };
  // Eight bytes are looked at at a time, from both ends, so what stands before and behind matters.
  for (const Row& row : rows)
    for (std::size_t before = 0; before < 40; ++before) {
      INFO(row.name << " behind " << before << " bytes");
      CHECK(is_modified_utf8(std::string(before, 'x') + row.bytes) == row.valid);
      CHECK(is_modified_utf8(std::string(before, 'x') + row.bytes + "behind it") == row.valid);
      CHECK(is_modified_utf8(std::string(before, 'x') + row.bytes + std::string(before, 'y')) == row.valid);
    }
}

TEST_CASE("Names") {
  CHECK(binary_name("a/b/C$D") == "a.b.C$D");
  CHECK(binary_name("") == "");
  CHECK(binary_name("a/\xC3\xB6") == "a.\xC3\xB6");
  CHECK(text_of("a\xC0\x80") == std::string("a\0", 2));
}

TEST_CASE("Classes in descriptors (JVMS 4.3)") {
  struct Row {
    std::string descriptor;
    bool valid;
    std::vector<std::string> classes;
  };
  const std::vector<Row> rows = {
      {"I", true, {}},
      {"[[J", true, {}},
      {"La/B;", true, {"a/B"}},
      {"[[La/B;", true, {"a/B"}},
      {"()V", true, {}},
      {"(BCDFIJSZ)[La/B;", true, {"a/B"}},
      {"(La/B;ILc/D;)Le/F;", true, {"a/B", "c/D", "e/F"}},
      {"", false, {}},
      {"V", false, {}},
      {"II", false, {}},
      {"[", false, {}},
      {"[V", false, {}},
      {"L;", false, {}},
      {"La/B", false, {}},
      {"(", false, {}},
      {"()", false, {}},
      {"(V)V", false, {}},
      {"()VV", false, {}},
      {"(I", false, {}},
      {"(La/B;)", false, {"a/B"}},
      {std::string(255, '[') + "I", true, {}},
      {std::string(256, '[') + "I", false, {}},
  };
  for (const Row& row : rows) {
    INFO(row.descriptor);
    std::vector<std::string> classes;
    CHECK(for_each_class_in_descriptor(row.descriptor, [&](std::string_view name) { classes.emplace_back(name); }) ==
          row.valid);
    CHECK(classes == row.classes);
  }
}

TEST_CASE("A class's package, and its name in it") {
  struct Row {
    std::string_view name, package, simple;
  };
  const Row row = GENERATE(Row{"a.b.C", "a.b", "C"}, Row{"C", "", "C"}, Row{"a.b.C$D", "a.b", "C$D"}, Row{"", "", ""});
  INFO(row.name);
  CHECK(package_of(row.name) == row.package);
  CHECK(simple_name(row.name) == row.simple);
}

TEST_CASE("Keywords of primitive types") {
  std::string text;
  for (const char letter : std::string("BCDFIJSVZLx["))
    text += std::string(primitive_name(letter)) + ' ';
  CHECK(text == "byte char double float int long short void boolean    ");
}
