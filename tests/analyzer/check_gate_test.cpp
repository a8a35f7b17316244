// Waivers and baselines over real artefacts; behind each run stands the invariant of the formats.
#include <rapidjson/document.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "command_run.h"
#include "on_day.h"
#include "temporary_folder.h"

using preflight::test::CommandRun;
using preflight::test::InProjectFolder;
using preflight::test::on_one_line;
using preflight::test::OnDay;
using preflight::test::run;
using preflight::test::TemporaryFolder;

namespace {

using Texts = std::vector<std::string>;

constexpr const char* kPom = "fixtures/applications/orders-2.0/pom.xml";

constexpr const char* kNovember2026 = "1795910400";  // 2026-11-29
constexpr const char* kMarch2027 = "1804204800";     // 2027-03-05

Texts check(Texts more) {
  Texts arguments{"check", "--from", "1.20", "--target", "2.2", "--pom", kPom};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

rapidjson::Document parsed(const std::string& text) {
  rapidjson::Document json;
  INFO(text);
  REQUIRE_FALSE(json.Parse(text.c_str()).HasParseError());
  return json;
}

/// Every finding of high and above of that pom, until the end of 2026.
constexpr const char* kWaivers =
    "waivers:\n"
    "  - {rule: connector-without-release, subject: '*rabbitmq*', reason: moves to Kafka, approved_by: M. Maier, "
    "expires: 2026-12-31}\n"
    "  - {rule: flink-dependency-version-mismatch, subject: '*', reason: next week, expires: never}\n"
    "  - {rule: state-incompatible, subject: '*', reason: its rule does not run, expires: never}\n";

std::map<std::string, std::string> fingerprints(const std::string& json) {
  std::map<std::string, std::string> prints;
  const rapidjson::Document report = parsed(json);
  for (const auto& finding : report["findings"].GetArray())
    prints[finding["fingerprint"].GetString()] =
        std::string(finding["rule"].GetString()) + " " + finding["subject"]["name"].GetString();
  return prints;
}

}  // namespace

TEST_CASE("Waived findings pass the gate and stay in the report, and the verdict stays") {
  const InProjectFolder here;
  const TemporaryFolder folder;
  const OnDay day(kNovember2026);
  const std::string waivers = folder.write("waivers.yaml", kWaivers).string();
  CHECK(run(check({})).code == 1);
  const CommandRun text = run(check({"--waivers", waivers}));
  INFO(text.out << text.err);
  CHECK(text.code == 0);
  CHECK_THAT(text.out, Catch::StartsWith("BLOCKED"));
  CHECK_THAT(text.out, Catch::Contains("waived until 2026-12-31 by M. Maier: moves to Kafka"));
  CHECK_THAT(text.out, Catch::Contains("Waived: the gate does not count them"));
  CHECK_THAT(text.out, Catch::Contains("The gate passes: no other finding of severity high or above; "));
  CHECK_THAT(text.out, !Catch::Contains("waiver-unused"));
  const rapidjson::Document json = parsed(run(check({"--waivers", waivers, "--format", "json"})).out);
  const auto& last = json["findings"][json["findings"].Size() - 1];
  CHECK(last["waiver"].IsObject());
  CHECK(std::string(json["verdict"].GetString()) == "blocked");
}

TEST_CASE("After its last day a waiver brings its finding back and says so") {
  const InProjectFolder here;
  const TemporaryFolder folder;
  const OnDay day(kMarch2027);
  const std::string waivers = folder.write("waivers.yaml", kWaivers).string();
  const CommandRun result = run(check({"--waivers", waivers}));
  INFO(result.out);
  CHECK(result.code == 1);
  CHECK_THAT(result.out, Catch::Contains("rule: waiver-expired"));
  CHECK_THAT(on_one_line(result.out), Catch::Contains("ended on 2026-12-31"));
}

TEST_CASE("A waiver that matches nothing is reported") {
  const InProjectFolder here;
  const TemporaryFolder folder;
  const std::string waivers =
      folder.write("w.yaml", "waivers: [{rule: artifact-retired, subject: nothing, reason: x, expires: never}]\n")
          .string();
  // A flow mapping at the start of a block: the file is YAML.
  const CommandRun result = run(check({"--waivers", waivers}));
  INFO(result.out << result.err);
  CHECK_THAT(result.out, Catch::Contains("rule: waiver-unused"));
  CHECK_THAT(result.out, Catch::Contains("The waiver of artifact-retired for \"nothing\" matches no finding"));
}

TEST_CASE("Waivers and baselines that cannot be read end with 3 and no report") {
  const InProjectFolder here;
  const TemporaryFolder folder;
  const std::string bad = folder.write("bad.yaml", "waivers: 1\n").string();
  const std::string misspelt = folder.write("misspelt.yaml", "waiver: w.yaml\n").string();
  for (const Texts& more : std::vector<Texts>{{"--waivers", bad},
                                              {"--waivers", "/no/waivers.yaml"},
                                              {"--baseline", bad},
                                              {"--baseline", "/no/baseline.json"},
                                              {"--config", misspelt},
                                              {"--config", "/no/config.yaml"}}) {
    const CommandRun result = run(check(more));
    INFO(more[0] << ' ' << more[1]);
    CHECK(result.code == 3);
    CHECK(result.out.empty());
    CHECK_THAT(result.err, Catch::Contains(more[1]));
  }
  const CommandRun both = run(check({"--waivers", bad, "--baseline", bad}));
  CHECK(std::ranges::count(both.err, '\n') == 2);
}

TEST_CASE("Against a baseline only what is new fails the gate") {
  const InProjectFolder here;
  const TemporaryFolder folder;
  const std::string earlier = folder.write("earlier.json", run(check({"--format", "json"})).out).string();
  const CommandRun same = run(check({"--baseline", earlier}));
  INFO(same.out);
  CHECK(same.code == 0);
  CHECK_THAT(same.out, Catch::Contains("; since the baseline 0 new, "));
  CHECK_THAT(same.out, Catch::Contains("(in the baseline)"));
  CHECK_THAT(on_one_line(same.out), Catch::Contains(" in the baseline."));

  const CommandRun more =
      run(check({"--app", "fixtures/applications/orders-2.0/orders-2.0.jar", "--baseline", earlier}));
  CHECK(more.code == 1);
  CHECK_THAT(more.out, Catch::Contains("(new)"));

  const CommandRun fewer = run({"check", "--from", "1.20", "--target", "2.2", "--pom",
                                "fixtures/poms/clean-2.2/pom.xml", "--baseline", earlier});
  CHECK(fewer.code == 0);
  CHECK_THAT(fewer.out, Catch::Contains("Fixed since the baseline"));
  const rapidjson::Document json =
      parsed(run({"check", "--from", "1.20", "--target", "2.2", "--pom", "fixtures/poms/clean-2.2/pom.xml",
                  "--baseline", earlier, "--format", "json"})
                 .out);
  CHECK(json["fixed"].Size() > 0);
  CHECK(run({"check", "--target", "1.20", "--pom", kPom, "--baseline", earlier}).code == 3);
}

TEST_CASE("Fingerprints survive lines that move and files that are renamed") {
  const InProjectFolder here;
  const TemporaryFolder folder;
  std::ifstream file(kPom);
  std::string pom{std::istreambuf_iterator<char>(file), {}};
  const auto before = fingerprints(run(check({"--format", "json"})).out);
  REQUIRE(before.size() >= 3);
  pom.insert(pom.find("<dependencies>"), "\n\n<!-- moved -->\n\n\n");
  const std::string moved = folder.write("renamed.xml", pom).string();
  const auto after =
      fingerprints(run({"check", "--from", "1.20", "--target", "2.2", "--pom", moved, "--format", "json"}).out);
  CHECK(before == after);
}

TEST_CASE("Fingerprints survive a new compilation") {
  const InProjectFolder here;
  // The same sources, compiled against two releases: what is found in both builds has the same fingerprint.
  const auto of = [](const char* jar) {
    return fingerprints(run({"check", "--from", "1.20", "--target", "2.2", "--app", jar, "--format", "json"}).out);
  };
  const auto one = of("fixtures/jobs/states-1.18.jar");
  const auto other = of("fixtures/jobs/states-1.20.jar");
  std::set<std::string> subjects;
  for (const auto& [print, subject] : one)
    subjects.insert(subject);
  std::size_t shared = 0;
  for (const auto& [print, subject] : other)
    if (subjects.contains(subject)) {
      INFO(subject);
      CHECK(one.contains(print));
      ++shared;
    }
  CHECK(shared >= 3);
}

TEST_CASE("A misspelt option or value of every command gets a suggestion") {
  struct Row {
    Texts arguments;
    const char* says;
  };
  const Row row = GENERATE(values<Row>({
      {{"check", "--savpoint", "x"}, "Did you mean --savepoint?"},
      {{"check", "--target", "2.2", "--app", "x", "--platform", "kubernets"}, "Did you mean kubernetes?"},
      {{"check", "--target", "2.2", "--app", "x", "--fail-on", "hihg"}, "Did you mean high?"},
      {{"check", "--target", "2.2", "--app", "x", "--format", "jsn"}, "Did you mean json?"},
      {{"plan", "--frm", "1.20"}, "Did you mean --from?"},
      {{"plan", "--from", "1.20", "--to", "2.2", "--pmo", "x"}, "Did you mean --pom?"},
      {{"inspect", "savepoint", "x", "--operater", "y"}, "Did you mean --operator?"},
      {{"diff", "a", "b", "--formt", "json"}, "Did you mean --format?"},
      {{"rules", "list", "--formta", "json"}, "Did you mean --format?"},
      {{"rules", "lsit"}, "Did you mean list?"},
      {{"rules", "list", "--format", "markdwn"}, "Did you mean markdown?"},
      {{"api", "lokup", "X"}, "Did you mean lookup?"},
      {{"api", "lookup", "X", "--tabel", "y"}, "Did you mean --table?"},
      {{"api", "build", "--verson", "1"}, "Did you mean --version?"},
      {{"fleet", "-", "--job", "2"}, "Did you mean --jobs?"},
      {{"chekc"}, "Did you mean check?"},
  }));
  const CommandRun result = run(row.arguments);
  INFO(result.err);
  CHECK(result.code == 2);
  CHECK_THAT(result.err, Catch::Contains(row.says));
}

TEST_CASE("A fleet's lines take waivers and what a configuration file sets") {
  const InProjectFolder here;
  const TemporaryFolder folder;
  const OnDay day(kNovember2026);
  folder.write("waivers.yaml", kWaivers);
  const std::string config = folder.write("config.yaml", "target: 2.2\nfrom: 1.20\nwaivers: waivers.yaml\n").string();
  const std::string manifest =
      folder
          .write("fleet.jsonl", std::string(R"({"id": "a", "pom": ")") + kPom + "\"}\n" +
                                    R"({"id": "b", "target": "1.20", "pom": ")" + kPom + "\"}\n")
          .string();
  const CommandRun result = run({"fleet", manifest, "--config", config, "--quiet"});
  INFO(result.out << result.err);
  CHECK(result.code == 0);
  CHECK_THAT(result.out, Catch::StartsWith(R"({"id":"a","exit":0,"verdict":"blocked")"));
  CHECK_THAT(result.out, Catch::Contains(R"("to":"1.20")"));
  CHECK(run({"fleet", manifest, "--config", "/no/config.yaml"}).code == 3);
}

TEST_CASE("plan takes its releases from a configuration file") {
  const InProjectFolder here;
  const TemporaryFolder folder;
  const std::string config = folder.write("config.yaml", "target: 2.2\nfrom: 1.20\nplatform: msf\n").string();
  const CommandRun result = run({"plan", "--config", config});
  INFO(result.err);
  CHECK(result.code == 0);
  CHECK_THAT(result.out, Catch::Contains("1.20 → 2.2"));
  CHECK_THAT(run({"plan", "--config", config, "--to", "1.20"}).out, Catch::Contains("nothing to upgrade"));
}
