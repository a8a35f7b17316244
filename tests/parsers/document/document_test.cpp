#include "document/document.h"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <string>

#include "input/input_error.h"

using namespace preflight;

namespace {

/// The tree as one line: what a reader of it goes by.
std::string shown(const DocumentNode& node) {
  const std::string tag = node.tag.empty() ? "" : node.tag + " ";
  std::string result;
  switch (node.kind) {
    case DocumentNode::Kind::null_:
      return "null";
    case DocumentNode::Kind::scalar:
      return tag + (node.quoted ? "'" + node.text + "'" : node.text);
    case DocumentNode::Kind::sequence:
      for (const DocumentNode& item : node.items)
        result += (result.empty() ? "" : " ") + shown(item);
      return tag + "[" + result + "]";
    case DocumentNode::Kind::mapping:
      for (const DocumentEntry& entry : node.entries)
        result += fmt::format("{}{}@{}={}", result.empty() ? "" : " ", entry.key, entry.line, shown(entry.value));
      return tag + "{" + result + "}";
  }
  return result;
}

std::string shown(const std::string& text) {
  std::string result;
  for (const DocumentNode& document : parse_documents(text, "file"))
    result += (result.empty() ? "" : " --- ") + shown(document);
  return result;
}

std::string error_of(const std::string& text, const DocumentLimits& limits = {}) {
  try {
    parse_documents(text, "file", limits);
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

std::string laughs() {
  std::string text = "a0: &a0 ha\n";
  for (int i = 1; i < 40; ++i)
    text += fmt::format("a{0}: &a{0} [*a{1}, *a{1}, *a{1}, *a{1}]\n", i, i - 1);
  return text;
}

}  // namespace

TEST_CASE("YAML and JSON become one kind of tree, with lines") {
  const auto [text, tree] = GENERATE(table<std::string, std::string>({
      {"", ""},
      {"a: 1\nb:\n  c: [x, 'y']\n", "{a@1=1 b@2={c@3=[x 'y']}}"},
      {"a: ~\nb:\nc: \"null\"\n", "{a@1=null b@2=null c@3='null'}"},
      {"kind: A\n---\nkind: B\n", "{kind@1=A} --- {kind@3=B}"},
      {"n: !Ref Name\ng: !GetAtt\n  - A\n  - B\n", "{n@1=!Ref Name g@2=!GetAtt [A B]}"},
      {"a: &x {b: 1}\nc: *x\n", "{a@1={b@1=1} c@2={b@1=1}}"},
      {"{\"a\": 1.50,\n \"b\": [true, null, \"\\ud83d\\ude00\"]}", "{a@1=1.50 b@2=[true null '\xF0\x9F\x98\x80']}"},
      {"\xEF\xBB\xBF\n[\n{}]", "[{}]"},
  }));
  CAPTURE(text);
  CHECK(shown(text) == tree);
}

TEST_CASE("A document that is none, or that is made to hurt, is refused with its line") {
  const auto [text, part] = GENERATE(table<std::string, std::string>({
      {"{\"a\": 1,\n}", "file:2: expected JSON"},
      {"{\"a\": 1", "file:1: expected JSON"},
      {"{} {}", "file:1: expected JSON"},
      {"a: 1\nb: [1, 2\n", "expected YAML"},
      {"a: *unknown\n", "file:1: expected YAML"},
      {"a: 1\nb: 2\na: 3\n", "file:3: expected each key once, \"a\" is in line 1 too"},
      {"{\"a\": 1,\n\"a\": 2}", "file:2: expected each key once"},
      {"? [a, b]\n: c\n", "expected a plain text as key"},
      {"a: &x [*x]\n", "file:1: expected an alias of a node that is complete"},
      {std::string(5'000'000, '['), "at most 100 collections"},
      {"a: " + std::string(100'000, '['), "at most 100 collections"},
      {"a: " + std::string(5'000'000, '['), "expected at most 2097152 bytes of YAML, found 5000003"},
      {"a: " + std::string(100'000, '{'), "expected at most 100 collections"},
      {laughs(), "expected at most 1000000 values, aliases resolved"},
      {std::string("a\0b", 3), "found a NUL byte"},
  }));
  CAPTURE(text.substr(0, 40));
  CHECK_THAT(error_of(text), Catch::Contains(part));
}

TEST_CASE("Aliases count as what they stand for, in text and in depth") {
  CHECK_THAT(error_of("a: &x " + std::string(400, 'x') + "\nb: [*x, *x]\n", {.text_bytes = 1500}),
             Catch::Contains("at most 1500 bytes of text"));
  CHECK_THAT(error_of("a: &x [[[1]]]\nb: [[*x]]\n", {.depth = 5}), Catch::Contains("at most 5 collections"));
  CHECK(error_of("a: &x [[[1]]]\nb: [[*x]]\n", {.depth = 8}) == "no error");
}

TEST_CASE("A value is found under its keys") {
  const auto documents = parse_documents("spec:\n  job: {upgradeMode: savepoint}\n", "file");
  REQUIRE(documents.size() == 1);
  REQUIRE(find(documents[0], {"spec", "job", "upgradeMode"}) != nullptr);
  CHECK(find(documents[0], {"spec", "job", "upgradeMode"})->text == "savepoint");
  CHECK(find(documents[0], {"spec", "job", "upgradeMode", "x"}) == nullptr);
  CHECK(find(documents[0], {"spec", "jobs"}) == nullptr);
}
