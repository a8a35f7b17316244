#include "check_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/program_options.hpp>
#include <charconv>
#include <map>
#include <sstream>
#include <string_view>

#include "command_line.h"
#include "configured_options.h"
#include "maven_options.h"
#include "option_parsing.h"
#include "report_format.h"

namespace preflight {
namespace {

namespace po = boost::program_options;

}  // namespace

po::options_description check_options_description() {
  po::options_description description("flink-preflight check --target VERSION [OPTIONS]", 80);
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  const auto texts = [](const char* name) { return po::value<std::vector<std::string>>()->value_name(name); };
  description.add_options()                                                                                   //
      ("target", text("VERSION"), "Flink release to upgrade to: 2.2, or FLINK-2_2")                           //
      ("platform", text("NAME"), "msf, kubernetes or standalone (the default)")                               //
      ("from", text("VERSION"), "Flink release that runs now; otherwise taken from the savepoint")            //
      ("app", text("JAR"), "the new application JAR")                                                         //
      ("running-app", text("JAR"), "the application JAR that runs now")                                       //
      ("entry-class", text("NAME"), "class whose main method builds the job, where the manifest names none")  //
      ("running-entry-class", text("NAME"), "the same of the running JAR, where it is another class")         //
      ("pom", texts("FILE"), "the new application's pom.xml; may be given several times")                     //
      ("build", texts("FILE"),
       "build file of another tool: gradle.lockfile, libs.versions.toml, build.gradle(.kts), requirements.txt, "
       "pyproject.toml or CycloneDX JSON; may be repeated")                                                   //
      ("savepoint", text("PATH"), "savepoint directory, its _metadata file, or - for standard input")         //
      ("sql-plan", text("FILE"), "compiled plan of the new SQL job (COMPILE PLAN), or - for standard input")  //
      ("deployment", texts("FILE"),
       "what deploys the job: MSF, Terraform, CloudFormation, FlinkDeployment, Flink's configuration, or a flink run "
       "command; it fills what the options leave out; may be repeated")                                      //
      ("allow-non-restored-state", text("BOOL"), "true when the job is started with allowNonRestoredState")  //
      ("parallelism", text("N"), "parallelism that the job will be started with")                            //
      ("max-parallelism", text("N"), "max parallelism that the job sets explicitly")                         //
      ("state-backend", text("NAME"), "hashmap, rocksdb or forst: where the new job keeps keyed state")      //
      ("source-retention", text("DURATION"),
       "how long the sources keep their data, as 24h or 7d: held against the age of the snapshot")  //
      ("format", texts("NAME"),
       "text (the default), json, html, markdown, sarif, junit, github or gitlab; may be repeated")          //
      ("output", texts("FILE"), "file for the report of the --format before it; otherwise standard output")  //
      ("patch", text("FILE"), "write the changes that the poms need as a diff; - for standard output")       //
      ("fail-on", text("SEVERITY"), "blocker, high (the default), medium, low or never")                     //
      ("strict", "fail as well when the restore of some state could not be decided")                         //
      ("waivers", text("FILE"), "findings that the team lives with, each with a reason and a last day")      //
      ("show-waivers", "print with each finding the waiver that would cover it, in the text report")         //
      ("baseline", text("FILE"), "earlier JSON report: only what is new since then fails the gate")          //
      ("table", text("PATH"), "directory or file whose tables replace the built-in ones")                    //
      ("quiet", "verdict and titles only, in the text report")                                               //
      ("verbose", "all evidence, sources, skipped rules and digests, in the text report")                    //
      ("color", text("WHEN"), "auto (the default), always or never")                                         //
      ("archive-limit", texts("NAME=N"),
       "raise a limit on archives: entries, entry-bytes, total-bytes, ratio or nesting; may be repeated")  //
      ("jobs", text("N"), "threads that read the JAR; 0 (the default) for one on each core")               //
      ("help", "print this help");
  add_maven_options(description);
  add_configuration_options(description);
  return description;
}

namespace {

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const ReportFormat& format : report_formats())
    names.emplace_back(format.name);
  return names;
}

/// Options in the order of the command line, which pairs each --output with the --format before it.
std::vector<ReportRequest> report_requests(const po::parsed_options& parsed) {
  std::vector<ReportRequest> requests;
  for (const po::option& option : parsed.options) {
    if (option.string_key == "format") {
      const std::string& format = option.value.front();
      if (find_report_format(format) == nullptr)
        throw not_one_of("format", format_names(), format);
      requests.push_back({format, std::nullopt});
    } else if (option.string_key == "output") {
      if (requests.empty())
        requests.push_back({"text", std::nullopt});
      if (requests.back().output)
        throw OptionError("output", "each must follow a --format of its own");
      requests.back().output = option.value.front();
    }
  }
  if (requests.empty())
    requests.push_back({"text", std::nullopt});
  if (std::ranges::count_if(requests, [](const ReportRequest& request) { return !request.output; }) > 1)
    throw OptionError("format", "only one report can go to standard output; give the others an --output");
  return requests;
}

std::optional<std::uint64_t> whole_number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

/// NAME=N, as README says.
void set_archive_limit(JarLimits& limits, const std::string& given) {
  const std::size_t split = std::min(given.find('='), given.size());
  const std::string name = given.substr(0, split);
  const auto value = whole_number(std::string_view(given).substr(std::min(split + 1, given.size())));
  constexpr std::uint64_t kDeepest = 16;  // JARs within JARs are all in memory at once.
  const bool nesting = name == "nesting" && value && *value <= kDeepest;
  const std::map<std::string_view, std::uint64_t*> limits_by_name = {{"entries", &limits.entries},
                                                                     {"entry-bytes", &limits.entry_bytes},
                                                                     {"total-bytes", &limits.total_bytes},
                                                                     {"ratio", &limits.ratio}};
  const auto found = limits_by_name.find(name);
  if (!value || *value == 0 || (found == limits_by_name.end() && !nesting))
    throw OptionError(
        "archive-limit",
        fmt::format(
            "expected entries, entry-bytes, total-bytes, ratio or nesting (up to {}), = and a whole number from 1 "
            "on, found \"{}\"",
            kDeepest, given));
  if (nesting)
    limits.nesting = static_cast<int>(*value);
  else
    *found->second = *value;
}

class Values {
 public:
  explicit Values(const po::variables_map& values) : values_(values) {}

  bool has(const char* name) const { return values_.count(name) != 0; }

  std::optional<std::string> text(const char* name) const {
    return has(name) ? std::optional(values_[name].as<std::string>()) : std::nullopt;
  }

  std::optional<FlinkVersion> version(const char* name) const {
    const auto given = text(name);
    if (!given)
      return std::nullopt;
    const auto version = FlinkVersion::parse(*given);
    if (!version)
      throw OptionError(name, fmt::format("expected a Flink release such as 2.2, found \"{}\"", *given));
    return version;
  }

  std::optional<int> positive(const char* name) const {
    const auto given = text(name);
    if (!given)
      return std::nullopt;
    const bool digits = !given->empty() && given->size() <= 5 &&
                        std::ranges::all_of(*given, [](char c) { return c >= '0' && c <= '9'; });
    const int value = digits ? std::stoi(*given) : 0;
    if (value < 1 || value > kLargestParallelism)
      throw OptionError(name,
                        fmt::format("expected a whole number from 1 to {}, found \"{}\"", kLargestParallelism, *given));
    return value;
  }

  /// Hours or days.
  std::optional<std::chrono::seconds> duration(const char* name) const {
    constexpr std::uint64_t kMost = 100'000;
    const auto given = text(name);
    if (!given)
      return std::nullopt;
    const bool days = given->ends_with('d');
    const auto number = days || given->ends_with('h')
                            ? whole_number(std::string_view(*given).substr(0, given->size() - 1))
                            : std::nullopt;
    if (!number || *number == 0 || *number > kMost)
      throw OptionError(name, fmt::format("expected a number of hours or days from 1 to {}, such as 24h or 7d, found "
                                          "\"{}\"",
                                          kMost, *given));
    const auto count = static_cast<int>(*number);
    return days ? std::chrono::seconds(std::chrono::days(count)) : std::chrono::hours(count);
  }

  unsigned jobs() const {
    constexpr std::uint64_t kMost = 1024;
    const auto given = text("jobs");
    const auto value = given ? whole_number(*given) : 0;
    if (!value || *value > kMost)
      throw OptionError("jobs", fmt::format("expected a whole number from 0 to {}, found \"{}\"", kMost, *given));
    return static_cast<unsigned>(*value);
  }

  JarLimits archive_limits() const {
    JarLimits limits;
    if (has("archive-limit"))
      for (const std::string& given : values_["archive-limit"].as<std::vector<std::string>>())
        set_archive_limit(limits, given);
    return limits;
  }

  std::optional<bool> boolean(const char* name) const {
    const auto given = text(name);
    if (!given)
      return std::nullopt;
    if (*given != "true" && *given != "false")
      throw OptionError(name, fmt::format("expected true or false, found \"{}\"", *given));
    return *given == "true";
  }

  std::optional<std::filesystem::path> path(const char* name) const {
    const auto given = text(name);
    if (given && given->empty())
      throw OptionError(name, "expected a path, found nothing");
    return given ? std::optional<std::filesystem::path>(*given) : std::nullopt;
  }

 private:
  const po::variables_map& values_;
};

std::optional<Severity> fail_on_of(const std::string& text) {
  if (text == "never")
    return std::nullopt;
  const auto severity = severity_of(text);
  if (!severity || *severity == Severity::info)
    throw not_one_of("fail-on", {"blocker", "high", "medium", "low", "never"}, text);
  return severity;
}

StateBackend backend_of(const std::string& text) {
  if (const auto backend = state_backend_of(text))
    return *backend;
  throw not_one_of("state-backend", {"hashmap", "rocksdb", "forst"}, text);
}

/// Where the diff goes: to a place of its own.
std::optional<std::filesystem::path> patch_of(const Values& values, const CheckOptions& options) {
  const auto patch = values.path("patch");
  if (patch && options.poms.empty())
    throw UsageError("--patch changes poms, and none is given: --pom is needed");
  for (const ReportRequest& request : options.reports) {
    if (patch == "-" && !request.output)
      throw UsageError("--patch: a report goes to standard output already; give it an --output");
    if (patch && request.output && *patch == *request.output)
      throw UsageError("--patch: expected another file than that of the report");
  }
  return patch;
}

/// The release that is asked for.
FlinkVersion target_of(const Values& values, OptionsOf command) {
  const auto target = values.version("target");
  if (!target)
    throw UsageError(fmt::format("--{} is needed: the Flink release to upgrade to, such as 2.2",
                                 command == OptionsOf::check ? "target" : "to"));
  return *target;
}

void refuse_contradictions(const CheckOptions& options, OptionsOf command) {
  if (command == OptionsOf::check && !options.application && options.poms.empty() && options.builds.empty() &&
      !options.savepoint && !options.sql_plan && options.deployments.empty())
    throw UsageError("check needs an input: --app, --pom, --build, --savepoint, --sql-plan or --deployment");
  if (options.savepoint == "-" && options.sql_plan == "-")
    throw UsageError("--savepoint and --sql-plan cannot both be standard input");
  const auto from_standard_input = std::ranges::count(options.deployments, "-");
  if (from_standard_input > 1 || (from_standard_input == 1 && (options.savepoint == "-" || options.sql_plan == "-")))
    throw UsageError("--deployment: only one input can be standard input");
  if (options.running_application && !options.application)
    throw UsageError("--running-app is held against the new JAR, which --app names");
  if (options.quiet && options.verbose)
    throw UsageError("--quiet and --verbose: expected one of them");
}

CheckOptions from_values(const po::parsed_options& parsed, const po::variables_map& map, OptionsOf command) {
  const Values values(map);
  CheckOptions options;
  options.target = target_of(values, command);
  options.target_text = *values.text("target");
  options.from = values.version("from");
  if (const auto name = values.text("platform")) {
    const auto platform = platform_of(*name);
    if (!platform)
      throw not_one_of("platform", {"msf", "kubernetes", "standalone"}, *name);
    options.platform = *platform;
  }
  options.application = values.path("app");
  options.running_application = values.path("running-app");
  options.entry_class = values.text("entry-class");
  options.running_entry_class = values.text("running-entry-class");
  options.savepoint = values.path("savepoint");
  options.sql_plan = values.path("sql-plan");
  options.table = values.path("table");
  options.waivers = values.path("waivers");
  options.baseline = values.path("baseline");
  if (values.has("pom"))
    for (const std::string& path : map["pom"].as<std::vector<std::string>>())
      options.poms.emplace_back(path);
  if (values.has("deployment"))
    for (const std::string& path : map["deployment"].as<std::vector<std::string>>())
      options.deployments.emplace_back(path);
  if (values.has("build"))
    for (const std::string& path : map["build"].as<std::vector<std::string>>())
      options.builds.emplace_back(path);
  options.maven = maven_settings(map);
  options.start = {.allow_non_restored_state = values.boolean("allow-non-restored-state"),
                   .parallelism = values.positive("parallelism"),
                   .max_parallelism = values.positive("max-parallelism")};
  if (const auto backend = values.text("state-backend"))
    options.start.backend = backend_of(*backend);
  options.source_retention = values.duration("source-retention");
  options.fail_on = fail_on_of(values.text("fail-on").value_or("high"));
  options.archive_limits = values.archive_limits();
  options.jobs = values.jobs();
  options.strict = values.has("strict");
  options.quiet = values.has("quiet");
  options.verbose = values.has("verbose");
  options.show_waivers = values.has("show-waivers");
  options.colour = parse_colour_wish(values.text("color").value_or("auto"));
  options.reports = report_requests(parsed);
  options.patch = patch_of(values, options);
  refuse_contradictions(options, command);
  return options;
}

}  // namespace

std::optional<StateBackend> state_backend_of(const std::string& text) {
  if (text == "hashmap")
    return StateBackend::hashmap;
  if (text == "rocksdb" || text == "forst")
    return StateBackend::rocksdb;
  return std::nullopt;
}

ColourWish parse_colour_wish(const std::string& text) {
  if (text == "auto")
    return ColourWish::automatic;
  if (text == "always")
    return ColourWish::always;
  if (text == "never")
    return ColourWish::never;
  throw not_one_of("color", {"auto", "always", "never"}, text);
}

CheckOptions parse_check_options(const std::vector<std::string>& arguments, OptionsOf command,
                                 const Configuration* configuration) {
  constexpr const char* kCheck = "flink-preflight check";
  const po::options_description description = check_options_description();
  po::parsed_options parsed = parse_arguments(arguments, description, {}, kCheck);
  const po::variables_map given = values_of(parsed, kCheck);
  if (given.count("help") != 0) {
    CheckOptions options;
    options.help = true;
    return options;
  }
  const Configuration chosen = configuration != nullptr ? *configuration : chosen_configuration(given, description);
  const ConfiguredOptions configured(chosen, parsed);
  configured.append_to(parsed);
  try {
    CheckOptions options = from_values(parsed, values_of(parsed, kCheck), command);
    options.configuration = configured.text();
    return options;
  } catch (const OptionError& error) {
    configured.refuse_own(error);
    throw;
  }
}

std::string check_help() {
  std::ostringstream text;
  text << check_options_description();
  return text.str();
}

}  // namespace preflight
