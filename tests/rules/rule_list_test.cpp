#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "rule.h"

using namespace preflight;

namespace {

bool is_kebab_case(const std::string& id) {
  const bool letters = std::ranges::all_of(id, [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
  return letters && !id.starts_with('-') && !id.ends_with('-') && id.find("--") == std::string::npos;
}

}  // namespace

TEST_CASE("Every rule says what it is, and has a name of its own in kebab-case") {
  std::set<std::string> ids;
  for (const Rule& rule : all_rules()) {
    INFO(rule.id);
    CHECK(ids.insert(rule.id).second);
    CHECK(is_kebab_case(rule.id));
    CHECK(std::string(rule.title).size() > 10);
    CHECK(std::string(rule.rationale).ends_with('.'));
    CHECK(std::string(rule.remedy).ends_with('.'));
    CHECK(!rule.sources.empty());
    REQUIRE(rule.fires != nullptr);
    REQUIRE(rule.does_not_fire != nullptr);
    CHECK(std::string(rule.fires).ends_with('.'));
    CHECK(std::string(rule.does_not_fire).ends_with('.'));
    CHECK(std::string(rule.fires) != rule.does_not_fire);
    CHECK((rule.check != nullptr || std::string(rule.id).starts_with("waiver-")));
    CHECK(find_rule(rule.id) == &rule);
  }
  CHECK(find_rule("no-such-rule") == nullptr);
}
