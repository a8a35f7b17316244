#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "deployment_builder.h"
#include "upgrade_builder.h"

using namespace preflight;
using namespace preflight::test;
using Kind = DeploymentKind;

TEST_CASE("Keys of the configuration by what became of them") {
  struct Case {
    const char* rule;
    const char* target;
    Platform platform;
    const char* key;
    const char* value;
    std::vector<std::string> expected;
  };
  const auto row = GENERATE(values<Case>({
      {"configuration-key-renamed",
       "1.20",
       Platform::standalone,
       "state.backend",
       "rocksdb",
       {"low state.backend is called state.backend.type since Flink 1.17"}},
      {"configuration-key-renamed", "1.16", Platform::standalone, "state.backend", "rocksdb", {}},
      {"configuration-key-renamed", "2.2", Platform::standalone, "state.backend.type", "rocksdb", {}},
      {"configuration-key-renamed",
       "2.2",
       Platform::standalone,
       "state.backend.fs.memory-threshold",
       "20kb",
       {"low state.backend.fs.memory-threshold is called execution.checkpointing.data-inline-threshold since Flink "
        "1.20"}},
      {"configuration-key-removed",
       "2.2",
       Platform::standalone,
       "security.ssl.enabled",
       "true",
       {"high security.ssl.enabled is read no more since Flink 2.0"}},
      {"configuration-key-removed", "1.20", Platform::standalone, "security.ssl.enabled", "true", {}},
      {"configuration-key-removed",
       "2.0",
       Platform::kubernetes,
       "pipeline.registered-kryo-types",
       "a.B",
       {"high pipeline.registered-kryo-types is read no more since Flink 2.0"}},
      {"configuration-key-removed",
       "1.17",
       Platform::standalone,
       "metrics.reporter.jmx.class",
       "x.JMXReporter",
       {"high metrics.reporter.jmx.class is read no more since Flink 1.17"}},
      {"configuration-key-removed", "1.17", Platform::standalone, "metrics.reporter.jmx.factory.class", "x.F", {}},
      {"configuration-key-removed",
       "1.15",
       Platform::standalone,
       "mesos.master",
       "zk://a",
       {"medium mesos.master is read no more since Flink 1.14"}},
      {"configuration-key-removed",
       "2.2",
       Platform::kubernetes,
       "env.java.opts.jobmanager",
       "-Xss1m -XX:+UseConcMarkSweepGC",
       {"high env.java.opts.jobmanager with such a value does not work since Flink 2.0"}},
      {"configuration-key-removed", "2.2", Platform::kubernetes, "env.java.opts.jobmanager", "-XX:+UseG1GC", {}},
      {"configuration-key-removed",
       "2.2",
       Platform::standalone,
       "taskmanager.network.blocking-shuffle.compression.enabled",
       "true",
       {"medium taskmanager.network.blocking-shuffle.compression.enabled is read no more since Flink 2.0"}},
      {"configuration-key-refused",
       "2.2",
       Platform::standalone,
       "state.backend",
       "filesystem",
       {"blocker state.backend with \"filesystem\" is refused since Flink 2.0"}},
      {"configuration-key-refused", "1.20", Platform::standalone, "state.backend", "filesystem", {}},
      {"configuration-key-refused", "2.2", Platform::standalone, "state.backend", "hashmap", {}},
      {"configuration-key-refused",
       "2.2",
       Platform::msf,
       "high-availability.type",
       "kubernetes",
       {"medium high-availability.type is not for a job of the managed service to set"}},
      {"configuration-key-refused", "2.2", Platform::kubernetes, "high-availability.type", "kubernetes", {}},
      {"configuration-key-removed", "2.2", Platform::standalone, "my.own.key", "1", {}},
  }));
  CAPTURE(row.rule, row.target, row.key, row.value);
  DeployedUpgrade builder(row.target);
  builder.on(row.platform);
  builder.deployment(DeploymentBuilder(Kind::flink_configuration, "config.yaml").key(row.key, row.value));
  CHECK(findings_of(builder.assess(), row.rule) == row.expected);
}

TEST_CASE("A finding about a key has its line and its value and what settled it") {
  DeployedUpgrade builder("2.2");
  builder.deployment(DeploymentBuilder(Kind::flink_configuration, "config.yaml").key("state.backend", "rocksdb", 12));
  const Assessment assessment = builder.assess();
  const auto found = std::ranges::find(assessment.findings, "configuration-key-renamed", &Finding::rule);
  REQUIRE(found != assessment.findings.end());
  CHECK(found->location.path == "config.yaml");
  CHECK(found->location.line == 12);
  CHECK(found->evidence.front() == "state.backend: rocksdb");
  CHECK(found->remedy == "Write state.backend.type.");
  CHECK(found->sources.size() == 2);
}

TEST_CASE("Defaults that changed between the releases are told where the file leaves the key out") {
  const std::string title = "info The default of restart-strategy.type changed with Flink 1.19";
  const auto told = [&](const char* from, const char* key, Kind kind = Kind::flink_configuration) {
    DeployedUpgrade builder("1.20");
    builder.from(from);
    builder.deployment(DeploymentBuilder(kind).key(key, "x"));
    const auto titles = findings_of(builder.assess(), "configuration-default-changed");
    return std::ranges::find(titles, title) != titles.end();
  };
  CHECK(told("1.18", "parallelism.default"));
  CHECK_FALSE(told("1.18", "restart-strategy.type"));
  CHECK_FALSE(told("1.18", "restart-strategy"));
  CHECK_FALSE(told("1.19", "parallelism.default"));
  CHECK_FALSE(told("1.18", "parallelism.default", Kind::msf_application));
}
