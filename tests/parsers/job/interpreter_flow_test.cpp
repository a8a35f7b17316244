#include <catch2/catch.hpp>

#include "parsers/job/probe_model.h"

using namespace preflight::test;

TEST_CASE("Texts are put together as Java does it, and keep what is known of them") {
  check_flows({
      {"Texts", "concatenated", {R"(concatenated: "job-made-7xtruenull0.59")"}},
      {"Texts", "built", {R"(built: "ab1truec")"}},
      {"Texts",
       "formatted",
       {R"(format: "job-trim-3%")", R"(join: "a/b/c")", R"(joined list: "x+y")",
        R"(padded: unknown(library-internal(java.lang.String.format)) like "{}-x")"}},
      {"Texts", "changed", {R"(changed: "ome_text!")", "length: 11", R"(split: "b")", "number: 13"}},
      {"Texts",
       "main",
       {"argument: unknown(program-argument)", R"(region: {unknown(program-argument) | "eu"})",
        R"(with region: {unknown(program-argument) like "map-{}" | "map-eu"})"}},
      {"Texts",
       "settings",
       {R"(known: "value")", R"(system: unknown(config(uid, "default")))",
        R"(environment: unknown(config(REGION)) like "enrich-{}")", "clock: unknown(nondeterministic)"}},
      {"Texts",
       "switched",
       {R"(known text: "america")", R"(other text: "elsewhere")",
        R"(unknown text: {"europe" | "america" | "elsewhere"})"}},
  });
}

TEST_CASE("Branches are followed where their condition is known, and both ways where it is not") {
  check_flows({
      {"Branches", "eitherWay", {"then: 1 ?", "else: 2 ?", R"(after: {"a" | "b"})"}},
      {"Branches", "knownWay", {"taken: 3"}},
      {"Branches", "sharedArm", {"once: 1 ?", "after: 2"}},
      {"Branches", "guarded", {"certain: 1", "still certain: 2"}},
      {"Branches", "leavesEarly", {"after return: 1 ?"}},
      {"Branches", "main", {"certain in main: 1"}},
      {"Branches", "cleanedUp", {"tried: 1", "finally: 2"}},
      {"Branches", "fieldsOfBothArms", {R"(field: {"a" | "b"})", "count: {0 | 5}"}},
      {"Branches", "numbers", {"one: {1 | 2} ?", "two: {1 | 2} ?", "arithmetic: 46"}},
      {"Branches", "deep", {"inner: 1 ?", "outer: 2 ?", "certain: 3"}},
  });
}

TEST_CASE("Loops are unrolled where their turns are known, and run once where they are not") {
  check_flows({
      {"Loops", "counted", {R"(turn: "loop-0")", R"(turn: "loop-1")", R"(turn: "loop-2")", R"(after: "certain")"}},
      {"Loops", "overList", {R"(name: "a")", R"(name: "b")", "number: 4", "number: 5"}},
      {"Loops", "overMap", {"x: 1", "y: 2"}},
      {"Loops",
       "unknownTurns",
       {R"(each: unknown(loop) like "op-{}" ? *)", "n: unknown(loop)", R"(last: {unknown(loop) | "some"})"}},
      {"Loops", "untilUnknown", {"body: 1 *", "after: 2"}},
      {"Loops", "leftInside", {R"(name: "a" ?)", R"(name: "b" ?)", "after: 1"}},
      {"Loops", "nested", {"cell: 1", "cell: 10"}},
      {"Loops", "collected", {"size: unknown(loop)", "text: unknown(loop)"}},
      {"Loops", "withFields", {"counter: unknown(loop) ? *", "after: unknown(loop)"}},
      {"Loops", "endless", {"before: 1", "turn: 1 ? *"}},
      {"Loops", "long_", {"sum: unknown(loop)"}},
  });
}
