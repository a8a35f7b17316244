// `plan`: its exit code, and what inputs add to it.
#include <catch2/catch.hpp>

#include "command_run.h"
#include "temporary_folder.h"

using preflight::test::CommandRun;
using preflight::test::InProjectFolder;
using preflight::test::run;

namespace {

using Texts = std::vector<std::string>;

constexpr const char* kOrdersJar = "fixtures/applications/orders-2.0/orders-2.0.jar";
constexpr const char* kOrdersPom = "fixtures/applications/orders-2.0/pom.xml";
constexpr const char* kOrdersSavepoint = "fixtures/savepoints/orders-1.0/1.20/rocksdb-canonical";

}  // namespace

TEST_CASE("plan") {
  const InProjectFolder here;
  struct Row {
    Texts arguments;
    int code;
    Texts contains;
    Texts lacks;
  };
  const Row row = GENERATE(values<Row>({
      {{"--from", "1.11", "--to", "2.2", "--platform", "msf"},
       0,
       {"1.11 → 1.20 → 2.2", "create-application-snapshot", "rollback-application", "--runtime-environment-update"},
       {"kubectl", "bin/flink run"}},
      {{"--from", "1.20", "--to", "2.2", "--app", kOrdersJar, "--pom", kOrdersPom, "--savepoint", kOrdersSavepoint},
       0,
       {"com.example.orders.OrdersJob.main (OrdersJob.java:27)", "pom.xml:13", "recent-cart", "bin/flink run"},
       {"Kinesis", "Kafka", "Build against", "aws kinesis"}},
      {{"--from", "1.11", "--to", "2.2", "--platform", "msf", "--pom", "fixtures/poms/kinesis-on-2/pom.xml"},
       0,
       {"1.11 → 1.20 → 2.2", "Kinesis: move to the 5.x connector on 1.20", "--snapshot-name before-1-20"},
       {"Kafka: FlinkKafkaConsumer"}},
      {{"--from", "1.20", "--to", "2.2", "--deployment", "fixtures/deployments/msf-describe.json"},
       0,
       {"--application-name orders", "The service does not roll back an update that fails", "msf-describe.json:"},
       {"--application-name NAME", "See that snapshots are on", "Switch on automatic rollback"}},
      {{"--from", "1.20", "--to", "2.2", "--deployment", "fixtures/deployments/kubernetes.yaml"},
       0,
       {"Rename a key of the configuration", "execution.checkpointing.dir", "upgradeMode last-state is used",
        "kubernetes.yaml:"},
       {"aws kinesis"}},
      {{"--from", "1.20", "--to", "2.2", "--platform", "kubernetes", "--format", "json"},
       0,
       {"\"schema_version\": \"1\"", "\"verdict\": \"unpromised\"", "v2_2"},
       {}},
      {{"--from", "1.20", "--to", "2.2", "--format", "markdown"}, 0, {"- [ ] **"}, {}},
      {{"--from", "1.20", "--to", "1.20"}, 0, {"nothing to upgrade"}, {"Upgrade 1"}},
      {{"--from", "2.2", "--to", "1.20"}, 1, {"no way that keeps the state"}, {"Upgrade 1"}},
      {{"--help"}, 0, {"--from", "--to"}, {}},
      {{"--from", "3.7", "--to", "2.2"}, 2, {"--from: Flink 3.7 is not in the table", "1.20, 2.0"}, {}},
      {{"--from", "abc", "--to", "2.2"}, 2, {"--from: expected a Flink release"}, {}},
      {{"--from", "1.20", "--to", "abc"}, 2, {"--to: expected a Flink release"}, {}},
      {{"--from", "1.20"}, 2, {"--to is needed"}, {}},
      {{"--from", "1.20", "--to", "2.2", "--format", "html"}, 2, {"text, json or markdown"}, {}},
      {{"--from", "1.20", "--to", "2.2", "--bad"}, 2, {"--bad"}, {}},
      {{"--from", "1.20", "--to", "2.2", "--pom", "no-such.xml"}, 3, {"no-such.xml"}, {}},
  }));
  Texts arguments{"plan"};
  arguments.insert(arguments.end(), row.arguments.begin(), row.arguments.end());
  const CommandRun result = run(arguments);
  INFO(result.out << result.err);
  CHECK(result.code == row.code);
  for (const std::string& text : row.contains)
    CHECK((result.out + result.err).find(text) != std::string::npos);
  for (const std::string& text : row.lacks)
    CHECK(result.out.find(text) == std::string::npos);
}
