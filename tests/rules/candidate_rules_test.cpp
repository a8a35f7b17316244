// Holds docs/candidate-rules.md against the rules, the rows of the table and the tests that it names.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "fixture_paths.h"
#include "upgrade_builder.h"

using namespace preflight;
using preflight::test::findings_of;
using preflight::test::UpgradeBuilder;

namespace {

std::string content_of(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

struct Candidate {
  int number = 0;
  std::string id, answer, where;
};

/// "| 1 | `id` | answer | where |"
std::vector<Candidate> candidates() {
  std::istringstream list(content_of(test::sources() / "docs/candidate-rules.md"));
  std::vector<Candidate> result;
  for (std::string line; std::getline(list, line);) {
    std::vector<std::string> cells;
    std::istringstream cells_of(line);
    for (std::string cell; std::getline(cells_of, cell, '|');)
      cells.push_back(cell.size() > 2 ? cell.substr(1, cell.size() - 2) : "");
    if (cells.size() == 5 && cells[1].find_first_not_of("0123456789") == std::string::npos && !cells[1].empty())
      result.push_back({std::stoi(cells[1]), cells[2], cells[3], cells[4]});
  }
  return result;
}

/// What stands after "rule `" or "row `" in an answer.
std::vector<std::string> named(const std::string& answer, const std::string& kind) {
  std::vector<std::string> names;
  const std::string start = kind + " `";
  for (std::size_t at = answer.find(start); at != std::string::npos; at = answer.find(start, at + 1))
    names.push_back(answer.substr(at + start.size(), answer.find('`', at + start.size()) - at - start.size()));
  return names;
}

bool has_row(const std::string& name) {
  const std::size_t colon = name.find(':');
  const auto documents = embedded_table_documents();
  const auto document = std::ranges::find(documents, name.substr(0, colon), &TableDocument::name);
  return document != documents.end() &&
         document->text.find("\"id\": \"" + name.substr(colon + 1) + "\"") != std::string::npos;
}

}  // namespace

TEST_CASE("Each of the candidate rules is answered by what is there or left out with a reason") {
  const std::vector<Candidate> list = candidates();
  REQUIRE(list.size() == 158);
  std::set<std::string> ids;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Candidate& candidate = list[i];
    INFO(candidate.number << " " << candidate.id);
    CHECK(candidate.number == static_cast<int>(i) + 1);
    CHECK(ids.insert(candidate.id).second);
    const auto rules = named(candidate.answer, "rule");
    const auto rows = named(candidate.answer, "row");
    for (const std::string& rule : rules)
      CHECK(find_rule(rule) != nullptr);
    for (const std::string& row : rows) {
      INFO(row);
      CHECK(has_row(row));
    }
    if (rules.empty() && rows.empty()) {
      CHECK(candidate.answer == "left out");
      CHECK(candidate.where.size() > 30);
    } else {
      CHECK(std::filesystem::is_regular_file(test::sources() / candidate.where));
    }
  }
}

TEST_CASE("The tests that are named for the candidate rules speak of the rules") {
  for (const Candidate& candidate : candidates()) {
    INFO(candidate.number << " " << candidate.id << " " << candidate.where);
    if (candidate.where.ends_with("_rules_test.cpp"))
      for (const std::string& rule : named(candidate.answer, "rule"))
        CHECK(content_of(test::sources() / candidate.where).find('"' + rule + '"') != std::string::npos);
  }
}

TEST_CASE("Candidates that no test of a family has") {
  const auto speaks = [](const char* rule, const char* target, const char* class_name) {
    return !findings_of(UpgradeBuilder(target).refers_to(class_name).assess(), rule).empty();
  };
  CHECK(speaks("deprecated-api-used", "1.20", "org.apache.flink.streaming.api.checkpoint.ListCheckpointed"));
  CHECK_FALSE(speaks("deprecated-api-used", "1.20", "org.apache.flink.streaming.api.checkpoint.CheckpointedFunction"));
  CHECK(speaks("internal-api-used", "1.20", "org.apache.flink.streaming.api.graph.StreamGraph"));
  CHECK_FALSE(speaks("internal-api-used", "1.20", "org.apache.flink.streaming.api.datastream.DataStream"));
  const auto twice = [](const char* first, const char* second) {
    return !findings_of(UpgradeBuilder("1.20")
                            .savepoint()
                            .calls_uid(first)
                            .calls_uid(second)
                            .operator_with_state(first, "s", test::long_serializer())
                            .assess(),
                        "uid-used-twice")
                .empty();
  };
  CHECK(twice("a", "a"));
  CHECK_FALSE(twice("a", "b"));
}
