#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "upgrade_builder.h"

using namespace preflight;
using namespace preflight::test;

TEST_CASE("Calls that a platform refuses are named where the team's own code makes them") {
  const std::string environment = "org.apache.flink.streaming.api.environment.StreamExecutionEnvironment";
  struct Case {
    const char* rule;
    const char* target;
    Platform platform;
    std::string owner, method;
    std::vector<std::string> expected;
  };
  const auto row = GENERATE_COPY(values<Case>({
      {"configuration-set-in-code",
       "2.2",
       Platform::msf,
       environment,
       "enableCheckpointing",
       {"medium The job sets what the managed service keeps for itself"}},
      {"configuration-set-in-code",
       "1.19",
       Platform::msf,
       "org.apache.flink.streaming.api.environment.CheckpointConfig",
       "setMinPauseBetweenCheckpoints",
       {"medium The job sets what the managed service keeps for itself"}},
      {"configuration-set-in-code",
       "1.18",
       Platform::msf,
       environment,
       "setStateBackend",
       {"info The job sets a state backend, which the managed service does not use"}},
      {"configuration-set-in-code", "1.18", Platform::msf, environment, "enableCheckpointing", {}},
      {"configuration-set-in-code", "2.2", Platform::kubernetes, environment, "enableCheckpointing", {}},
      {"configuration-set-in-code", "2.2", Platform::msf, environment, "execute", {}},
      {"configuration-set-in-code",
       "2.2",
       Platform::msf,
       "org.apache.flink.streaming.api.environment.CheckpointConfig",
       "getCheckpointInterval",
       {}},
      {"local-file-written",
       "2.2",
       Platform::msf,
       "java.io.FileWriter",
       "<init>",
       {"low The job may write to the local file system"}},
      {"local-file-written", "1.20", Platform::msf, "java.io.FileWriter", "<init>", {}},
      {"local-file-written", "2.2", Platform::msf, "java.io.FileReader", "<init>", {}},
      {"instance-metadata-read",
       "2.3",
       Platform::msf,
       "com.amazonaws.util.EC2MetadataUtils",
       "getInstanceId",
       {"medium The job asks the instance metadata service"}},
      {"process-ended",
       "1.20",
       Platform::standalone,
       "java.lang.System",
       "exit",
       {"low The job may end the process that it runs in"}},
      {"process-ended", "1.20", Platform::standalone, "java.lang.System", "exitCode", {}},
      {"process-started", "2.2", Platform::msf, "java.lang.Runtime", "exec", {"low The job starts other programs"}},
      {"process-started", "2.2", Platform::standalone, "java.lang.Runtime", "exec", {}},
  }));
  CAPTURE(row.rule, row.target, row.owner, row.method);
  UpgradeBuilder builder(row.target);
  builder.on(row.platform).application().calls("com.example.Main", row.owner, row.method, 42);
  CHECK(findings_of(builder.assess(), row.rule) == row.expected);
}

TEST_CASE("A call in packed code is not the team's") {
  UpgradeBuilder builder("2.2");
  builder.on(Platform::msf)
      .application()
      .add_class("org.apache.kafka.clients.consumer.KafkaConsumer", 52)
      .calls("org.apache.kafka.clients.consumer.KafkaConsumer", "java.lang.System", "exit", 1);
  CHECK(findings_of(builder.assess(), "process-ended").empty());
}

TEST_CASE("The evidence of a call names class, method, file and line") {
  UpgradeBuilder builder("2.2");
  builder.on(Platform::msf).application().calls("com.example.Main", "java.lang.System", "exit", 42);
  const Assessment assessment = builder.assess();
  const auto finding = std::ranges::find(assessment.findings, std::string("process-ended"), &Finding::rule);
  REQUIRE(finding != assessment.findings.end());
  CHECK(finding->evidence == std::vector<std::string>{"com.example.Main.main (Job.java:42) calls System.exit"});
  CHECK(finding->location.entry == "com.example.Main.class");
}
