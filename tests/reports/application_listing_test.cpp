#include "application_listing.h"

#include <rapidjson/document.h>

#include <catch2/catch.hpp>
#include <sstream>
#include <string>

#include "golden.h"
#include "sample_application.h"
#include "sample_reports.h"

namespace preflight {
namespace {

std::string text_of(const ApplicationJar& application, const ApplicationSummary& summary, const TextStyle& style) {
  std::ostringstream out;
  write_application_text(application, summary, style, out);
  return out.str();
}

std::string json_of(const ApplicationJar& application, const ApplicationSummary& summary) {
  std::ostringstream out;
  write_application_json(application, summary, out);
  return out.str();
}

}  // namespace

TEST_CASE("inspect app as text") {
  check_golden("application.txt", text_of(test::sample_application(), test::sample_summary(), {}));
  check_golden("application.quiet.txt", text_of(test::sample_application(), test::sample_summary(), {.quiet = true}));
}

TEST_CASE("inspect app as JSON") {
  check_golden("application.json", json_of(test::sample_application(), test::sample_summary()));
}

TEST_CASE("inspect app of a PyFlink archive names its scripts, its requirements and its JARs") {
  check_golden("application.python.txt", text_of(test::sample_python_application(), {}, {}));
  check_golden("application.python.json", json_of(test::sample_python_application(), {}));
}

TEST_CASE("inspect app shows the first few classes that stand more than once, as JSON all") {
  ApplicationSummary summary;
  for (const char* name : {"a.A", "a.B", "a.C", "a.D", "a.E", "a.F", "a.G"})
    summary.shadowed.push_back({name, "loaded", {"hidden"}, true});
  const std::string text = text_of({}, summary, {});
  CHECK_THAT(text, Catch::Contains("a.E"));
  CHECK_THAT(text, !Catch::Contains("a.F"));
  CHECK_THAT(text, Catch::Contains("and 2 more"));
  CHECK_THAT(json_of({}, summary), Catch::Contains("a.G"));
}

TEST_CASE("inspect app of next to nothing says so in few words") {
  CHECK(text_of({}, {}, {.quiet = false}).find("Libraries") == std::string::npos);
  rapidjson::Document json;
  const std::string text = json_of({}, {});
  json.Parse(text.c_str());
  REQUIRE_FALSE(json.HasParseError());
  CHECK(json["entry_class"].IsNull());
  CHECK(json["pyflink"].IsNull());
  CHECK(json["libraries"].Empty());
}

TEST_CASE("inspect app shows hostile names without obeying them") {
  ApplicationJar application = test::sample_application();
  ApplicationSummary summary = test::sample_summary();
  application.unread = {{hostile::kEscapes, hostile::kEscapes}};
  application.unsafe_names = {hostile::kEscapes};
  application.python = PythonApplication{{hostile::kEscapes}, hostile::kEscapes, {{hostile::kEscapes, 1}}};
  summary.shadowed = {{hostile::kEscapes, hostile::kEscapes, {hostile::kEscapes}, false}};
  application.manifest.main_attributes["main-class"] = hostile::kEscapes;
  summary.packing.libraries[0].version = hostile::kEscapes;
  CHECK(text_of(application, summary, {}).find('\x1B') == std::string::npos);
  rapidjson::Document json;
  const std::string text = json_of(application, summary);
  json.Parse<rapidjson::kParseValidateEncodingFlag>(text.c_str(), text.size());
  CHECK_FALSE(json.HasParseError());
}

}  // namespace preflight
