#include "inspect_command.h"

#include <fmt/format.h>

#include <boost/program_options.hpp>
#include <ostream>

#include "application_listing.h"
#include "build/build_reader.h"
#include "build_listing.h"
#include "command_line.h"
#include "deployment/deployment_file.h"
#include "deployment_listing.h"
#include "job_reading.h"
#include "job_states_listing.h"
#include "maven_options.h"
#include "option_parsing.h"
#include "pom_listing.h"
#include "savepoint/savepoint.h"
#include "savepoint_changes_listing.h"
#include "savepoint_listing.h"
#include "savepoint_selection.h"
#include "terminal.h"

namespace preflight {
namespace {

namespace po = boost::program_options;

constexpr const char* kCommand = "flink-preflight inspect";

po::options_description inspect_options_description() {
  po::options_description description("flink-preflight inspect savepoint|app|pom|build|deployment PATH [OPTIONS]", 80);
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  description.add_options()                                                                 //
      ("operator", text("ID|UID|NAME"), "savepoint: show this operator only")               //
      ("state", text("NAME"), "show this state only")                                       //
      ("states", "app: show the job's operators and states, and their serializers")         //
      ("target", text("VERSION"), "app: Flink release that runs it; otherwise the newest")  //
      ("entry-class", text("NAME"), "app: class whose main method builds the job")          //
      ("against", text("PATH"), "show what changed between PATH and this other savepoint")  //
      ("format", text("NAME")->default_value("text"), "text or json")                       //
      ("color", text("WHEN")->default_value("auto"), "auto, always or never")               //
      ("help", "print this help");
  add_maven_options(description);
  return description;
}

po::variables_map parse(const std::vector<std::string>& arguments) {
  po::options_description all = inspect_options_description();
  all.add_options()("kind", po::value<std::string>())("path", po::value<std::vector<std::string>>());
  po::positional_options_description positionals;
  positionals.add("kind", 1).add("path", -1);
  return values_of(parse_arguments(arguments, all, positionals, kCommand), kCommand);
}

std::optional<std::string> optional_text(const po::variables_map& values, const char* name) {
  return values.count(name) == 0 ? std::nullopt : std::optional(values[name].as<std::string>());
}

void compare(const std::string& before, const std::string& after, const std::string& format, const TextStyle& style,
             std::ostream& out) {
  const SavepointChanges changes = compare_savepoints(read_savepoint(before), read_savepoint(after));
  if (format == "json")
    write_savepoint_changes_json(changes, {before, after}, out);
  else
    write_savepoint_changes_text(changes, {before, after}, style, out);
}

/// The built-in table is enough: a listing names libraries, and judges nothing.
void inspect_application(const std::string& path, const std::string& format, const TextStyle& style,
                         std::ostream& out) {
  const CompatibilityTable table = read_compatibility_table(embedded_table_documents());
  const ApplicationJar application = read_application_jar(path);
  const ClassOrigins origins = origins_of(application, table);
  std::vector<std::uint32_t> own;
  for (std::uint32_t i = 0; i < application.classes.size(); ++i)
    if (origins.of[i] == ClassOrigin::application)
      own.push_back(i);
  const ApplicationSummary summary = summary_of(application, read_linked_classes(application, own), origins, table);
  if (format == "json")
    write_application_json(application, summary, out);
  else
    write_application_text(application, summary, style, out);
}

/// What the release that is asked for, or else the newest, makes of the job.
void inspect_states(const std::string& path, const po::variables_map& values, const std::string& format,
                    const TextStyle& style, std::ostream& out) {
  const CompatibilityTable table = read_compatibility_table(embedded_table_documents());
  const auto given = optional_text(values, "target");
  const auto release = given ? FlinkVersion::parse(*given) : std::optional(table.releases.back().version);
  if (!release)
    throw UsageError(fmt::format("--target: expected a Flink release such as 2.2, found \"{}\"", *given));
  const FlinkRelease* known = table.find_release(*release);
  const JobResult read =
      read_job_of(read_application_jar(path),
                  {optional_text(values, "entry-class"), *release, known != nullptr ? known->java_max : 0}, table);
  if (!read.job)
    throw UsageError(fmt::format("{}: {}", path, read.unread_because));
  const IdentifiedJob job(*read.job, *release, table, std::nullopt, nullptr);
  if (format == "json")
    write_job_states_json(job, out);
  else
    write_job_states_text(job, style, out);
}

void inspect_savepoint(const std::string& path, const po::variables_map& values, const std::string& format,
                       const TextStyle& style, std::ostream& out) {
  const SavepointSelection selection{optional_text(values, "operator"), optional_text(values, "state")};
  if (const auto other = optional_text(values, "against"))
    compare(path, *other, format, style, out);
  else if (format == "json")
    write_savepoint_json(select(read_savepoint(path), selection), out);
  else
    write_savepoint_text(select(read_savepoint(path), selection), style, out);
}

void inspect_pom(const std::string& path, const po::variables_map& values, const std::string& format,
                 const TextStyle& style, std::ostream& out) {
  const std::vector<PomModel> projects = read_reactor(path, maven_settings(values));
  if (format == "json")
    write_pom_json(projects, out);
  else
    write_pom_text(projects, style, out);
}

void inspect_deployment(const std::string& path, const std::string& format, const TextStyle& style, std::ostream& out) {
  const std::vector<Deployment> deployments = read_deployments(path);
  if (format == "json")
    write_deployment_json(deployments, out);
  else
    write_deployment_text(deployments, style, out);
}

void inspect_build(const std::string& path, const std::string& format, const TextStyle& style, std::ostream& out) {
  const DeclaredBuild build = read_declared_build(path);
  if (format == "json")
    write_build_json(build, out);
  else
    write_build_text(build, style, out);
}

const char* expected_path(const std::string& kind) {
  if (kind == "app")
    return "inspect app: expected one path, a JAR, or -";
  if (kind == "pom")
    return "inspect pom: expected one path, a pom.xml, or -";
  if (kind == "build")
    return "inspect build: expected one path, a build file of Gradle or Python, or a CycloneDX bill of materials";
  if (kind == "deployment")
    return "inspect deployment: expected one path, a file that deploys the application, or -";
  return "inspect savepoint: expected one path, a savepoint directory, its _metadata file, or -";
}

/// Options that mean nothing for the kind of input are refused, not ignored.
void refuse_foreign_options(const std::string& kind, const po::variables_map& values) {
  for (const char* option : {"operator", "state", "against"})
    if (kind != "savepoint" && values.count(option) != 0)
      throw UsageError(fmt::format("--{} belongs to inspect savepoint", option));
  for (const char* option : {"states", "target", "entry-class"})
    if (kind != "app" && values.count(option) != 0)
      throw UsageError(fmt::format("--{} belongs to inspect app", option));
  for (const char* option : {"define", "profiles", "maven-repository"})
    if (kind != "pom" && values.count(option) != 0)
      throw UsageError(fmt::format("--{} belongs to inspect pom", option));
}

}  // namespace

ExitCode run_inspect_command(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& /*err*/) {
  const po::variables_map values = parse(arguments);
  if (values.count("help") != 0) {
    out << inspect_options_description();
    return ExitCode::clean;
  }
  const std::string kind = optional_text(values, "kind").value_or("");
  if (kind != "savepoint" && kind != "app" && kind != "pom" && kind != "build" && kind != "deployment")
    throw UsageError(
        "inspect: expected \"savepoint\", \"app\", \"pom\", \"build\" or \"deployment\" and its path; see "
        "flink-preflight inspect --help");
  if (values.count("path") == 0 || values["path"].as<std::vector<std::string>>().size() != 1)
    throw UsageError(expected_path(kind));
  refuse_foreign_options(kind, values);
  const std::string format = values["format"].as<std::string>();
  if (values.count("against") != 0 && (values.count("operator") != 0 || values.count("state") != 0))
    throw UsageError("--against compares whole savepoints; it does not go with --operator or --state");
  if (format != "text" && format != "json")
    throw not_one_of("format", {"text", "json"}, format);
  const TextStyle style = style_of_standard_output(parse_colour_wish(values["color"].as<std::string>()));
  const std::string path = values["path"].as<std::vector<std::string>>().front();
  if (kind == "app" && values.count("states") != 0)
    inspect_states(path, values, format, style, out);
  else if (kind == "app")
    inspect_application(path, format, style, out);
  else if (kind == "pom")
    inspect_pom(path, values, format, style, out);
  else if (kind == "build")
    inspect_build(path, format, style, out);
  else if (kind == "deployment")
    inspect_deployment(path, format, style, out);
  else
    inspect_savepoint(path, values, format, style, out);
  return ExitCode::clean;
}

}  // namespace preflight
