// The command, its exit code, what the report contains and what it does not.
#include <catch2/catch.hpp>

#include "command_run.h"
#include "fixture_paths.h"
#include "temporary_folder.h"

using preflight::test::CommandRun;
using preflight::test::InProjectFolder;
using preflight::test::run;
using preflight::test::TemporaryFolder;

namespace {

using Texts = std::vector<std::string>;

constexpr const char* kOrdersJar = "fixtures/applications/orders-2.0/orders-2.0.jar";
constexpr const char* kOrdersPom = "fixtures/applications/orders-2.0/pom.xml";
constexpr const char* kOrdersSavepoint = "fixtures/savepoints/orders-1.0/1.20/rocksdb-canonical";

}  // namespace

TEST_CASE("check on real artefacts") {
  const InProjectFolder here;
  struct Row {
    const char* name;
    Texts arguments;
    int code;
    Texts contains;
    Texts lacks;
  };
  const Row row = GENERATE(values<Row>({
      {"the demo",
       {"--from", "1.20", "--target", "2.2", "--app", kOrdersJar, "--pom", kOrdersPom, "--savepoint", kOrdersSavepoint},
       1,
       {"BLOCKED", "operator-not-in-application", "kryo-state-across-major", "removed-class-referenced",
        "connector-without-release", "flink-dependency-version-mismatch"},
       {"class-file-too-new", "entry-class-missing"}},
      {"what linkage finds in an application of 1.20",
       {"--from", "1.20", "--target", "2.2", "--app", "fixtures/applications/orders-1.0/orders-1.0.jar"},
       1,
       {"missing-method-referenced", "DataStream.addSink(SinkFunction)", "StateTtlConfig.newBuilder(Time)",
        "override-never-called", "FraudDetector.open (FraudDetector.java:23)", "1.20.5 is the last release"},
       {"class-not-on-class-path"}},
      {"an open(Configuration) that 2.2 never calls, as it was recorded",
       {"--from", "1.18", "--target", "2.2", "--app", "fixtures/applications/visits-1.18/visits-1.18.jar"},
       1,
       {"override-never-called", "com.example.visits.VisitTracker", "open(OpenContext)"},
       {"blocker", "missing-method-referenced"}},
      {"the same, with the gate off",
       {"--from", "1.20", "--target", "2.2", "--app", kOrdersJar, "--fail-on", "never"},
       0,
       {"removed-class-referenced"},
       {}},
      {"the same JAR on its own release",
       {"--from", "1.20", "--target", "1.20", "--app", kOrdersJar, "--pom", kOrdersPom},
       0,
       {"gate passes"},
       {"removed-class-referenced", "flink-dependency-version-mismatch"}},
      {"a clean application from 1.18 to 1.20",
       {"--from", "1.18", "--target", "1.20.5", "--app", "fixtures/applications/visits-1.20/visits-1.20.jar", "--pom",
        "fixtures/applications/visits-1.20/pom.xml", "--savepoint",
        "fixtures/savepoints/visits-1.18/1.18/hashmap-canonical"},
       0,
       {"gate passes"},
       {"rule: "}},
      {"the same, strict: all of its state is decided",
       {"--from", "1.18", "--target", "1.20", "--app", "fixtures/applications/visits-1.20/visits-1.20.jar",
        "--savepoint", "fixtures/savepoints/visits-1.18/1.18/hashmap-canonical", "--strict"},
       0,
       {"all of it comes back", "gate passes"},
       {"--strict"}},
      {"operators that are not all known, strict: undecided states fail the gate",
       {"--from", "1.20", "--target", "1.20", "--app", "fixtures/jobs/patterns-1.20.jar", "--savepoint",
        "fixtures/savepoints/patterns/1.20/hashmap-canonical", "--strict"},
       1,
       {"could not be decided", "--strict"},
       {}},
      {"a clean application for 2.2",
       {"--from", "1.20", "--target", "2.2", "--app", "fixtures/applications/visits-2.2/visits-2.2.jar", "--pom",
        "fixtures/applications/visits-2.2/pom.xml", "--savepoint",
        "fixtures/savepoints/visits-1.20/1.20/hashmap-canonical"},
       0,
       {"upgrade-path-unpromised"},
       {"blocker", "removed-class-referenced", "kryo-state-across-major"}},
      {"class files for Java 17 on a Java 11 runtime",
       {"--target", "1.20", "--platform", "msf", "--app", "fixtures/jars/java17.jar"},
       1,
       {"class-file-too-new"},
       {}},
      {"Java 21 classes for Java 21 only",
       {"--target", "1.20", "--platform", "msf", "--app", "fixtures/jars/multi-release.jar"},
       0,
       {},
       {"class-file-too-new"}},
      {"a preview of Java 25 on a Java 17 runtime",
       {"--target", "2.2", "--platform", "msf", "--app", "fixtures/jars/language-levels.jar"},
       1,
       {"preview-class-file", "com.example.levels.preview.Preview"},
       {}},
      {"an entry class that is not there",
       {"--target", "1.20", "--app", "fixtures/jars/main-class-missing.jar"},
       1,
       {"entry-class-missing"},
       {}},
      {"renamed and retired artifacts",
       {"--target", "2.2", "--pom", "fixtures/poms/renamed-artifacts/pom.xml"},
       1,
       {"artifact-retired"},
       {}},
      {"a connector for another Flink release",
       {"--target", "1.20", "--pom", "fixtures/poms/wrong-connector-minor/pom.xml"},
       1,
       {"connector-version-mismatch"},
       {}},
      {"a target that does not exist",
       {"--target", "2.1", "--platform", "msf", "--pom", "fixtures/applications/visits-2.2/pom.xml"},
       1,
       {"target-runtime-unknown"},
       {}},
      {"a hop that the service refuses",
       {"--target", "1.18", "--from", "1.6", "--platform", "msf", "--app", kOrdersJar},
       1,
       {"upgrade-path-refused"},
       {}},
      {"parallelism above the savepoint's max parallelism",
       {"--target", "1.20", "--savepoint", kOrdersSavepoint, "--parallelism", "129"},
       1,
       {"parallelism-above-max"},
       {}},
      {"parallelism at the savepoint's max parallelism",
       {"--target", "1.20", "--savepoint", kOrdersSavepoint, "--parallelism", "128"},
       0,
       {},
       {"rule: parallelism-above-max"}},
      {"a downgrade that Flink refuses, as it was recorded",
       {"--target", "1.20", "--savepoint", "fixtures/savepoints/states/2.2/hashmap-canonical"},
       1,
       {"runtime-downgrade", "upgrade-path-refused", "Unrecognized checkpoint version number"},
       {}},
      {"a job without uids",
       {"--from", "1.20", "--target", "1.20", "--app", "fixtures/jobs/counts-1.20.jar", "--savepoint",
        "fixtures/savepoints/counts/1.20/hashmap-canonical"},
       0,
       {"operator-without-uid", "setUidHash"},
       {"operator-not-in-application"}},
      {"an explicit max parallelism that differs, as it was recorded",
       {"--from", "1.20", "--target", "1.20", "--savepoint", "fixtures/savepoints/states/1.20/hashmap-canonical",
        "--max-parallelism", "256"},
       1,
       {"max-parallelism-changed"},
       {}},
      {"a JAR without an entry class, on the managed service",
       {"--target", "1.20", "--platform", "msf", "--app", "fixtures/jars/no-main-class.jar"},
       1,
       {"entry-class-missing"},
       {}},
      {"a plain JAR", {"--target", "1.20", "--platform", "msf", "--app", "fixtures/jars/plain.jar"}, 0, {}, {"rule: "}},
      {"a clean pom", {"--target", "2.2", "--pom", "fixtures/poms/clean-2.2/pom.xml"}, 0, {}, {"rule: "}},
      {"a connector that moved to other artifacts",
       {"--target", "2.2", "--pom", "fixtures/poms/kinesis-on-2/pom.xml"},
       1,
       {"flink-connector-aws-kinesis-streams"},
       {}},
      {"what Gradle has locked",
       {"--target", "2.2", "--build", "fixtures/builds/gradle.lockfile"},
       1,
       {"fixtures/builds/gradle.lockfile:5", "flink-connector-kafka:3.4.0-1.20", "connector-version-mismatch"},
       {"flink-test-utils"}},
      {"the same on its own release",
       {"--target", "1.20", "--build", "fixtures/builds/gradle.lockfile"},
       0,
       {},
       {"connector-version-mismatch", "flink-dependency-version-mismatch"}},
      {"a Python job",
       {"--target", "2.2", "--platform", "msf", "--build", "fixtures/builds/requirements.txt", "--build",
        "fixtures/builds/pyproject.toml"},
       1,
       {"pyflink-version-mismatch", "python-release-unsupported"},
       {}},
      {"Flink releases mixed in one pom",
       {"--target", "1.20", "--pom", "fixtures/poms/mixed-versions/pom.xml"},
       1,
       {"flink-dependency-version-mismatch"},
       {}},
      {"quiet", {"--from", "1.20", "--target", "2.2", "--app", kOrdersJar, "--quiet"}, 1, {"BLOCKED"}, {"Inputs"}},
  }));
  INFO(row.name);
  Texts arguments = {"check"};
  arguments.insert(arguments.end(), row.arguments.begin(), row.arguments.end());
  const CommandRun result = run(arguments);
  INFO(result.out);
  INFO(result.err);
  CHECK(result.code == row.code);
  for (const std::string& text : row.contains)
    CHECK_THAT(result.out, Catch::Contains(text));
  for (const std::string& text : row.lacks)
    CHECK_THAT(result.out, !Catch::Contains(text));
}

TEST_CASE("Code links against the release that it was compiled for") {
  const InProjectFolder here;
  struct Row {
    const char* jar;
    const char* target;
  };
  const Row row = GENERATE(values<Row>({
      {"fixtures/applications/orders-1.0/orders-1.0.jar", "1.20"},
      {"fixtures/applications/orders-2.0/orders-2.0.jar", "1.20"},
      {"fixtures/applications/visits-1.18/visits-1.18.jar", "1.18"},
      {"fixtures/applications/visits-1.20/visits-1.20.jar", "1.20"},
      {"fixtures/applications/visits-2.2/visits-2.2.jar", "2.2"},
      {"fixtures/jobs/states-1.15.jar", "1.15"},
      {"fixtures/jobs/states-2.0.jar", "2.0"},
      {"fixtures/jobs/states-2.1.jar", "2.1"},
      {"fixtures/jobs/states-2.3.jar", "2.3"},
      {"fixtures/jobs/corners-2.2.jar", "2.2"},
      {"fixtures/jobs/patterns-1.20.jar", "1.20"},
  }));
  INFO(row.jar);
  const CommandRun result = run({"check", "--target", row.target, "--app", row.jar});
  INFO(result.out);
  for (const char* rule :
       {"removed-class-referenced", "class-not-on-class-path", "missing-method-referenced", "missing-field-referenced",
        "incompatible-class-change", "method-not-implemented", "override-never-called", "bundled-code-does-not-link"})
    CHECK_THAT(result.out, !Catch::Contains(rule));
}

TEST_CASE("allowNonRestoredState turns a refused job into one that loses state") {
  const InProjectFolder here;
  const auto check = [](const char* flag) {
    return run({"check", "--from", "1.20", "--target", "1.20", "--app", kOrdersJar, "--savepoint", kOrdersSavepoint,
                "--allow-non-restored-state", flag, "--format", "json"});
  };
  CHECK_THAT(check("false").out, Catch::Contains("\"outcome\": \"fails\""));
  CHECK_THAT(check("true").out, Catch::Contains("\"outcome\": \"loses-state\""));
}

TEST_CASE("Several reports in one run are the same report") {
  const InProjectFolder here;
  const TemporaryFolder folder;
  const auto html = folder.path() / "report.html";
  const auto json = folder.path() / "report.json";
  const CommandRun result =
      run({"check", "--from", "1.20", "--target", "2.2", "--app", kOrdersJar, "--format", "html", "--output",
           html.string(), "--format", "json", "--output", json.string(), "--format", "text"});
  CHECK(result.code == 1);
  CHECK_THAT(result.out, Catch::StartsWith("BLOCKED"));
  CHECK(std::filesystem::file_size(html) > 1000);
  CHECK(std::filesystem::file_size(json) > 1000);
}

TEST_CASE("A report that cannot be written is an error, and standard output stays empty") {
  const InProjectFolder here;
  const CommandRun result = run({"check", "--target", "2.2", "--app", kOrdersJar, "--format", "html", "--output",
                                 "/no/such/folder/report.html", "--format", "text"});
  CHECK(result.code == 3);
  CHECK(result.out.empty());
  CHECK_THAT(result.err, Catch::Contains("/no/such/folder/report.html"));
}

TEST_CASE("A table given with --table replaces the built-in one of the same name") {
  const InProjectFolder here;
  const TemporaryFolder folder;
  const auto none = folder.write("connectors.json", R"({"table": "connectors", "rows": []})");
  const auto check = [](const std::string& table) {
    return run({"check", "--target", "2.2", "--pom", kOrdersPom, "--table", table, "--format", "json"});
  };
  for (const auto& table : {none, folder.path()}) {
    const CommandRun result = check(table.string());
    CHECK(result.code == 1);
    CHECK_THAT(result.out, !Catch::Contains("connector-without-release"));
    CHECK_THAT(result.out, Catch::Contains("flink-dependency-version-mismatch"));
  }
}
