#include "first_things.h"

#include <catch2/catch.hpp>

namespace preflight {
namespace {

Finding finding(Severity severity, Subject::Kind kind, const char* remedy) {
  return {.rule = "a-rule", .severity = severity, .title = "a title", .remedy = remedy, .subject = {.kind = kind}};
}

std::vector<std::string> remedies(const std::vector<Finding>& findings) {
  std::vector<std::string> texts;
  for (const ThingToDo& thing : things_to_do(findings))
    texts.push_back(thing.remedy);
  return texts;
}

}  // namespace

TEST_CASE("the order of the things to do") {
  using Kind = Subject::Kind;
  struct Row {
    const char* name;
    std::vector<Finding> findings;
    std::vector<std::string> remedies;
  };
  const auto row = GENERATE(values<Row>({
      {"none", {}, {}},
      {"one remedy for several findings stands once",
       {finding(Severity::blocker, Kind::class_, "a"), finding(Severity::high, Kind::class_, "b"),
        finding(Severity::high, Kind::method, "a")},
       {"a", "b"}},
      {"the gravest first",
       {finding(Severity::medium, Kind::class_, "m"), finding(Severity::blocker, Kind::class_, "b")},
       {"b", "m"}},
      {"state before code",
       {finding(Severity::blocker, Kind::class_, "code"), finding(Severity::blocker, Kind::state, "state"),
        finding(Severity::blocker, Kind::operator_, "uid")},
       {"state", "uid", "code"}},
      {"graver code before state",
       {finding(Severity::blocker, Kind::class_, "code"), finding(Severity::high, Kind::state, "state")},
       {"code", "state"}},
      {"what cures more before what cures less",
       {finding(Severity::high, Kind::class_, "one"), finding(Severity::high, Kind::class_, "two"),
        finding(Severity::high, Kind::class_, "two")},
       {"two", "one"}},
      {"low and info ask for nothing",
       {finding(Severity::low, Kind::class_, "l"), finding(Severity::info, Kind::class_, "i")},
       {}},
      {"no remedy is nothing to do", {finding(Severity::blocker, Kind::class_, "")}, {}},
  }));
  DYNAMIC_SECTION(row.name) {
    CHECK(remedies(row.findings) == row.remedies);
  }
}

TEST_CASE("a thing to do has its findings in their order and the gravest severity") {
  const std::vector<ThingToDo> things = things_to_do({finding(Severity::medium, Subject::Kind::class_, "a"),
                                                      finding(Severity::low, Subject::Kind::class_, "a"),
                                                      finding(Severity::high, Subject::Kind::class_, "a")});
  REQUIRE(things.size() == 1);
  CHECK(things[0].findings == std::vector<std::size_t>{0, 2});
  CHECK(things[0].severity == Severity::high);
}

TEST_CASE("what is waived is not to be done") {
  std::vector<Finding> findings{finding(Severity::blocker, Subject::Kind::class_, "a"),
                                finding(Severity::blocker, Subject::Kind::class_, "a")};
  findings[0].waiver = Waiver{"we can live with it", "", "2027-01-31"};
  const std::vector<ThingToDo> things = things_to_do(findings);
  REQUIRE(things.size() == 1);
  CHECK(things[0].findings == std::vector<std::size_t>{1});
  findings[1].waiver = findings[0].waiver;
  CHECK(things_to_do(findings).empty());
}

}  // namespace preflight
