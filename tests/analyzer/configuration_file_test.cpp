// The configuration file: where it is looked for, what it sets, what overrides it, what is wrong with one.
#include "configuration_file.h"

#include <rapidjson/document.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <set>

#include "check_options.h"
#include "command_run.h"
#include "input/input_error.h"
#include "temporary_folder.h"

using namespace preflight;
using preflight::test::run;
using preflight::test::TemporaryFolder;

namespace {

/// Makes `folder` the current one.
class In {
 public:
  explicit In(const std::filesystem::path& folder) : before_(std::filesystem::current_path()) {
    std::filesystem::create_directories(folder);
    std::filesystem::current_path(folder);
  }
  ~In() { std::filesystem::current_path(before_); }
  In(const In&) = delete;
  In& operator=(const In&) = delete;

 private:
  std::filesystem::path before_;
};

std::string error_of(const std::vector<std::string>& arguments) {
  try {
    parse_check_options(arguments);
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace

TEST_CASE("A configuration file sets what the command line leaves open, with paths from its folder") {
  const TemporaryFolder folder;
  folder.write("flink-preflight.yaml",
               "platform: msf\ntarget: 2.2\npom: [pom.xml, /abs/pom.xml]\napp: build/app.jar\nfail-on: medium\n"
               "strict: true\nwaivers: w.yaml\nmaven-repository: none\nformat: [html, json, text]\n"
               "output: [r.html, r.json]\nparallelism: 4\nallow-non-restored-state: true\n");
  const In here(folder.path() / "module" / "deep");
  const CheckOptions options = parse_check_options({"--target", "2.1"});
  CHECK(options.platform == Platform::msf);
  CHECK(options.target.text() == "2.1");
  CHECK(options.poms == std::vector<std::filesystem::path>{"../../pom.xml", "/abs/pom.xml"});
  CHECK(options.application == "../../build/app.jar");
  CHECK(options.fail_on == Severity::medium);
  CHECK(options.strict);
  CHECK(options.waivers == "../../w.yaml");
  CHECK(!options.maven.repository);
  CHECK(options.start.parallelism == 4);
  CHECK(options.start.allow_non_restored_state == true);
  REQUIRE(options.reports.size() == 3);
  CHECK(options.reports[0].output == "../../r.html");
  CHECK(options.reports[1].format == "json");
  CHECK(options.reports[1].output == "../../r.json");
  CHECK(!options.reports[2].output);
  CHECK(options.configuration ==
        "../../flink-preflight.yaml: platform, pom, app, fail-on, strict, waivers, maven-repository, format, output, "
        "parallelism, allow-non-restored-state");
}

TEST_CASE("The command line overrides what belongs together, together") {
  const TemporaryFolder folder;
  folder.write("flink-preflight.json",
               R"({"$schema": "config.schema.json", "target": "2.2", "app": "a.jar", "pom": "p.xml", "quiet": true,
                   "format": ["html"], "output": "r.html"})");
  const In here(folder.path());
  const CheckOptions options = parse_check_options({"--pom", "other.xml", "--format", "json", "--verbose"});
  CHECK(options.application == "a.jar");
  CHECK(options.poms == std::vector<std::filesystem::path>{"other.xml"});
  REQUIRE(options.reports.size() == 1);
  CHECK(options.reports[0].format == "json");
  CHECK(!options.reports[0].output);
  CHECK(options.verbose);
  CHECK_FALSE(options.quiet);
  CHECK(parse_check_options({}).quiet);
}

TEST_CASE("Where a configuration file is looked for") {
  const TemporaryFolder folder;
  folder.write("flink-preflight.yml", "target: 1.18\napp: a\n");
  SECTION("the nearest one counts") {
    folder.write("inner/flink-preflight.json", R"({"target": "2.1", "app": "b"})");
    const In here(folder.path() / "inner" / "deep");
    CHECK(parse_check_options({}).target.text() == "2.1");
  }
  SECTION("what is above a repository is not of it") {
    const In here(folder.path() / "repository" / "deep");
    CHECK(find_configuration_file() == "../../flink-preflight.yml");
    std::filesystem::create_directory("../.git");
    CHECK(!find_configuration_file());
  }
  SECTION("the repository's own folder is looked into") {
    std::filesystem::create_directory(folder.path() / ".git");
    const In here(folder.path());
    CHECK(find_configuration_file() == "flink-preflight.yml");
  }
  SECTION("no other is read with --config and none with --no-config") {
    const auto other = folder.write("other.yaml", "target: 2.0\napp: c\n");
    const In here(folder.path());
    const CheckOptions options = parse_check_options({"--config", other.string()});
    CHECK(options.target.text() == "2.0");
    CHECK(options.application == folder.path() / "c");
    const CheckOptions none = parse_check_options({"--no-config", "--target", "2.2", "--app", "a"});
    CHECK(none.configuration.empty());
    CHECK_THROWS_AS(parse_check_options({"--no-config", "--config", "x"}), UsageError);
    CHECK(run({"check", "--no-config", "--target", "2.2"}).code == 2);
  }
  SECTION("two in one folder are an error") {
    folder.write("flink-preflight.json", "{}");
    const In here(folder.path());
    CHECK_THAT(error_of({}),
               Catch::Contains("expected one configuration file in a folder, found flink-preflight.json"));
    CHECK(run({"check", "--target", "2.2", "--app", "x"}).code == 3);
    CHECK(run({"check", "--help"}).code == 0);
  }
  SECTION("one that leads nowhere is an error and no pass") {
    std::filesystem::remove(folder.path() / "flink-preflight.yml");
    std::filesystem::create_symlink("nowhere", folder.path() / "flink-preflight.yml");
    const In here(folder.path());
    CHECK_THAT(error_of({"--target", "2.2", "--app", "x"}), Catch::Contains("flink-preflight.yml"));
  }
}

TEST_CASE("A configuration file that is wrong says so with its line") {
  struct Row {
    const char* name;
    const char* text;
    const char* says;
  };
  const Row row = GENERATE(values<Row>({
      {"empty", "", ":1: expected a configuration file, a mapping of options, found nothing"},
      {"a list", "- a\n", "a mapping of options, found a list"},
      {"no YAML", "a: [\n", "flink-preflight.yaml:"},
      {"an unknown key", "target: 2.2\nplattform: msf\n",
       ":2: expected a key of a configuration file, found \"plattform\". Did you mean platform?"},
      {"the key that chooses it", "config: other.yaml\n",
       ":1: expected a key of a configuration file, found \"config\""},
      {"a value that there is not", "target: 2.2\nplatform: kubernets\n",
       ":2: platform: expected msf, kubernetes or standalone, found \"kubernets\". Did you mean kubernetes?"},
      {"a release that is none", "target: latest\n", ":1: target: expected a Flink release such as 2.2"},
      {"a number that is none", "target: 2.2\njobs: many\n", ":2: jobs: expected a whole number"},
      {"a flag that is a text", "strict: \"true\"\n", ":1: strict: expected true or false, found \"true\""},
      {"a flag that is yes", "strict: yes\n", ":1: strict: expected true or false, found \"yes\""},
      {"a list where there is one", "app: [a, b]\n", ":1: app: expected a text, found a list"},
      {"a mapping", "pom: {a: b}\n", ":1: pom: expected a text or a list of texts, found a mapping"},
      {"nothing", "app:\n", ":1: app: expected a text, found nothing"},
      {"standard input", "savepoint: '-'\n", ":1: savepoint: expected a path; standard input and output"},
      {"more outputs than formats", "target: 2.2\nformat: [html]\noutput: [a, b]\n",
       ":3: output: expected as many as there are formats, 1, found 2"},
      {"a format that there is not", "target: 2.2\nformat: [pdf]\n", ":2: format: expected text, json"},
      {"a key twice", "app: a\napp: b\n", ":2:"},
  }));
  const TemporaryFolder folder;
  folder.write("flink-preflight.yaml", row.text);
  const In here(folder.path());
  INFO(row.name);
  const std::string error = error_of({"--sql-plan", "plan.json"});
  CHECK_THAT(error, Catch::StartsWith("flink-preflight.yaml:"));
  CHECK_THAT(error, Catch::Contains(row.says));
}

TEST_CASE("docs/config.schema.json has every option of check that a file may set, and no other") {
  std::ifstream file(test::sources() / "docs/config.schema.json");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  rapidjson::Document schema;
  REQUIRE_FALSE(schema.Parse(text.c_str()).HasParseError());
  std::set<std::string> keys;
  for (const auto& member : schema["properties"].GetObject())
    keys.insert(member.name.GetString());
  std::set<std::string> options{"$schema"};
  const auto description = check_options_description();
  for (const auto& option : description.options())
    if (const std::string& name = option->long_name(); name != "help" && name != "config" && name != "no-config")
      options.insert(name);
  CHECK(keys == options);
}
