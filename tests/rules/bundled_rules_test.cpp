#include <catch2/catch.hpp>
#include <functional>
#include <string>
#include <vector>

#include "upgrade_builder.h"

using namespace preflight;
using namespace preflight::test;

namespace {

using Titles = std::vector<std::string>;

struct Case {
  const char* name;
  std::function<void(UpgradeBuilder&)> jar;
  Titles expected;
};

Titles findings_with(const std::function<void(UpgradeBuilder&)>& jar, const std::string& rule) {
  UpgradeBuilder builder("2.2");
  builder.application();
  jar(builder);
  return findings_of(builder.assess(), rule);
}

}  // namespace

TEST_CASE("flink-runtime-packed") {
  const auto row = GENERATE(values<Case>({
      {"nothing of Flink", [](UpgradeBuilder&) {}, {}},
      {"a connector",
       [](UpgradeBuilder& b) { b.add_class("org.apache.flink.connector.kafka.source.KafkaSource", 52); },
       {}},
      {"what the distribution has beside the core",
       [](UpgradeBuilder& b) { b.add_class("org.apache.flink.connector.file.src.FileSource", 52); },
       {}},
      {"a class of the runtime's packages, but not the runtime",
       [](UpgradeBuilder& b) { b.add_class("org.apache.flink.runtime.something.Own", 52); },
       {}},
      {"the runtime",
       [](UpgradeBuilder& b) {
         b.add_class("org.apache.flink.runtime.taskmanager.Task", 52)
             .add_class("org.apache.flink.streaming.api.environment.StreamExecutionEnvironment", 52);
       },
       {"medium Flink's own runtime is packed into the JAR: flink-runtime, flink-streaming-java"}},
      {"the planner",
       [](UpgradeBuilder& b) { b.add_class("org.apache.flink.table.planner.delegation.PlannerBase", 52); },
       {"high Flink's planner is packed into the JAR: flink-table-planner"}},
  }));
  INFO(row.name);
  CHECK(findings_with(row.jar, "flink-runtime-packed") == row.expected);
}

TEST_CASE("library-in-two-versions") {
  const auto row = GENERATE(values<Case>({
      {"one version in two JARs",
       [](UpgradeBuilder& b) {
         b.bundles_in("lib/a.jar", "net.acme", "x", "1.0").bundles_in("lib/b.jar", "net.acme", "x", "1.0");
       },
       {}},
      {"two artifacts of one group",
       [](UpgradeBuilder& b) {
         b.bundles_in("lib/a.jar", "net.acme", "x", "1.0").bundles_in("lib/b.jar", "net.acme", "y", "2.0");
       },
       {}},
      {"two versions",
       [](UpgradeBuilder& b) {
         b.bundles_in("lib/a.jar", "net.acme", "x", "1.0").bundles_in("lib/b.jar", "net.acme", "x", "2.0");
       },
       {"medium net.acme:x is packed as 1.0 and 2.0"}},
  }));
  INFO(row.name);
  CHECK(findings_with(row.jar, "library-in-two-versions") == row.expected);
}

TEST_CASE("class-packed-twice") {
  const auto row = GENERATE(values<Case>({
      {"a class once", [](UpgradeBuilder& b) { b.add_class("net.acme.A", 52); }, {}},
      {"a class for two Java releases",
       [](UpgradeBuilder& b) { b.add_class("net.acme.A", 52).add_class("net.acme.A", 55, 11); },
       {}},
      {"two copies of a class",
       [](UpgradeBuilder& b) { b.add_class("net.acme.A", 52).add_class("net.acme.A", 52); },
       {}},
      {"module descriptors of two JARs, which no class path loads",
       [](UpgradeBuilder& b) {
         b.add_class("module-info", 53).add_class("module-info", 53);
         b.upgrade().application->classes.back().crc = 1;
       },
       {}},
      {"two classes of one name",
       [](UpgradeBuilder& b) {
         b.add_class("net.acme.A", 52).add_class("net.acme.A", 52);
         b.upgrade().application->classes.back().crc = 1;
       },
       {"low net.acme.A is in the JAR more than once, and not the same each time"}},
  }));
  INFO(row.name);
  CHECK(findings_with(row.jar, "class-packed-twice") == row.expected);
}

TEST_CASE("signature-left-in-jar") {
  const auto row = GENERATE(values<Case>({
      {"a merged JAR without signatures",
       [](UpgradeBuilder& b) { b.bundles("org.bouncycastle", "bcprov-jdk18on", "1"); },
       {}},
      {"a signed JAR of the job's own classes",
       [](UpgradeBuilder& b) { b.upgrade().application->signature_files = {"META-INF/TEAM.SF"}; },
       {}},
      {"a merged JAR with a library's signature",
       [](UpgradeBuilder& b) {
         b.bundles("org.bouncycastle", "bcprov-jdk18on", "1.78");
         b.upgrade().application->signature_files = {"META-INF/BC2048KE.SF"};
       },
       {"medium A merged JAR still holds the signature of a part: META-INF/BC2048KE.SF"}},
  }));
  INFO(row.name);
  CHECK(findings_with(row.jar, "signature-left-in-jar") == row.expected);
}

TEST_CASE("scala-versions-mixed") {
  const auto row = GENERATE(values<Case>({
      {"one version",
       [](UpgradeBuilder& b) {
         b.bundles("org.scala-lang", "scala-library", "2.12.18").bundles("org.json4s", "json4s-core_2.12", "4.0.6");
       },
       {}},
      {"an underscore that is no suffix",
       [](UpgradeBuilder& b) {
         b.bundles("org.scala-lang", "scala-library", "2.12.18").bundles("net.acme", "a_b", "1.0");
       },
       {}},
      {"Scala 3 on the library of 2.13",
       [](UpgradeBuilder& b) {
         b.bundles("org.scala-lang", "scala-library", "2.13.12").bundles("io.circe", "circe-core_3", "0.14.6");
       },
       {}},
      {"two",
       [](UpgradeBuilder& b) {
         b.bundles("org.scala-lang", "scala-library", "2.12.18").bundles("org.json4s", "json4s-core_2.11", "3.6.7");
       },
       {"high Libraries for Scala 2.11 and 2.12 are packed together"}},
  }));
  INFO(row.name);
  CHECK(findings_with(row.jar, "scala-versions-mixed") == row.expected);
}

TEST_CASE("libraries-in-conflict") {
  const auto row = GENERATE(values<Case>({
      {"SLF4J's API alone", [](UpgradeBuilder& b) { b.bundles("org.slf4j", "slf4j-api", "1.7.36"); }, {}},
      {"a binding",
       [](UpgradeBuilder& b) { b.bundles("org.slf4j", "slf4j-simple", "1.7.36"); },
       {"low An SLF4J binding is packed"}},
      {"Log4j 2 and SLF4J in a circle",
       [](UpgradeBuilder& b) {
         b.bundles("org.apache.logging.log4j", "log4j-to-slf4j", "2.17.1")
             .bundles("org.apache.logging.log4j", "log4j-slf4j-impl", "2.17.1");
       },
       {"high Log4j 2 and SLF4J send their messages to each other",
        "low log4j-to-slf4j is packed, and Flink logs the other way round", "low An SLF4J binding is packed"}},
      {"Log4j 1 and SLF4J in a circle, known by classes alone",
       [](UpgradeBuilder& b) {
         b.add_class("org.apache.log4j.Log4jLoggerFactory", 52).add_class("org.slf4j.impl.Log4jLoggerAdapter", 52);
       },
       {"high Log4j 1 and SLF4J send their messages to each other", "low An SLF4J binding is packed"}},
      {"a relocated binding",
       [](UpgradeBuilder& b) { b.add_class("com.acme.shaded.org.slf4j.simple.SimpleLogger", 52); },
       {}},
  }));
  INFO(row.name);
  CHECK(findings_with(row.jar, "libraries-in-conflict") == row.expected);
}

TEST_CASE("library-ended") {
  const auto row = GENERATE(values<Case>({
      {"AWS SDK 2", [](UpgradeBuilder& b) { b.add_class("software.amazon.awssdk.core.SdkClient", 52); }, {}},
      {"AWS SDK 1, relocated by a connector",
       [](UpgradeBuilder& b) {
         b.add_class("org.apache.flink.kinesis.shaded.com.amazonaws.AmazonWebServiceClient", 52);
       },
       {"low AWS SDK for Java 1 is not supported any more since 2025-12-31"}},
      {"the runtime properties of the managed service, whose packages look like the SDK's",
       [](UpgradeBuilder& b) {
         b.add_class("com.amazonaws.services.kinesisanalytics.runtime.KinesisAnalyticsRuntime", 52);
       },
       {}},
  }));
  INFO(row.name);
  CHECK(findings_with(row.jar, "library-ended") == row.expected);
}

TEST_CASE("kryo-version-mismatch") {
  const auto row = GENERATE(values<Case>({
      {"none", [](UpgradeBuilder&) {}, {}},
      {"the target's own",
       [](UpgradeBuilder& b) {
         b.bundles("com.esotericsoftware", "kryo", "5.6.2").add_class("com.esotericsoftware.kryo.Kryo", 52);
       },
       {}},
      {"another version",
       [](UpgradeBuilder& b) {
         b.bundles("com.esotericsoftware.kryo", "kryo", "2.24.0").add_class("com.esotericsoftware.kryo.Kryo", 52);
       },
       {"medium Kryo 2.24.0 is packed; Flink 2.2 uses its own 5.6.2"}},
      {"a version that nothing tells",
       [](UpgradeBuilder& b) { b.add_class("com.esotericsoftware.kryo.Kryo", 52); },
       {"info Kryo is packed; Flink 2.2 uses its own 5.6.2"}},
      {"relocated", [](UpgradeBuilder& b) { b.add_class("com.acme.shaded.com.esotericsoftware.kryo.Kryo", 52); }, {}},
  }));
  INFO(row.name);
  CHECK(findings_with(row.jar, "kryo-version-mismatch") == row.expected);
}

TEST_CASE("application-too-large") {
  constexpr std::uint64_t kMebibyte = 1 << 20;
  UpgradeBuilder builder("2.2");
  builder.application();
  builder.upgrade().application->file_bytes = 512 * kMebibyte + 1;
  CHECK(findings_of(builder.assess(), "application-too-large").empty());
  builder.on(Platform::msf);
  CHECK(findings_of(builder.assess(), "application-too-large") ==
        Titles{"low The JAR has 512 MiB, more than the 512 MiB that the platform recommends"});
  builder.upgrade().application->file_bytes = 512 * kMebibyte;
  CHECK(findings_of(builder.assess(), "application-too-large").empty());
}
