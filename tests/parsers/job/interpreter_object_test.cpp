#include <catch2/catch.hpp>

#include "parsers/job/probe_model.h"

using namespace preflight::test;

TEST_CASE("Objects keep what their constructors were given, and calls on them find their code") {
  check_flows({
      {"Objects",
       "template",
       {R"(object: new Objects$Concrete("mine"))", R"(opened: "mine-template")", "type: java.lang.Long.class",
        "inherited: new Objects$Concrete(\"mine\").context()"}},
      {"Objects",
       "dispatched",
       {R"(exact: "circlecircle")", R"(chosen: {"circle" | "square"})",
        R"(unknown: {"captured-hidden" | "circle" | "square"})", R"(unique: "hermit")"}},
      {"Objects", "nestMates", {R"(secret: "secret-1")", R"(anonymous: "captured-hidden")"}},
      {"Objects", "statics", {R"(list: "static")", "first: 1", "second: 2"}},
      {"Objects", "recursion", {"shallow: 1", "deep: unknown(recursive)"}},
      {"Objects",
       "chains",
       {R"(chain: com.example.probe.Probe.builder().topic("t").build())",
        "builder: com.example.probe.Probe.builder() then topic then topic"}},
      {"Objects", "varargs", {"count: 3", "last: java.lang.Long.class", "boxed: 2", "instance: true"}},
  });
}

TEST_CASE("Enums are made once, with their fields") {
  check_flows({
      {"Enums",
       "fields",
       {R"(uid: "map-uid")", "parallelism: 2", R"(name: "MAP-FILTER")", "ordinal: 1", R"(label: "special")",
        R"(by name: "filter-uid")"}},
      {"Enums", "all", {R"(op: "map-uid")", R"(op: "filter-uid")"}},
      {"Enums", "switched", {R"(known: "is filter")", R"(unknown: {"is map" | "is filter"})", "same: true"}},
  });
}

TEST_CASE("Lambdas are run where what calls them is known, and looked at where it is not") {
  check_flows({
      {"Lambdas",
       "called",
       {R"(supplied: "captured!")", R"(reference: "x")", R"(own: "own-s")", R"(constructed: "made")",
        R"(of this: "field")"}},
      {"Lambdas", "collections", {R"(each: "a")", R"(each: "b")", R"(mapped: "xa,xb")", R"(filtered: "q")"}},
      {"Lambdas",
       "optionals",
       {R"(present: "here")", R"(else: {unknown(config(NAME)) | "default"})", "perhaps: unknown(config(NAME)) ?"}},
      {"Lambdas", "later", {"inside: 1 ? *", "after: 2"}},
      {"Lambdas", "handedOn", {R"(applied: "given")"}},
  });
}

TEST_CASE("Records, switch expressions and patterns are followed") {
  check_flows(
      {
          {"Records", "components", {R"(uid: "u-v2")", "parallelism: 4"}},
          {"Records", "switched", {R"(expression: "high")", R"(unknown: {"low" | "high"})", R"(pattern: "t-block")"}},
          {"Records", "immutable", {R"(name: "a")", R"(name: "b")", R"(of map: "v")", R"(formatted: "x!")"}},
      },
      17);
  check_flows(
      {
          {"Patterns",
           "switched",
           {R"(label: "europe")", R"(any: {"text" | "number" | "other"})", R"(taken apart: "lr")"}},
      },
      21);
}
