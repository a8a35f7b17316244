#include <catch2/catch.hpp>

#include "command_run.h"
#include "fixture_paths.h"

using preflight::test::CommandRun;
using preflight::test::fixtures;
using preflight::test::run;

TEST_CASE("inspect savepoint takes a directory or its _metadata, and shows every operator") {
  const auto savepoint = fixtures() / "savepoints/orders-1.0/1.20/rocksdb-canonical";
  const CommandRun text = run({"inspect", "savepoint", savepoint.string()});
  CHECK(text.code == 0);
  CHECK_THAT(text.out, Catch::Contains("7c19ffa4901d4126a14489e077589839"));
  CHECK_THAT(text.out, Catch::Contains("KryoSerializer[com.example.orders.Cart]"));
  CHECK(text.out.find('\x1B') == std::string::npos);

  const CommandRun json = run({"inspect", "savepoint", (savepoint / "_metadata").string(), "--format", "json"});
  CHECK(json.code == 0);
  CHECK_THAT(json.out, Catch::Contains("\"metadata_version\": 4"));
}

TEST_CASE("inspect says what it expected") {
  CHECK(run({"inspect"}).code == 2);
  CHECK(run({"inspect", "savepoint"}).code == 2);
  CHECK(run({"inspect", "moon", "x"}).code == 2);
  CHECK(run({"inspect", "savepoint", "x", "--format", "html"}).code == 2);
  CHECK(run({"inspect", "savepoint", "/no/such/savepoint"}).code == 3);
}
