#include <catch2/catch.hpp>
#include <regex>
#include <set>

#include "rule.h"

using namespace preflight;

TEST_CASE("Every rule says what it is, and has a name of its own in kebab-case") {
  std::set<std::string> ids;
  for (const Rule& rule : all_rules()) {
    INFO(rule.id);
    CHECK(ids.insert(rule.id).second);
    CHECK(std::regex_match(rule.id, std::regex("[a-z0-9]+(-[a-z0-9]+)*")));
    CHECK(std::string(rule.title).size() > 10);
    CHECK(std::string(rule.rationale).ends_with('.'));
    CHECK(std::string(rule.remedy).ends_with('.'));
    CHECK(!rule.sources.empty());
    CHECK(rule.check != nullptr);
    CHECK(find_rule(rule.id) == &rule);
  }
  CHECK(find_rule("no-such-rule") == nullptr);
}
