#include "classfile/signature.h"

#include <catch2/catch.hpp>
#include <string>

using namespace preflight;

namespace {

const InputPlace kPlace{"app.jar", "a/B.class"};

template <class Part, class Text>
std::string joined(const std::vector<Part>& parts, const char* separator, Text&& text) {
  std::string result;
  for (const Part& part : parts)
    result += (result.empty() ? "" : separator) + text(part);
  return result;
}

std::string java(const GenericType& type);

std::string java(const TypeArgument& argument) {
  switch (argument.kind) {
    case TypeArgument::Kind::any:
      return "?";
    case TypeArgument::Kind::extends:
      return "? extends " + java(argument.type.at(0));
    case TypeArgument::Kind::super:
      return "? super " + java(argument.type.at(0));
    default:
      return java(argument.type.at(0));
  }
}

std::string arguments(const GenericType& type) {
  return type.arguments.empty() ? ""
                                : "<" + joined(type.arguments, ", ", [](const auto& each) { return java(each); }) + ">";
}

/// The type as the source might have it; a type variable with a quote, a primitive type as its letter.
std::string java(const GenericType& type) {
  switch (type.kind) {
    case GenericType::Kind::array:
      return java(type.component.at(0)) + "[]";
    case GenericType::Kind::type_variable:
      return "'" + type.name;
    case GenericType::Kind::primitive:
      return type.name;
    default:
      return joined(type.enclosing, " ", [](const GenericType& outer) { return outer.name + arguments(outer) + "."; }) +
             (type.enclosing.empty() ? "" : " ") + type.name + arguments(type);
  }
}

std::string java(const std::vector<GenericType>& types) {
  return joined(types, ", ", [](const GenericType& type) { return java(type); });
}

std::string java(const std::vector<TypeParameter>& parameters) {
  return "<" +
         joined(parameters, ", ",
                [](const TypeParameter& parameter) {
                  return parameter.name + ": " +
                         joined(parameter.bounds, " & ", [](const auto& bound) { return java(bound); });
                }) +
         ">";
}

std::string java(const ClassSignature& signature) {
  return java(signature.type_parameters) + " " + java(signature.super_class) + " / " + java(signature.interfaces);
}

std::string java(const MethodSignature& signature) {
  return java(signature.type_parameters) + " (" + java(signature.parameters) + ") " + java(signature.result) +
         " throws " + java(signature.exceptions);
}

struct Row {
  std::string signature;
  std::string java;
};

struct BadRow {
  std::string signature;
  std::string message;
};

std::string repeated(const std::string& text, int times) {
  std::string result;
  for (int i = 0; i < times; ++i)
    result += text;
  return result;
}

}  // namespace

TEST_CASE("Signatures of fields become trees of types") {
  const std::vector<Row> rows = {
      {"Ljava/lang/String;", "java/lang/String"},
      {"LB;", "B"},
      {"TT;", "'T"},
      {"[TT;", "'T[]"},
      {"[[I", "I[][]"},
      {"Ljava/util/List<Ljava/lang/String;>;", "java/util/List<java/lang/String>"},
      {"Ljava/util/Map<TK;[J>;", "java/util/Map<'K, J[]>"},
      {"Ljava/util/List<*>;", "java/util/List<?>"},
      {"Ljava/util/Map<*+TT;>;", "java/util/Map<?, ? extends 'T>"},
      {"Ljava/util/List<-Ljava/lang/Integer;>;", "java/util/List<? super java/lang/Integer>"},
      {"Ljava/util/Map<Ljava/lang/String;+Ljava/util/List<[TT;>;>;",
       "java/util/Map<java/lang/String, ? extends java/util/List<'T[]>>"},
      {"La/B<TT;>.C;", "a/B<'T>. a/B$C"},
      {"La/B<TT;>.C<TU;>.D<*>;", "a/B<'T>. a/B$C<'U>. a/B$C$D<?>"},
      {"La/B.C<TU;>;", "a/B. a/B$C<'U>"},
      {"La/B$C<TU;>;", "a/B$C<'U>"},
      {"L\xC3\x9F/Gr\xC3\xB6\xC3\x9F"
       "e;",
       "\xC3\x9F/Gr\xC3\xB6\xC3\x9F"
       "e"},
  };
  for (const Row& row : rows) {
    INFO(row.signature);
    CHECK(java(parse_field_signature(row.signature, kPlace)) == row.java);
  }
}

TEST_CASE("Signatures of classes have type parameters, a super class and interfaces") {
  const std::vector<Row> rows = {
      {"Ljava/lang/Object;", "<> java/lang/Object / "},
      {"<T:Ljava/lang/Object;>Ljava/lang/Object;La/I<TT;>;La/J;",
       "<T: java/lang/Object> java/lang/Object / a/I<'T>, a/J"},
      {"<T::Ljava/lang/Comparable<TT;>;:Ljava/io/Serializable;U:Ljava/lang/Object;>Ljava/lang/Object;",
       "<T: java/lang/Comparable<'T> & java/io/Serializable, U: java/lang/Object> java/lang/Object / "},
      {"<E:Ljava/lang/Enum<TE;>;F:TE;G:>La/B<TE;>.C;", "<E: java/lang/Enum<'E>, F: 'E, G: > a/B<'E>. a/B$C / "},
  };
  for (const Row& row : rows) {
    INFO(row.signature);
    CHECK(java(parse_class_signature(row.signature, kPlace)) == row.java);
  }
}

TEST_CASE("Signatures of methods have type parameters, parameters, a result and exceptions") {
  const std::vector<Row> rows = {
      {"()V", "<> () V throws "},
      {"(IJ[DTT;)TT;", "<> (I, J, D[], 'T) 'T throws "},
      {"<E:Ljava/lang/Exception;>(Lcom/example/Everything<TT;TU;>.Inner<+Ljava/lang/Number;>;[[I[TT;)TU;^TE;"
       "^Ljava/io/IOException;",
       "<E: java/lang/Exception> (com/example/Everything<'T, 'U>. com/example/Everything$Inner<? extends "
       "java/lang/Number>, I[][], 'T[]) 'U throws 'E, java/io/IOException"},
  };
  for (const Row& row : rows) {
    INFO(row.signature);
    CHECK(java(parse_method_signature(row.signature, kPlace)) == row.java);
  }
}

TEST_CASE("What is no signature is refused with the position") {
  const std::vector<BadRow> fields = {
      {"", "expected a type at position 0 of the signature \"\""},
      {"I", "expected 'L' at position 0 of the signature \"I\""},
      {"Ljava/lang/String", "expected ';' at position 17 of the signature \"Ljava/lang/String\""},
      {"La//B;", "expected a name at position 3 of the signature \"La//B;\""},
      {"L;", "expected a name at position 1 of the signature \"L;\""},
      {"TT", "expected ';' at position 2 of the signature \"TT\""},
      {"[", "expected a type at position 1 of the signature \"[\""},
      {"[V", "expected 'L' at position 1 of the signature \"[V\""},
      {"La/B<>;", "expected 'L' at position 5 of the signature \"La/B<>;\""},
      {"La/B<I>;", "expected 'L' at position 5 of the signature \"La/B<I>;\""},
      {"La/B<TT;", "expected a type at position 8 of the signature \"La/B<TT;\""},
      {"La/B;La/C;", "expected the end at position 5 of the signature \"La/B;La/C;\""},
      {"La/B<TT;>.;", "expected a name at position 10 of the signature \"La/B<TT;>.;\""},
  };
  for (const BadRow& row : fields) {
    INFO(row.signature);
    CHECK_THROWS_WITH(parse_field_signature(row.signature, kPlace), "app.jar!a/B.class: " + row.message);
  }
  const std::vector<BadRow> methods = {
      {"(", "expected a type at position 1"},     {"()", "expected a type at position 2"},
      {"(V)V", "expected 'L' at position 1"},     {"()V^I", "expected 'L' at position 4"},
      {"()VV", "expected the end at position 3"}, {"<>()V", "expected a name at position 1"},
      {"<T>()V", "expected ':' at position 2"},   {"<T:La/B;()V", "expected ':' at position 11"},
      {"La/B;", "expected '(' at position 0"},
  };
  for (const BadRow& row : methods) {
    INFO(row.signature);
    CHECK_THROWS_WITH(parse_method_signature(row.signature, kPlace), Catch::Contains(row.message));
  }
  CHECK_THROWS_WITH(parse_class_signature("<T:La/B;>", kPlace), Catch::Contains("expected 'L' at position 9"));
  CHECK_THROWS_WITH(parse_class_signature("La/B;I", kPlace), Catch::Contains("expected 'L' at position 5"));
}

TEST_CASE("Signatures may be nested, but not for ever") {
  CHECK_NOTHROW(parse_field_signature(repeated("[", 255) + "I", kPlace));
  CHECK_NOTHROW(parse_field_signature(repeated("La/B<", 500) + "*" + repeated(">;", 500), kPlace));
  CHECK_NOTHROW(parse_field_signature("La/B<TT;>" + repeated(".C", 64) + ";", kPlace));
  const std::vector<BadRow> rows = {
      {repeated("[", 60'000) + "I", "expected types nested at most 512 deep"},
      {repeated("La/B<", 10'000), "expected types nested at most 512 deep"},
      {"La/B<TT;>" + repeated(".C", 30'000) + ";", "expected a class in at most 64 others"},
  };
  for (const BadRow& row : rows) {
    INFO(row.message);
    try {
      parse_field_signature(row.signature, kPlace);
      FAIL("taken");
    } catch (const InputError& error) {
      CHECK(error.kind() == InputErrorKind::unsupported);
      CHECK_THAT(error.expectation(), Catch::StartsWith(row.message));
    }
  }
}
