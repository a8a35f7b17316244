#include "plan_command.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <boost/program_options.hpp>
#include <ostream>
#include <sstream>

#include "check_options.h"
#include "command_line.h"
#include "option_parsing.h"
#include "output_file.h"
#include "pipeline.h"
#include "terminal.h"
#include "upgrade_plan_listing.h"
#include "user_tables.h"

namespace preflight {
namespace {

namespace po = boost::program_options;

/// The command line of `plan`: its own options, and those of `check` for the inputs.
struct PlanOptions {
  CheckOptions inputs;
  std::string format = "text";
  std::optional<std::string> output;
  bool help = false;
};

po::options_description plan_options_description() {
  po::options_description description("flink-preflight plan --from VERSION --to VERSION [OPTIONS]", 80);
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  description.add_options()                                                          //
      ("from", text("VERSION"), "Flink release that runs now")                       //
      ("to", text("VERSION"), "Flink release to upgrade to")                         //
      ("format", text("NAME"), "text (the default), json or markdown")               //
      ("output", text("FILE"), "write the plan to FILE instead of standard output")  //
      ("help", "print this help");
  return description;
}

std::string plan_help() {
  std::ostringstream text;
  text << plan_options_description()
       << "\nThe inputs are those of check, all of them optional: --platform, --app,\n"
          "--running-app, --pom, --savepoint, --sql-plan, --deployment and what goes with\n"
          "them. What they show takes the place of the general steps. See\n"
          "flink-preflight check --help\n"
          "A configuration file's target and from count as --to and --from.\n";
  return text.str();
}

std::string known_releases(const CompatibilityTable& table) {
  std::vector<std::string> texts;
  for (const FlinkRelease& release : table.releases)
    texts.push_back(release.version.minor_text());
  return fmt::format("{}", fmt::join(texts, ", "));
}

void require_known(const char* option, const FlinkVersion& release, const CompatibilityTable& table) {
  if (table.find_release(release) == nullptr)
    throw UsageError(fmt::format("--{}: Flink {} is not in the table, which has {}", option, release.minor_text(),
                                 known_releases(table)));
}

/// What belongs to `check` of a command line that is for both. Throws UsageError for an option of neither.
std::vector<std::string> arguments_for_check(const std::vector<std::string>& arguments, po::variables_map& own_values) {
  const po::options_description own = plan_options_description();
  const auto no_guessing = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
  std::vector<std::string> rest;
  try {
    const po::parsed_options parsed =
        po::command_line_parser(arguments).options(own).style(no_guessing).allow_unregistered().run();
    po::store(parsed, own_values);
    rest = po::collect_unrecognized(parsed.options, po::include_positional);
  } catch (const po::error& error) {
    throw UsageError(std::string(error.what()) + "; see flink-preflight plan --help");
  }
  parse_arguments(rest, check_options_description(), {}, "flink-preflight plan", option_names(own));
  return rest;
}

PlanOptions parse(const std::vector<std::string>& arguments) {
  PlanOptions options;
  po::variables_map values;
  std::vector<std::string> for_check = arguments_for_check(arguments, values);
  options.help = values.count("help") != 0;
  if (options.help)
    return options;
  if (values.count("from") != 0)
    for_check.insert(for_check.end(), {"--from", values["from"].as<std::string>()});
  if (values.count("to") != 0) {
    const std::string to = values["to"].as<std::string>();
    if (!FlinkVersion::parse(to))
      throw UsageError(fmt::format("--to: expected a Flink release such as 2.2, found \"{}\"", to));
    for_check.insert(for_check.end(), {"--target", to});
  }
  options.inputs = parse_check_options(for_check, OptionsOf::plan);
  if (!options.inputs.from)
    throw UsageError("--from is needed: the Flink release that runs now, such as 1.20");
  if (values.count("format") != 0)
    options.format = values["format"].as<std::string>();
  if (options.format != "text" && options.format != "json" && options.format != "markdown")
    throw not_one_of("format", {"text", "json", "markdown"}, options.format);
  if (values.count("output") != 0)
    options.output = values["output"].as<std::string>();
  return options;
}

std::string render(const UpgradePlan& plan, const PlanOptions& options, const std::string& table_version) {
  std::ostringstream text;
  if (options.format == "json") {
    write_upgrade_plan_json(plan, {FLINK_PREFLIGHT_VERSION, table_version}, text);
  } else if (options.format == "markdown") {
    write_upgrade_plan_markdown(plan, text);
  } else {
    TextStyle style = style_of_standard_output(options.inputs.colour);
    if (options.output) {
      style.columns = TextStyle{}.columns;
      style.colour = options.inputs.colour == ColourWish::always;
    }
    write_upgrade_plan_text(plan, style, text);
  }
  return std::move(text).str();
}

}  // namespace

ExitCode run_plan_command(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err) {
  const PlanOptions options = parse(arguments);
  if (options.help) {
    out << plan_help();
    return ExitCode::clean;
  }
  const std::vector<TableDocument> documents = read_table_documents(options.inputs.table);
  const CompatibilityTable table = read_compatibility_table(documents);
  require_known("from", *options.inputs.from, table);
  require_known("to", options.inputs.target, table);
  Upgrade upgrade;
  const std::vector<std::string> errors = read_upgrade(options.inputs, upgrade);
  for (const std::string& error : errors)
    err << "flink-preflight: error: " << error << '\n';
  if (!errors.empty())
    return ExitCode::bad_input;
  const UpgradePlan plan = plan_upgrade(upgrade, read_plan_table(documents));
  const std::string rendered = render(plan, options, upgrade.table->version);
  if (options.output)
    write_whole_file(*options.output, rendered);
  else
    out << rendered;
  return plan.verdict == PlanVerdict::no_path ? ExitCode::gate_failed : ExitCode::clean;
}

}  // namespace preflight
