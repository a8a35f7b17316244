#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <sstream>

#include "command_run.h"

using preflight::test::CommandRun;
using preflight::test::InProjectFolder;
using preflight::test::run;

namespace {

std::string readme() {
  std::ifstream file("README.md");
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The block of the README that starts with "$ " and this command's first words: the command line and its output.
struct Example {
  std::vector<std::string> arguments;
  std::string output;
};

Example example_starting_with(const std::string& words) {
  const std::string text = readme();
  const std::size_t start = text.find("$ flink-preflight " + words);
  REQUIRE(start != std::string::npos);
  const std::size_t end = text.find("\n```", start);
  REQUIRE(end != std::string::npos);
  std::string command = text.substr(start + 2, text.find("\n\n", start) - start - 2);
  for (std::size_t at = command.find("\\\n"); at != std::string::npos; at = command.find("\\\n"))
    command.erase(at, 2);
  Example example;
  std::istringstream parts(command);
  std::string part;
  parts >> part;
  while (parts >> part)
    example.arguments.push_back(part);
  const std::size_t output = text.find("\n\n", start) + 2;
  example.output = text.substr(output, end - output) + "\n";
  return example;
}

}  // namespace

TEST_CASE("The README shows the real output of a real run") {
  const InProjectFolder here;
  const auto [command, code] = GENERATE(table<std::string, int>({{"check", 1}, {"inspect deployment", 0}}));
  const Example example = example_starting_with(command);
  const CommandRun result = run(example.arguments);
  CHECK(result.code == code);
  CHECK(result.err.empty());
  CHECK(result.out == example.output);
}
