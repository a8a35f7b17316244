#include "diff_command.h"

#include <fmt/format.h>

#include <boost/program_options.hpp>
#include <ostream>

#include "application/application_jar.h"
#include "check_options.h"
#include "command_line.h"
#include "job_changes_listing.h"
#include "job_reading.h"
#include "option_parsing.h"
#include "terminal.h"

namespace preflight {
namespace {

namespace po = boost::program_options;

constexpr const char* kCommand = "flink-preflight diff";

po::options_description diff_options_description() {
  po::options_description description("flink-preflight diff OLD.jar NEW.jar [OPTIONS]", 80);
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  description.add_options()                                                                                   //
      ("target", text("VERSION"), "Flink release that runs the new JAR; otherwise the newest that is known")  //
      ("from", text("VERSION"), "Flink release that runs the old JAR; otherwise that of the new one")         //
      ("entry-class", text("NAME"), "class whose main method builds the job, where the manifests name none")  //
      ("running-entry-class", text("NAME"), "the same of the old JAR, where it is another class")             //
      ("format", text("NAME")->default_value("text"), "text or json")                                         //
      ("color", text("WHEN")->default_value("auto"), "auto, always or never")                                 //
      ("help", "print this help");
  return description;
}

po::variables_map parse(const std::vector<std::string>& arguments) {
  po::options_description all = diff_options_description();
  all.add_options()("jar", po::value<std::vector<std::string>>());
  po::positional_options_description positionals;
  positionals.add("jar", -1);
  return values_of(parse_arguments(arguments, all, positionals, kCommand), kCommand);
}

std::optional<std::string> optional_text(const po::variables_map& values, const char* name) {
  return values.count(name) == 0 ? std::nullopt : std::optional(values[name].as<std::string>());
}

FlinkVersion version_of(const po::variables_map& values, const char* name, const FlinkVersion& otherwise) {
  const auto given = optional_text(values, name);
  if (!given)
    return otherwise;
  const auto version = FlinkVersion::parse(*given);
  if (!version)
    throw UsageError(fmt::format("--{}: expected a Flink release such as 2.2, found \"{}\"", name, *given));
  return *version;
}

/// The job of one JAR. Throws UsageError where no job can be told: a diff with one job is none.
JobModel read(const std::string& path, const std::optional<std::string>& entry_class, const FlinkVersion& release,
              const CompatibilityTable& table) {
  const FlinkRelease* known = table.find_release(release);
  JobResult result =
      read_job_of(read_application_jar(path), {entry_class, release, known != nullptr ? known->java_max : 0}, table);
  if (!result.job)
    throw UsageError(fmt::format("{}: {}", path, result.unread_because));
  return std::move(*result.job);
}

}  // namespace

ExitCode run_diff_command(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& /*err*/) {
  const po::variables_map values = parse(arguments);
  if (values.count("help") != 0) {
    out << diff_options_description();
    return ExitCode::clean;
  }
  const auto jars =
      values.count("jar") == 0 ? std::vector<std::string>() : values["jar"].as<std::vector<std::string>>();
  if (jars.size() != 2)
    throw UsageError("diff: expected two JARs, the old one and the new one");
  const std::string format = values["format"].as<std::string>();
  if (format != "text" && format != "json")
    throw not_one_of("format", {"text", "json"}, format);
  const TextStyle style = style_of_standard_output(parse_colour_wish(values["color"].as<std::string>()));

  const CompatibilityTable table = read_compatibility_table(embedded_table_documents());
  const FlinkVersion to = version_of(values, "target", table.releases.back().version);
  const FlinkVersion from = version_of(values, "from", to);
  const auto entry = optional_text(values, "entry-class");
  const auto old_entry = optional_text(values, "running-entry-class");
  const JobModel before = read(jars[0], old_entry ? old_entry : entry, from, table);
  const JobModel after = read(jars[1], entry, to, table);
  const JobChanges changes = compare_jobs(IdentifiedJob(before, from, table, std::nullopt, nullptr),
                                          IdentifiedJob(after, to, table, std::nullopt, nullptr));
  if (format == "json")
    write_job_changes_json(changes, {jars[0], jars[1]}, out);
  else
    write_job_changes_text(changes, {jars[0], jars[1]}, style, out);
  return ExitCode::clean;
}

}  // namespace preflight
