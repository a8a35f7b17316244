#include <catch2/catch.hpp>

#include "command_run.h"

using preflight::test::CommandRun;
using preflight::test::run;

TEST_CASE("uid prints the operator ID that Flink derives") {
  const CommandRun result = run({"uid", "my-map", "first"});
  CHECK(result.code == 0);
  CHECK(result.out == "46fe65c20d95ac360c296fef8820108c  my-map\nadf090656b210b1609ad3203d4ee7329  first\n");
}

TEST_CASE("A uid that starts with a dash goes behind --, and control characters are shown escaped") {
  CHECK(run({"uid", "--", "--odd"}).code == 0);
  CHECK(run({"uid", "--odd"}).code == 2);
  CHECK(run({"uid"}).code == 2);
  CHECK(run({"uid", "a\x1B[31m"}).out.find('\x1B') == std::string::npos);
}

TEST_CASE("The program's own help, version and errors") {
  CHECK(run({"--help"}).code == 0);
  CHECK(run({"--help"}).out.find("check") != std::string::npos);
  CHECK(run({"--version"}).out.find("table 20") != std::string::npos);
  CHECK(run({}).code == 2);
  const CommandRun misspelt = run({"chekc"});
  CHECK(misspelt.code == 2);
  CHECK(misspelt.err ==
        "flink-preflight: error: there is no command \"chekc\". Did you mean check? See flink-preflight --help\n");
  CHECK(run({"something-else"}).err.find("Did you mean") == std::string::npos);
}

TEST_CASE("Every help fits a terminal of 80 columns") {
  for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{{"--help"},
                                                                                         {"check", "--help"},
                                                                                         {"inspect", "--help"},
                                                                                         {"api", "--help"},
                                                                                         {"api", "build", "--help"},
                                                                                         {"api", "diff", "--help"},
                                                                                         {"api", "lookup", "--help"},
                                                                                         {"api", "releases", "--help"},
                                                                                         {"plan", "--help"},
                                                                                         {"fleet", "--help"},
                                                                                         {"rules", "--help"},
                                                                                         {"uid", "--help"}}) {
    INFO(arguments.front());
    const CommandRun help = run(arguments);
    CHECK(help.code == 0);
    std::istringstream lines(help.out);
    for (std::string line; std::getline(lines, line);)
      CHECK(line.size() <= 80);
  }
}
