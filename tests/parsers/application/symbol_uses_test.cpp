#include "application/symbol_uses.h"

#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>

#include "parsers/classfile/class_file_builder.h"
#include "parsers/classfile/opened_class.h"

using namespace preflight;
using namespace preflight::test;

namespace {

const char* word_for(SymbolUse::Kind kind) {
  switch (kind) {
    case SymbolUse::Kind::new_instance:
      return "new";
    case SymbolUse::Kind::class_reference:
      return "class";
    case SymbolUse::Kind::descriptor:
      return "descriptor";
    case SymbolUse::Kind::get_field:
      return "getfield";
    case SymbolUse::Kind::put_field:
      return "putfield";
    case SymbolUse::Kind::get_static:
      return "getstatic";
    case SymbolUse::Kind::put_static:
      return "putstatic";
    case SymbolUse::Kind::invoke_virtual:
      return "virtual";
    case SymbolUse::Kind::invoke_special:
      return "special";
    case SymbolUse::Kind::invoke_static:
      return "static";
    case SymbolUse::Kind::invoke_interface:
      return "interface";
    case SymbolUse::Kind::lambda:
      return "lambda";
  }
  return "?";
}

/// "METHOD:LINE KIND OWNER.NAME DESCRIPTOR", with an I behind the kind for a CONSTANT_InterfaceMethodref.
std::string line(const SymbolUse& use) {
  const std::string text = fmt::format("{}:{} {}{}{}", use.method, use.line, word_for(use.kind),
                                       use.names_interface ? " I " : " ", use.owner);
  return use.name.empty() ? text : fmt::format("{}.{} {}", text, use.name, use.descriptor);
}

using Lines = std::vector<std::string>;

Lines uses_of(const OpenedClass& opened, JavaUses java_uses = JavaUses::kept) {
  Lines lines;
  ClassTexts texts;
  for (const SymbolUse& use :
       find_symbol_uses(opened.view, read_class_attributes(opened.view, opened.place), opened.place, texts, java_uses))
    lines.push_back(line(use));
  return lines;
}

Lines uses_of(const ClassFileBuilder& builder) {
  return uses_of(OpenedClass(builder.build()));
}

/// What the method m, whose code is `code`, uses.
Lines uses_of_code(ClassFileBuilder& builder, const Bytes& code, const Bytes& handlers = {}) {
  builder.method_with_attribute(0, "m", "()V", "Code", ClassFileBuilder::code_attribute(code, handlers, 0, Bytes()));
  Lines lines = uses_of(builder);
  std::erase_if(lines, [](const std::string& text) { return !text.starts_with("m:"); });
  return lines;
}

void add_bootstrap_methods(ClassFileBuilder& builder, const Bytes& bytes) {
  const std::uint16_t name = builder.utf8("BootstrapMethods");
  builder.attribute(name, static_cast<std::uint32_t>(bytes.get().size()), bytes);
}

bool has(const Lines& lines, const std::string& wanted) {
  return std::find(lines.begin(), lines.end(), wanted) != lines.end();
}

}  // namespace

TEST_CASE("Each instruction that names a symbol is a use of its kind") {
  struct Row {
    const char* name;
    std::function<Bytes(ClassFileBuilder&)> code;
    Lines uses;
  };
  const auto member = [](std::uint64_t opcode, int tag) {
    return [=](ClassFileBuilder& b) {
      const char* descriptor = tag == 9 ? "I" : "()V";
      Bytes code = Bytes().u1(opcode).u2(b.member(tag, "a/B", "x", descriptor));
      return opcode == 0xB9 ? code.u2(0x0100) : code;
    };
  };
  const auto type = [](std::uint64_t opcode, const char* name) {
    return [=](ClassFileBuilder& b) {
      Bytes code = Bytes().u1(opcode).u2(b.class_entry(name));
      return opcode == 0xC5 ? code.u1(2) : code;
    };
  };
  const std::vector<Row> rows = {
      {"getstatic", member(0xB2, 9), {"m:0 getstatic a.B.x I"}},
      {"putstatic", member(0xB3, 9), {"m:0 putstatic a.B.x I"}},
      {"getfield", member(0xB4, 9), {"m:0 getfield a.B.x I"}},
      {"putfield", member(0xB5, 9), {"m:0 putfield a.B.x I"}},
      {"invokevirtual", member(0xB6, 10), {"m:0 virtual a.B.x ()V"}},
      {"invokespecial", member(0xB7, 10), {"m:0 special a.B.x ()V"}},
      {"invokespecial of an interface", member(0xB7, 11), {"m:0 special I a.B.x ()V"}},
      {"invokestatic", member(0xB8, 10), {"m:0 static a.B.x ()V"}},
      {"invokestatic of an interface", member(0xB8, 11), {"m:0 static I a.B.x ()V"}},
      {"invokeinterface", member(0xB9, 11), {"m:0 interface I a.B.x ()V"}},
      {"new", type(0xBB, "a/B"), {"m:0 new a.B"}},
      {"anewarray", type(0xBD, "a/B"), {"m:0 class a.B"}},
      {"checkcast", type(0xC0, "a/B"), {"m:0 class a.B"}},
      {"checkcast to an array", type(0xC0, "[[La/B;"), {"m:0 class a.B"}},
      {"checkcast to an array of numbers", type(0xC0, "[J"), {}},
      {"instanceof", type(0xC1, "a/B"), {"m:0 class a.B"}},
      {"multianewarray", type(0xC5, "[[La/B;"), {"m:0 class a.B"}},
      {"ldc_w of a class", type(0x13, "a/B"), {"m:0 class a.B"}},
      {"ldc_w of a string", [](auto& b) { return Bytes().u1(0x13).u2(b.string("a.B")); }, {}},
      {"ldc_w of a method type",
       [](auto& b) { return Bytes().u1(0x13).u2(b.constant(16, Bytes().u2(b.utf8("(La/B;I)[Lc/D;")))); },
       {"m:0 class a.B", "m:0 class c.D"}},
      {"clone of an array",
       [](auto& b) { return Bytes().u1(0xB6).u2(b.member(10, "[La/B;", "clone", "()Ljava/lang/Object;")); },
       {"m:0 class a.B"}},
      {"the same twice on a line",
       [](auto& b) {
         const auto index = b.class_entry("a/B");
         return Bytes().u1(0xC0).u2(index).u1(0xC1).u2(index);
       },
       {"m:0 class a.B"}},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    ClassFileBuilder builder;
    const Bytes code = row.code(builder);
    CHECK(uses_of_code(builder, code) == row.uses);
  }
}

TEST_CASE("A method handle is used as its kind says, and the JVM resolves its types") {
  struct Row {
    int reference_kind;
    int tag;
    const char* use;
  };
  const std::vector<Row> rows = {{1, 9, "getfield a.B.x"},    {2, 9, "getstatic a.B.x"}, {3, 9, "putfield a.B.x"},
                                 {4, 9, "putstatic a.B.x"},   {5, 10, "virtual a.B.x"},  {6, 10, "static a.B.x"},
                                 {6, 11, "static I a.B.x"},   {7, 10, "special a.B.x"},  {8, 10, "special a.B.x"},
                                 {9, 11, "interface I a.B.x"}};
  for (const Row& row : rows) {
    INFO(row.reference_kind << " " << row.tag);
    const std::string descriptor = row.tag == 9 ? "Lc/D;" : "()Lc/D;";
    ClassFileBuilder builder;
    const auto member = builder.member(row.tag, "a/B", "x", descriptor);
    const auto handle = builder.constant(15, Bytes().u1(static_cast<unsigned>(row.reference_kind)).u2(member));
    Lines expected = {std::string("m:0 ") + row.use + " " + descriptor, "m:0 class c.D"};
    if (row.reference_kind == 8)
      expected.insert(expected.begin(), "m:0 new a.B");
    CHECK(uses_of_code(builder, Bytes().u1(0x13).u2(handle)) == expected);
  }
}

TEST_CASE("invokedynamic uses what its bootstrap arguments lead to, in circles too") {
  ClassFileBuilder builder;
  builder.major_version = 61;
  const auto bootstrap = builder.constant(15, Bytes().u1(6).u2(builder.member(10, "b/S", "boot", "()V")));
  const auto lambda = builder.constant(15, Bytes().u1(6).u2(builder.member(10, "a/B", "lambda", "(Lc/D;)V")));
  const auto signature = builder.name_and_type("get", "()Le/F;");
  const auto circle = builder.constant(17, Bytes().u2(1).u2(signature));
  const auto call_site = builder.constant(18, Bytes().u2(0).u2(signature));
  const auto type = builder.class_entry("g/H");
  add_bootstrap_methods(
      builder, Bytes().u2(2).u2(bootstrap).u2(2).u2(lambda).u2(circle).u2(bootstrap).u2(2).u2(circle).u2(type));
  CHECK(uses_of_code(builder, Bytes().u1(0xBA).u2(call_site).u2(0)) == Lines{"m:0 class e.F", "m:0 static b.S.boot ()V",
                                                                             "m:0 static a.B.lambda (Lc/D;)V",
                                                                             "m:0 class c.D", "m:0 class g.H"});
}

TEST_CASE("Catch clauses, super types and what no instruction names are uses as well") {
  ClassFileBuilder builder("com/example/Job", "a/Super");
  builder.interfaces = {builder.class_entry("a/Interface")};
  const auto caught = builder.class_entry("a/Exception");
  builder.class_entry("a/Thrown");
  builder.member(10, "a/NeverCalled", "x", "(La/Argument;)V");
  builder.field(0, "f", "[La/Field;");
  const Bytes handlers = Bytes().u2(0).u2(1).u2(0).u2(caught).u2(0).u2(1).u2(0).u2(0);
  builder.method_with_attribute(0, "m", "(La/Super;)V", "Code",
                                ClassFileBuilder::code_attribute(Bytes().u1(0xB1), handlers, 0, Bytes()));
  Lines lines = uses_of(builder);
  CHECK(Lines(lines.begin(), lines.begin() + 3) ==
        Lines{":0 class a.Super", ":0 class a.Interface", "m:0 class a.Exception"});
  std::sort(lines.begin() + 3, lines.end());
  CHECK(Lines(lines.begin() + 3, lines.end()) == Lines{":0 descriptor a.Argument", ":0 descriptor a.Field",
                                                       ":0 descriptor a.NeverCalled", ":0 descriptor a.Thrown"});
}

TEST_CASE("Code that names the wrong constant is refused") {
  struct Row {
    const char* name;
    Bytes code;
    const char* message;
  };
  const std::vector<Row> rows = {
      {"a class where a method must be", Bytes().u1(0xB6).u2(2), "expected a field or method for an instruction"},
      {"text where a class must be", Bytes().u1(0xBB).u2(1), "expected a CONSTANT_Class for an instruction"},
      {"an index outside", Bytes().u1(0xBB).u2(999), "found 999"},
      {"code that ends too early", Bytes().u1(0xBB).u1(0), "expected operands (2 bytes), found 1 left"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    ClassFileBuilder builder;
    CHECK_THROWS_WITH(uses_of_code(builder, row.code), Catch::Contains(row.message));
  }
  ClassFileBuilder builder;
  const auto call_site = builder.constant(18, Bytes().u2(3).u2(builder.name_and_type("get", "()V")));
  CHECK_THROWS_WITH(uses_of_code(builder, Bytes().u1(0xBA).u2(call_site).u2(0)),
                    Catch::Contains("expected one of 0 bootstrap methods, found index 3"));
}

TEST_CASE("Call sites that share bootstrap arguments do not multiply without end") {
  ClassFileBuilder builder;
  const auto bootstrap = builder.constant(15, Bytes().u1(6).u2(builder.member(10, "b/S", "boot", "()V")));
  const auto call_site = builder.constant(18, Bytes().u2(0).u2(builder.name_and_type("get", "()V")));
  const auto number = builder.constant(3, Bytes().u4(1));
  Bytes arguments = Bytes().u2(1).u2(bootstrap).u2(60'000);
  for (int i = 0; i < 60'000; ++i)
    arguments.u2(number);
  add_bootstrap_methods(builder, arguments);
  // Every call site has a line of its own.
  const std::uint16_t table_name = builder.utf8("LineNumberTable");
  Bytes code;
  Bytes rows;
  for (unsigned i = 0; i < 100; ++i) {
    code.u1(0xBA).u2(call_site).u2(0);
    rows.u2(i * 5).u2(i + 1);
  }
  const Bytes table = Bytes().u2(table_name).u4(2 + rows.get().size()).u2(100).add(rows.get());
  builder.method_with_attribute(0, "m", "()V", "Code", ClassFileBuilder::code_attribute(code, Bytes(), 1, table));
  CHECK_THROWS_WITH(uses_of(builder), Catch::Contains("expected at most 1000000 constants at call sites, found more"));
}

TEST_CASE("Uses in a class of javac's have the lines of the source") {
  const OpenedClass opened(language_level_class("java8/Everything"));
  const Lines lines = uses_of(opened);
  const Lines wanted = {
      ":0 class java.lang.Object",
      ":0 class java.util.function.Supplier",
      "read:69 new com.example.levels.java8.Everything$1Local",
      "choose:81 virtual java.lang.String.hashCode ()I",
      "references:97 static java.lang.Integer.parseInt (Ljava/lang/String;)I",
      "references:97 class java.lang.Integer",
      "references:98 static com.example.levels.java8.Everything.lambda$references$0 "
      "(Ljava/util/List;Ljava/lang/String;)Ljava/util/List;",
      "references:98 lambda I java.util.function.Function.apply (Ljava/lang/Object;)Ljava/lang/Object;",
      "references:99 new java.util.ArrayList",
      "references:99 special java.util.ArrayList.<init> ()V",
      "references:100 interface I java.util.List.toString ()Ljava/lang/String;",
      "close:107 class java.lang.IllegalStateException",
      "close:107 class java.lang.IllegalArgumentException",
      "close:109 class java.lang.Exception",
      "close:110 new java.lang.RuntimeException",
      "lambda$references$0:98 special java.util.ArrayList.<init> (Ljava/util/Collection;)V",
      ":0 descriptor java.util.Map",
      ":0 descriptor java.io.IOException",
  };
  for (const std::string& text : wanted) {
    INFO(text);
    CHECK(has(lines, text));
  }
  Lines sorted = lines;
  std::sort(sorted.begin(), sorted.end());
  CHECK(std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end());
}

TEST_CASE("Uses of java.* can be left out, but for errors that are caught") {
  ClassFileBuilder builder;
  Bytes code;
  code.u1(0xBB).u2(builder.class_entry("java/util/ArrayList"));
  code.u1(0xC0).u2(builder.class_entry("java/lang/NoSuchFieldError"));
  code.u1(0xBB).u2(builder.class_entry("java/lang/NoSuchFieldError"));
  code.u1(0xBB).u2(builder.class_entry("javax/inject/Thing"));
  builder.method_with_attribute(0, "m", "(Ljava/util/List;)V", "Code",
                                ClassFileBuilder::code_attribute(code, Bytes(), 0, Bytes()));
  CHECK(uses_of(OpenedClass(builder.build()), JavaUses::left_out) ==
        Lines{"m:0 class java.lang.NoSuchFieldError", "m:0 new javax.inject.Thing"});
}
