#include <rapidjson/document.h>

#include <algorithm>
#include <catch2/catch.hpp>

#include "api/api_index_writer.h"
#include "command_run.h"
#include "fixture_paths.h"
#include "temporary_folder.h"

using namespace preflight;
using preflight::test::CommandRun;
using preflight::test::run;
using preflight::test::TemporaryFolder;

namespace {

constexpr std::uint16_t kPublic = 0x0001;
constexpr std::uint16_t kPublicFinal = 0x0011;
constexpr std::uint16_t kPublicInterface = 0x0601;

ApiClassForm form(ApiSpan span, std::uint16_t flags, std::string_view super = "java.lang.Object") {
  return {.span = span, .access_flags = flags, .super_class = super, .module = "acme-core"};
}

ApiMember method(ApiSpan span, std::string_view name, std::string_view descriptor, std::uint16_t flags = kPublic) {
  return {.name = name, .descriptor = descriptor, .access_flags = flags, .span = span};
}

/// Four releases of a line that no real index has.
std::string vendor_index(const TemporaryFolder& folder) {
  const std::vector<ApiRelease> releases{{"acme", "1.8.0"}, {"acme", "1.9.0"}, {"acme", "1.9.1"}, {"acme", "2.0.0"}};
  ApiClassForm marked = form({1, 2}, kPublicInterface);
  marked.stability = ApiStability::public_evolving;
  marked.deprecated = true;
  ApiMember soon = method({1, 3}, "soon", "()V");
  soon.stability = ApiStability::experimental;
  std::vector<ApiClass> classes{
      {.name = "org.acme.api.Rich",
       .forms = {form({0, 2}, kPublic), form({3, 3}, kPublicFinal, "org.acme.api.Base")},
       .members = {method({0, 2}, "open", "(Lorg/acme/conf/Configuration;)V"),
                   method({3, 3}, "open", "(Lorg/acme/api/Context;[Ljava/lang/String;)V", kPublic | 0x80),
                   method({0, 2}, "close", "()V"), soon}},
      {.name = "org.acme.api.Base", .forms = {form({0, 3}, kPublic)}, .members = {method({0, 3}, "close", "()V")}},
      {.name = "org.acme.api.Sink", .forms = {form({0, 0}, kPublicInterface), marked}},
      {.name = "org.acme.api.Source$Reader", .forms = {form({3, 3}, kPublicInterface)}},
      {.name = "org.acme.old.Source$Reader", .forms = {form({0, 1}, 0)}},
  };
  const auto bytes = write_api_index(releases, classes);
  return folder.write("acme.api", {reinterpret_cast<const char*>(bytes.data()), bytes.size()}).string();
}

}  // namespace

TEST_CASE("api lookup tells the history of a class and of its members") {
  const TemporaryFolder folder;
  const std::string table = vendor_index(folder);
  const CommandRun sink = run({"api", "lookup", "org.acme.api.Sink", "--table", table});
  CHECK(sink.code == 0);
  CHECK(sink.out ==
        "org.acme.api.Sink\n"
        "  public interface in acme-core\n"
        "  acme 1.8.0 or before to 1.9.1, gone in 2.0.0, deprecated since 1.9.0,\n"
        "       @PublicEvolving\n");
  const CommandRun open = run({"api", "lookup", "org.acme.api.Rich.open", "--table", table});
  CHECK(open.code == 0);
  CHECK(open.out ==
        "org.acme.api.Rich\n"
        "  public final class in acme-core\n"
        "  extends org.acme.api.Base\n"
        "  acme since 1.8.0 or before\n"
        "\n"
        "  public void open(Context, String...)\n"
        "      acme since 2.0.0\n"
        "  public void open(Configuration)\n"
        "      acme 1.8.0 or before to 1.9.1, gone in 2.0.0\n");
  const CommandRun soon = run({"api", "lookup", "org.acme.api.Rich#soon", "--table", table});
  CHECK(soon.out.find("public void soon()\n      acme since 1.9.0, @Experimental\n") != std::string::npos);
}

TEST_CASE("api lookup takes simple names, nested names and inherited members") {
  const TemporaryFolder folder;
  const std::string table = vendor_index(folder);
  struct Row {
    std::string name;
    int code;
    std::string says;
  };
  const std::vector<Row> rows{
      {"org.acme.api.Source.Reader", 0, "org.acme.api.Source$Reader\n"},
      {"org.acme.api.Source$Reader", 0, "org.acme.api.Source$Reader\n"},
      {"Source.Reader", 2, "Source.Reader may be any of: org.acme.api.Source$Reader, org.acme.old.Source$Reader"},
      {"org.acme.api.Rich.close", 0, "public void close()\n"},
      {"org.acme.api.Rich.opne", 2, "near it are: org.acme.api.Rich.open"},
      {"org.acme.api.Rihc", 2, "org.acme.api.Rich"},
      {"org.acme.api.Rihc.open", 2, "org.acme.api.Rich"},
      {"zzzzzzzzzzzzzzzzzzzzzz", 2, "no release that the index knows has zzzzzzzzzzzzzzzzzzzzzz\n"},
      {"", 2, "no release"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const CommandRun result = run({"api", "lookup", row.name, "--table", table});
    CHECK(result.code == row.code);
    CHECK((result.out + result.err).find(row.says) != std::string::npos);
  }
}

TEST_CASE("api lookup writes JSON") {
  const TemporaryFolder folder;
  const CommandRun result =
      run({"api", "lookup", "org.acme.api.Rich.open", "--table", vendor_index(folder), "--format", "json"});
  rapidjson::Document json;
  json.Parse(result.out.c_str());
  REQUIRE(!json.HasParseError());
  CHECK(std::string(json["class"].GetString()) == "org.acme.api.Rich");
  REQUIRE(json["members"].Size() == 2);
  const auto& gone = json["members"][1];
  CHECK(std::string(gone["declaration"].GetString()) == "void open(org.acme.conf.Configuration)");
  CHECK(std::string(gone["periods"][0]["until"].GetString()) == "1.9.1");
  CHECK(std::string(gone["periods"][0]["gone_in"].GetString()) == "2.0.0");
  CHECK(json["periods"][0]["gone_in"].IsNull());
}

TEST_CASE("api diff shows what two releases declare differently") {
  const TemporaryFolder folder;
  const std::string table = vendor_index(folder);
  const CommandRun diff = run({"api", "diff", "1.9", "2.0.0", "--line", "acme", "--table", table});
  CHECK(diff.code == 0);
  CHECK(diff.out ==
        "acme 1.9.1 → 2.0.0\n"
        "  1 class added, 1 removed, 1 changed, 1 the same\n"
        "\n"
        "~ org.acme.api.Rich in acme-core\n"
        "    modifiers: public class → public final class\n"
        "    extends: java.lang.Object → org.acme.api.Base\n"
        "  - public void close() · inherited from Base\n"
        "  + public void open(Context, String...)\n"
        "  - public void open(Configuration)\n"
        "- org.acme.api.Sink in acme-core, was deprecated\n"
        "+ org.acme.api.Source$Reader in acme-core\n");
  const CommandRun earlier = run({"api", "diff", "1.8.0", "1.9.0", "--line", "acme", "--table", table});
  CHECK(earlier.out.find("    promise: none → @PublicEvolving\n    deprecated: none → yes\n") != std::string::npos);

  const CommandRun all = run({"api", "diff", "1.9.0", "1.9.1", "--line", "acme", "--table", table});
  CHECK(all.out.find("- org.acme.old.Source$Reader") != std::string::npos);
  const CommandRun open = run({"api", "diff", "1.9.0", "1.9.1", "--line", "acme", "--table", table, "--public-only"});
  CHECK(open.out.find("Reader") == std::string::npos);
  const CommandRun narrow =
      run({"api", "diff", "1.9.0", "1.9.1", "--line", "acme", "--table", table, "--package", "org.acme.api"});
  CHECK(narrow.out.find("0 classes added, 0 removed, 0 changed, 3 the same") != std::string::npos);

  const CommandRun machine =
      run({"api", "diff", "1.9", "2.0.0", "--line", "acme", "--table", table, "--format", "json"});
  rapidjson::Document json;
  json.Parse(machine.out.c_str());
  REQUIRE(!json.HasParseError());
  CHECK(std::string(json["before"].GetString()) == "1.9.1");
  REQUIRE(json["classes"].Size() == 3);
  CHECK(std::string(json["classes"][0]["members"][0]["inherited_from"].GetString()) == "org.acme.api.Base");
}

TEST_CASE("api releases lists the releases of each line, those of --table too") {
  const TemporaryFolder folder;
  const std::string table = vendor_index(folder);
  CHECK(run({"api", "releases", "--table", table}).out.find("acme 1.8.0, 1.9.0, 1.9.1, 2.0.0\n") != std::string::npos);
  const CommandRun machine = run({"api", "releases", "--format", "json"});
  rapidjson::Document json;
  json.Parse(machine.out.c_str());
  REQUIRE(!json.HasParseError());
  CHECK(json["releases"].Size() > 20);
}

TEST_CASE("The built-in index knows Flink") {
  const CommandRun gone = run({"api", "lookup", "org.apache.flink.api.java.DataSet.collect"});
  CHECK(gone.code == 0);
  CHECK(gone.out.find("gone in 2.0.0") != std::string::npos);
  const CommandRun opened = run({"api", "lookup", "org.apache.flink.api.common.functions.RichFunction.open"});
  CHECK(opened.out.find("void open(OpenContext)") != std::string::npos);
  CHECK(opened.out.find("void open(Configuration)") != std::string::npos);
}

TEST_CASE("api build writes the index of a JAR, and merges indexes") {
  const TemporaryFolder folder;
  const std::string jar = (test::fixtures() / "jars/language-levels.jar").string();
  const auto path = [&](const char* name) { return (folder.path() / name).string(); };
  const CommandRun first = run({"api", "build", "--line", "levels", "--version", "1.0", "--package",
                                "com.example.levels.java8", "-o", path("a.api"), jar});
  CHECK(first.code == 0);
  CHECK(first.out.empty());
  CHECK(first.err == "7 classes with 34 members, 0 classes more than once\n");
  CHECK(run({"api", "build", "--line", "levels", "--version", "2.0", "-o", path("b.api"), jar}).code == 0);
  CHECK(run({"api", "build", "--merge", "-o", path("all.api"), path("b.api"), path("a.api")}).code == 0);
  const CommandRun diff = run({"api", "diff", "1.0", "2.0", "--line", "levels", "--table", path("all.api")});
  CHECK(diff.out.find("0 removed, 0 changed, 7 the same") != std::string::npos);
  CHECK(run({"api", "lookup", "com.example.levels.java21.Patterns", "--table", path("all.api")})
            .out.find("levels since 2.0\n") != std::string::npos);
}

TEST_CASE("What is wrong with an api command line is said in one line") {
  const TemporaryFolder folder;
  const std::string broken = folder.write("broken.api", "FPAPI\1\5").string();
  const std::string no_index = folder.write("text.api", "text").string();
  struct Row {
    std::vector<std::string> arguments;
    int code;
    std::string says;
  };
  const std::vector<Row> rows{
      {{"api"}, 2, "expected build, diff, lookup or releases"},
      {{"api", "find"}, 2, "expected build, diff, lookup or releases"},
      {{"api", "build"}, 2, "expected at least one JAR"},
      {{"api", "build", "a.jar"}, 2, "--output"},
      {{"api", "build", "-o", "x", "a.jar"}, 2, "--version"},
      {{"api", "build", "--merge", "--version", "1", "-o", "x", "a.api"}, 2, "--merge"},
      {{"api", "build", "--version", "1", "-o", "x", "missing.jar"}, 3, "missing.jar"},
      {{"api", "diff", "1.20"}, 2, "expected two versions"},
      {{"api", "diff", "1.20", "99.0"}, 2, "has no release \"99.0\" of flink"},
      {{"api", "diff", "1", "2", "--line", "nobody"}, 2, "has no line \"nobody\""},
      {{"api", "diff", "1.20", "2.0", "--format", "xml"}, 2, "text or json"},
      {{"api", "lookup"}, 2, "expected one class or member"},
      {{"api", "lookup", "X", "--table", broken}, 3, "broken.api"},
      {{"api", "lookup", "X", "--table", no_index}, 3, "expected an API index"},
      {{"api", "releases", "X"}, 2, "takes options alone"},
      {{"api", "releases", "--colour"}, 2, "flink-preflight api releases --help"},
  };
  for (const Row& row : rows) {
    const CommandRun result = run(row.arguments);
    INFO(result.err);
    CHECK(result.code == row.code);
    CHECK(result.out.empty());
    CHECK(result.err.find(row.says) != std::string::npos);
    CHECK(std::count(result.err.begin(), result.err.end(), '\n') == 1);
  }
}
