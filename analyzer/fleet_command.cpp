#include "fleet_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/program_options.hpp>
#include <cerrno>
#include <charconv>
#include <fstream>
#include <iostream>
#include <sstream>
#include <system_error>
#include <thread>

#include "check_options.h"
#include "command_line.h"
#include "fleet_done.h"
#include "fleet_run.h"
#include "input/input_error.h"
#include "option_parsing.h"
#include "output_file.h"

namespace preflight {
namespace {

namespace po = boost::program_options;

constexpr const char* kCommand = "flink-preflight fleet";

constexpr const char* kUsage =
    "flink-preflight fleet MANIFEST.jsonl|- [OPTIONS]\n\n"
    "Checks many applications. Each line of the manifest is a JSON object: \"id\", and\n"
    "options of check by their long names:\n"
    "  {\"id\": \"orders\", \"target\": \"2.2\", \"app\": \"orders.jar\", \"savepoint\": \"sp/\"}\n"
    "app, running-app, pom, build, deployment (each a string or an array), savepoint,\n"
    "sql-plan, target, from, platform, allow-non-restored-state, parallelism,\n"
    "max-parallelism, state-backend, source-retention, entry-class,\n"
    "running-entry-class, fail-on, strict, waivers, baseline, maven-repository.\n"
    "What a line leaves open a configuration file may set.\n"
    "For each one line comes out, in the same order: id, exit (as of check), verdict\n"
    "and report; or id, exit and error, where its inputs cannot be read.\n\n"
    "exit codes: 0 every gate passes, 1 some gate failed, 2 the command line is\n"
    "            wrong, 3 some line or its inputs could not be read\n\n"
    "Options";

po::options_description options_description() {
  po::options_description description(kUsage, 80);
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  description.add_options()                                                                                         //
      ("jobs", text("N")->default_value("0"), "checks that run at once; 0 for one on each core")                    //
      ("skip-done", text("OUT"), "pass over the ids that stand in OUT, the output of a run that was ended")         //
      ("table", text("PATH"), "directory or file whose tables replace the built-in ones, for all lines")            //
      ("summary", text("NAME")->default_value("text"), "text or json: what to print to standard error at the end")  //
      ("summary-file", text("FILE"), "file for the summary, in the place of standard error")                        //
      ("quiet", "no summary on standard error")                                                                     //
      ("help", "print this help");
  add_configuration_options(description);
  return description;
}

unsigned jobs_of(const std::string& text) {
  constexpr unsigned kMost = 256;
  unsigned jobs = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), jobs);
  if (error != std::errc{} || stop != text.data() + text.size() || jobs > kMost)
    throw UsageError(fmt::format("--jobs: expected a whole number from 0 to {}, found \"{}\"", kMost, text));
  return jobs != 0 ? jobs : std::max(1U, std::thread::hardware_concurrency());
}

po::variables_map parse(const std::vector<std::string>& arguments) {
  po::options_description all = options_description();
  all.add_options()("manifest", po::value<std::vector<std::string>>());
  po::positional_options_description positionals;
  positionals.add("manifest", -1);
  return values_of(parse_arguments(arguments, all, positionals, kCommand), kCommand);
}

FleetResult run(const FleetRequest& request, std::ostream& out) {
  if (request.manifest == "-")
    return run_fleet(request, std::cin, out);
  std::ifstream file(request.manifest, std::ios::binary);
  const bool folder = std::filesystem::is_directory(request.manifest);
  if (!file || folder)
    throw InputError(InputErrorKind::unreadable, {request.manifest},
                     fmt::format("expected a manifest with a JSON object on each line, found {}",
                                 std::generic_category().message(folder ? EISDIR : errno)));
  return run_fleet(request, file, out);
}

FleetRequest request_of(const po::variables_map& values) {
  FleetRequest request{.manifest = values["manifest"].as<std::vector<std::string>>().front(),
                       .table = {},
                       .done = {},
                       .configuration = chosen_configuration(values, check_options_description()),
                       .jobs = jobs_of(values["jobs"].as<std::string>())};
  const std::vector<ConfiguredOption>& configured = request.configuration.options;
  const auto table = std::ranges::find(configured, "table", &ConfiguredOption::name);
  if (values.count("table") != 0)
    request.table = values["table"].as<std::string>();
  else if (table != configured.end())
    request.table = table->values.front();
  return request;
}

std::string render(const FleetSummary& summary, const std::string& format) {
  std::ostringstream text;
  if (format == "json")
    write_fleet_summary_json(summary, text);
  else
    write_fleet_summary_text(summary, {}, text);
  return std::move(text).str();
}

}  // namespace

ExitCode run_fleet_command(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err) {
  const po::variables_map values = parse(arguments);
  if (values.count("help") != 0) {
    out << options_description();
    return ExitCode::clean;
  }
  if (values.count("manifest") == 0 || values["manifest"].as<std::vector<std::string>>().size() != 1)
    throw UsageError("fleet: expected one manifest, or - for standard input; see flink-preflight fleet --help");
  const std::string format = values["summary"].as<std::string>();
  if (format != "text" && format != "json")
    throw not_one_of("summary", {"text", "json"}, format);
  FleetRequest request = request_of(values);
  if (values.count("skip-done") != 0)
    request.done = ids_done(values["skip-done"].as<std::string>());
  const FleetResult result = run(request, out);
  const std::string summary = render(result.summary, format);
  if (values.count("summary-file") != 0)
    write_whole_file(values["summary-file"].as<std::string>(), summary);
  else if (values.count("quiet") == 0)
    err << summary;
  return result.code;
}

}  // namespace preflight
