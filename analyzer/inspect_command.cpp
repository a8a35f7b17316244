#include "inspect_command.h"

#include <fmt/format.h>

#include <boost/program_options.hpp>
#include <ostream>

#include "command_line.h"
#include "savepoint/savepoint.h"
#include "savepoint_listing.h"
#include "terminal.h"

namespace preflight {
namespace {

namespace po = boost::program_options;

po::options_description inspect_options_description() {
  po::options_description description("flink-preflight inspect savepoint PATH [OPTIONS]", 80);
  description.add_options()  //
      ("format", po::value<std::string>()->default_value("text")->value_name("NAME"), "text or json")(
          "color", po::value<std::string>()->default_value("auto")->value_name("WHEN"), "auto, always or never")(
          "help", "print this help");
  return description;
}

po::variables_map parse(const std::vector<std::string>& arguments) {
  po::options_description all = inspect_options_description();
  all.add_options()("kind", po::value<std::string>())("path", po::value<std::vector<std::string>>());
  po::positional_options_description positionals;
  positionals.add("kind", 1).add("path", -1);
  const auto no_guessing = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
  po::variables_map values;
  try {
    po::store(po::command_line_parser(arguments).options(all).positional(positionals).style(no_guessing).run(), values);
  } catch (const po::error& error) {
    throw UsageError(std::string(error.what()) + "; see flink-preflight inspect --help");
  }
  return values;
}

}  // namespace

ExitCode run_inspect_command(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& /*err*/) {
  const po::variables_map values = parse(arguments);
  if (values.count("help") != 0) {
    out << inspect_options_description();
    return ExitCode::clean;
  }
  if (values.count("kind") == 0 || values["kind"].as<std::string>() != "savepoint")
    throw UsageError("inspect: expected \"savepoint\" and its path; see flink-preflight inspect --help");
  if (values.count("path") == 0 || values["path"].as<std::vector<std::string>>().size() != 1)
    throw UsageError("inspect savepoint: expected one path, a savepoint directory, its _metadata file, or -");
  const std::string format = values["format"].as<std::string>();
  if (format != "text" && format != "json")
    throw UsageError(fmt::format("--format: expected text or json, found \"{}\"", format));
  const TextStyle style = style_of_standard_output(parse_colour_wish(values["color"].as<std::string>()));
  const Savepoint savepoint = read_savepoint(values["path"].as<std::vector<std::string>>().front());
  if (format == "json")
    write_savepoint_json(savepoint, out);
  else
    write_savepoint_text(savepoint, style, out);
  return ExitCode::clean;
}

}  // namespace preflight
