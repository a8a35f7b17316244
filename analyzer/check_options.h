#pragma once

#include <boost/program_options.hpp>
#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "archive/jar.h"
#include "compatibility_table.h"
#include "configuration_file.h"
#include "finding.h"
#include "flink_version.h"
#include "maven/pom_settings.h"
#include "upgrade.h"

namespace preflight {

/// A report to write: its format, and its file; no file means standard output.
struct ReportRequest {
  std::string format;
  std::optional<std::filesystem::path> output;
};

enum class ColourWish { automatic, always, never };

/// The command line of `check`.
struct CheckOptions {
  std::string target_text;
  FlinkVersion target;
  std::optional<FlinkVersion> from;
  std::optional<Platform> platform;  ///< Nothing said: that of the deployments, or else standalone.
  std::optional<std::filesystem::path> application;
  std::optional<std::filesystem::path> running_application;
  std::optional<std::string> entry_class;          ///< Of the application.
  std::optional<std::string> running_entry_class;  ///< Of the running application; nothing said: the same.
  std::vector<std::filesystem::path> poms;
  std::vector<std::filesystem::path> builds;  ///< Build files of other tools than Maven.
  PomSettings maven;
  std::optional<std::filesystem::path> savepoint;
  std::optional<std::filesystem::path> sql_plan;
  std::vector<std::filesystem::path> deployments;
  std::optional<std::filesystem::path> table;
  std::optional<std::filesystem::path> waivers;
  std::optional<std::filesystem::path> baseline;
  StartSettings start;
  std::optional<std::chrono::seconds> source_retention;
  std::vector<ReportRequest> reports;                ///< At least one; at most one of them to standard output.
  std::optional<std::filesystem::path> patch;        ///< Where the diff of the poms goes; "-" for standard output.
  std::optional<Severity> fail_on = Severity::high;  ///< Empty for --fail-on never.
  JarLimits archive_limits;
  unsigned jobs = 0;  ///< Threads that read the JAR; 0 for as many as there are cores.
  bool strict = false;
  bool quiet = false;
  bool verbose = false;
  bool show_waivers = false;
  std::string configuration;  ///< For the reader: which file set what; empty where none did.
  ColourWish colour = ColourWish::automatic;
  bool help = false;
};

/// Whose command line it is: `check` needs an input, `plan` none, and calls the target --to.
enum class OptionsOf { check, plan };

/// Every option of `check`.
boost::program_options::options_description check_options_description();

/// The options that `arguments` give, and what they leave open as `configuration` says: where none is given, as the
/// file says that the arguments choose (configuration_file.h). Throws UsageError, and InputError for what is wrong in a
/// file.
CheckOptions parse_check_options(const std::vector<std::string>& arguments, OptionsOf command = OptionsOf::check,
                                 const Configuration* configuration = nullptr);

/// Transformation.UPPER_BOUND_MAX_PARALLELISM
inline constexpr int kLargestParallelism = 1 << 15;

/// The names that Flink's state.backend.type takes.
std::optional<StateBackend> state_backend_of(const std::string& text);

/// auto, always or never. Throws UsageError.
ColourWish parse_colour_wish(const std::string& text);

/// The text of `check --help`.
std::string check_help();

}  // namespace preflight
