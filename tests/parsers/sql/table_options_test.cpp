#include "sql/table_options.h"

#include <catch2/catch.hpp>
#include <string>

using namespace preflight;

namespace {

/// "table: key=value, ...", and " ..." behind a list that is cut off.
std::string shown(std::string_view sql) {
  std::string text;
  for (const TableOptions& list : table_options_of(sql)) {
    text += (text.empty() ? "" : " | ") + list.table + ":";
    for (const TableOptions::Option& option : list.options)
      text += " " + option.key + "=" + option.value;
    text += list.complete ? "" : " ...";
  }
  return text;
}

}  // namespace

TEST_CASE("The options of tables in SQL") {
  struct Case {
    const char* name;
    std::string sql;
    std::string expected;
  };
  const Case cases[] = {
      {"a statement", "CREATE TABLE orders (id INT) WITH ('connector' = 'kinesis', 'stream' = 'o')",
       "orders: connector=kinesis stream=o"},
      {"without spaces, over lines, in any case",
       "create temporary table if not exists `a`.`my table`\n(id "
       "INT)\nwith(\n'connector'='kinesis',\n'format'='json'\n)",
       "`a`.`my table`: connector=kinesis format=json"},
      {"two statements", "CREATE TABLE a WITH ('k'='1'); CREATE TABLE b WITH ('k'='2');", "a: k=1 | b: k=2"},
      {"quotes in a value", "CREATE TABLE a WITH ('k'='it''s', 'l'='(,)')", "a: k=it's l=(,)"},
      {"comments between", "CREATE TABLE a WITH ( -- 'x'='y'\n 'k'='1', -- why\n 'l'='2')", "a: k=1 l=2"},
      {"a column's default and comment are no options", "CREATE TABLE a (x STRING COMMENT 'a, b') WITH ('k'='1')",
       "a: k=1"},
      {"a hint", "SELECT * FROM t /*+ OPTIONS('scan.x'='1') */", ": scan.x=1"},
      {"a piece: the front", "CREATE TABLE a (x INT) WITH ('connector'='kinesis', ", "a: connector=kinesis ..."},
      {"a piece: the end", "'format'='json')", ": format=json"},
      {"a value that is put in outside quotes", "CREATE TABLE a WITH ('k'='1', 'l'=\x01, 'm'='3')",
       "a: k=1 ... | a: m=3"},
      {"a quote that does not end", "CREATE TABLE a WITH ('k'='1', 'l'='2", "a: k=1 ..."},
      {"a name that does not end", "CREATE TABLE `a WITH ('k'='1')", ""},
      {"no name", "CREATE TABLE ('k'='1')", ": k=1"},
      {"nothing", "", ""},
      {"signs alone", ",()'=''", ""},
  };
  for (const Case& one : cases) {
    INFO(one.name);
    CHECK(shown(one.sql) == one.expected);
  }
}

TEST_CASE("Every piece of a statement is read to its end") {
  const std::string sql = "CREATE TABLE `a b` (id INT) WITH ('connector' = 'kin''esis', -- x\n 'stream' = 'o');";
  for (std::size_t start = 0; start < sql.size(); ++start)
    for (std::size_t size = 0; start + size <= sql.size(); ++size)
      for (const TableOptions& list : table_options_of(std::string_view(sql).substr(start, size)))
        CHECK_FALSE(list.options.empty());
}

TEST_CASE("An option is found by its key") {
  const std::vector<TableOptions> lists = table_options_of("WITH ('a' = '1', 'b' = '2')");
  REQUIRE(lists.size() == 1);
  REQUIRE(lists.front().find("b") != nullptr);
  CHECK(*lists.front().find("b") == "2");
  CHECK(lists.front().find("c") == nullptr);
}
