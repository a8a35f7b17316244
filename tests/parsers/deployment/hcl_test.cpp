#include "deployment/hcl.h"

#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "deployment/setting_reader.h"
#include "input/input_error.h"

using namespace preflight;

namespace {

std::string shown(const DocumentNode& node) {
  std::string result;
  if (node.tag == kUnresolvedTag)
    return "?" + node.text + "?";
  switch (node.kind) {
    case DocumentNode::Kind::null_:
      return "null";
    case DocumentNode::Kind::scalar:
      return node.quoted ? "'" + node.text + "'" : node.text;
    case DocumentNode::Kind::sequence:
      for (const DocumentNode& item : node.items)
        result += (result.empty() ? "" : " ") + shown(item);
      return "[" + result + "]";
    case DocumentNode::Kind::mapping:
      for (const DocumentEntry& entry : node.entries)
        result += fmt::format("{}{}@{}={}", result.empty() ? "" : " ", entry.key, entry.line, shown(entry.value));
      return "{" + result + "}";
  }
  return result;
}

std::string parsed(const std::string& text, const DocumentLimits& limits = {}) {
  try {
    return shown(parse_hcl(text, "a.tf", limits));
  } catch (const InputError& error) {
    return error.what();
  }
}

std::string repeated(const std::string& text, int times) {
  std::string result;
  for (int i = 0; i < times; ++i)
    result += text;
  return result;
}

}  // namespace

TEST_CASE("HCL becomes the tree of its JSON syntax") {
  const auto [text, tree] = GENERATE(table<std::string, std::string>({
      {"", "{}"},
      {"a = 1\nb = -2.5e3\nc = true\nd = null\n", "{a@1=1 b@2=-2.5e3 c@3=true d@4=null}"},
      {"a = \"x \\\"y\\\" \\n $${z} 100%\"", "{a@1='x \"y\" \n ${z} 100%'}"},
      {"a = \"x ${y} z\"", "{a@1=?\"x ${y} z\"?}"},
      {"a = \"${f(\"}\")}\" # b", "{a@1=?\"${f(\"}\")}\"?}"},
      {"a = var.b\n", "{a@1=?var.b?}"},
      {"a = 1 + 2\n", "{a@1=?1 + 2?}"},
      {"a = var.b ? 1 : 2\n", "{a@1=?var.b ? 1 : 2?}"},
      {"a = -var.b\n", "{a@1=?-var.b?}"},
      {"a = (\n  1\n)\nb = 2\n", "{a@1=?(…? b@4=2}"},
      {"a = f([\n1, {b = 2}\n])\nc = 3", "{a@1=?f([…? c@4=3}"},
      {"a = [1, \"b\", var.c,\n]", "{a@1=[1 'b' ?var.c?]}"},
      {"a = []\nb = {}", "{a@1=[] b@2={}}"},
      {"a = [for x in y : x]\nb = {for k, v in z : k => v}", "{a@1=?[for x in y : x]? b@2=?{for k, v in z : k => v}?}"},
      {"a = { b = 1, \"c.d\" : 2\n  e = var.f\n (g) = 3 }", "{a@1={b@1=1 c.d@1=2 e@2=?var.f?}}"},
      {"a {\n b = 1\n}\na {\n b = 2\n}", "{a@1=[{b@2=1} {b@5=2}]}"},
      {"r \"t\" \"n\" { a = 1 }\nr \"t\" m {}", "{r@1={t@1={n@1={a@1=1} m@2={}}}}"},
      {"a = <<E\nx\n y\nE\nb = 1", "{a@1='x\n y\n' b@5=1}"},
      {"a = <<-E\n  x\n   y\n  E\n", "{a@1='x\n y\n'}"},
      {"a = <<E\n${x}\nE\n", "{a@1=?<<E…?}"},
      {"/* a = 1\n*/ b = 2 // c\n# d", "{b@2=2}"},
      {"dynamic \"a\" {\n content { b = 1 }\n}", "{a@1=?a dynamic block makes it?}"},
  }));
  CAPTURE(text);
  CHECK(parsed(text) == tree);
}

TEST_CASE("HCL that is none is refused with its line") {
  const auto [text, message] = GENERATE(table<std::string, std::string>({
      {"a", "a.tf:1: expected = and a value"},
      {"a {\n", "a.tf:2: expected an attribute or a block"},
      {"}", "a.tf:1: expected an attribute or a block"},
      {"a = ", "a.tf:1: expected a value"},
      {"a = 1 2\nb = ]", "a.tf:2: expected a value"},
      {"a = [\n1}", "a.tf:2: expected , or ] in a list"},
      {"a = [1", "a.tf:1: expected , or ] in a list"},
      {"a = {b", "a.tf:1: expected = behind a key"},
      {"a = {1 = 2}", "a.tf:1: expected a key of an object"},
      {"a = \"b", "a.tf:1: expected the end of a text in quotes"},
      {"a = \"\\q\"", "a.tf:1: expected an escape"},
      {"a = \"${b", "a.tf:1: expected the end of a template"},
      {"a = <<E\nx", "a.tf:2: expected the end of a heredoc, E"},
      {"a = << E\n", "a.tf:1: expected a heredoc"},
      {"a = f(1", "a.tf:1: expected )"},
      {"/* a", "a.tf:1: expected the end of a comment"},
      {"a = 1\na = 2", "a.tf:2: expected each attribute once, \"a\" stands twice"},
      {"a b {}\na b {}", "a.tf:2: expected each block once, a \"b\" stands twice"},
      {"a = {b = 1, b = 2}", "a.tf:1: expected each key once, \"b\" stands twice"},
      {"a = " + repeated("[", 100'000), "expected at most 100 blocks or collections within each other"},
      {repeated("a {", 100'000), "expected at most 100 blocks or collections within each other"},
      {"a " + repeated("b ", 100'000), "expected = and a value"},
      {"a = " + repeated("(", 100'000), "expected )"},
      {"a = \"" + repeated("${\"", 100'000), "expected the end of a template"},
      {"a = [" + repeated("1,", 2'000'000), "expected at most 1000000 values"},
  }));
  CAPTURE(text.substr(0, 40));
  CHECK_THAT(parsed(text), Catch::Contains(message));
}

TEST_CASE("Names of one place are counted") {
  std::string text;
  for (int i = 0; i < 2001; ++i)
    text += fmt::format("a{} = 1\n", i);
  CHECK_THAT(parsed(text), Catch::Contains("a.tf:2001: expected at most 2000 names in one place"));
}
