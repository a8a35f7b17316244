#include "pipeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <memory>

#include "build/build_reader.h"
#include "class_origins.h"
#include "clock.h"
#include "decisions.h"
#include "deployment/deployment_file.h"
#include "deployment_settings.h"
#include "gate.h"
#include "input/digest.h"
#include "input/input_error.h"
#include "job_reading.h"
#include "linkage/linkage.h"
#include "plan/assessed_plan.h"
#include "target_java.h"
#include "user_tables.h"

namespace preflight {
namespace {

/// Reads what it can of all inputs, so that one run shows every input that is broken.
class Inputs {
 public:
  explicit Inputs(std::vector<std::string>& errors) : errors_(errors) {}

  void attempt(const std::function<void()>& read) {
    try {
      read();
    } catch (const InputError& error) {
      errors_.emplace_back(error.what());
    }
  }

 private:
  std::vector<std::string>& errors_;
};

void say(Progress* progress, const std::string& step) {
  if (progress != nullptr)
    progress->step(step);
}

/// Whether a report shows digests: a text report that is not verbose does not, and reading a large JAR once more takes
/// time.
bool shows_digests(const CheckOptions& options) {
  return options.verbose ||
         std::ranges::any_of(options.reports, [](const ReportRequest& report) { return report.format != "text"; });
}

/// What a report says of the inputs that were read.
class ReportedInputs {
 public:
  explicit ReportedInputs(bool with_digests) : with_digests_(with_digests) {}

  void add(const char* kind, const std::filesystem::path& path, std::string summary) {
    add(kind, path, path, std::move(summary));
  }
  /// `file` is what was read of the directory `path`.
  void add(const char* kind, const std::filesystem::path& path, const std::filesystem::path& file,
           std::string summary) {
    ReportInput input{.kind = kind, .path = path.string(), .summary = std::move(summary)};
    if (file != "-") {
      input.bytes = std::filesystem::file_size(file);
      if (with_digests_)
        input.sha256 = sha256_of_file(file);
    }
    inputs_.push_back(std::move(input));
  }
  std::vector<ReportInput> take() { return std::move(inputs_); }

 private:
  bool with_digests_;
  std::vector<ReportInput> inputs_;
};

std::string plural(std::size_t count, const char* one, const char* many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string summary_of(const ApplicationJar& application) {
  return fmt::format("{}, entry class {}", plural(application.classes.size(), "class", "classes"),
                     application.manifest.entry_class().value_or("not named"));
}

std::string summary_of(const PomModel& pom) {
  const std::string direct = plural(pom.dependencies.size(), "dependency", "dependencies");
  if (!pom.transitive || pom.transitive->empty())
    return fmt::format("{}, {}", pom.project.text(), direct);
  return fmt::format("{}, {} and {} that they bring in", pom.project.text(), direct, pom.transitive->size());
}

std::string summary_of(const DeclaredBuild& build) {
  return fmt::format("{}, {}", to_string(build.kind), plural(build.dependencies.size(), "library", "libraries"));
}

std::string summary_of(const Savepoint& savepoint) {
  const WriterVersions writers = writers_of_metadata_version(savepoint.metadata_version);
  return fmt::format("metadata version {} (Flink {}), {}", savepoint.metadata_version,
                     writers.last.empty() ? writers.first + " and later" : writers.first + " to " + writers.last,
                     plural(savepoint.operators.size(), "operator", "operators"));
}

std::string summary_of(const CompiledPlan& plan) {
  return fmt::format("{}, compiled by Flink {}", plural(plan.nodes.size(), "node", "nodes"), plan.flink_version);
}

/// The release that runs now: as given, as a deployment tells, or as far as the savepoint's format does.
std::optional<SourceRelease> source_release(const CheckOptions& options, const Upgrade& upgrade) {
  if (options.from)
    return SourceRelease{*options.from, *options.from, "--from"};
  if (upgrade.from)
    return upgrade.from;
  if (!upgrade.savepoint)
    return std::nullopt;
  const int version = upgrade.savepoint->metadata_version;
  const WriterVersions writers = writers_of_metadata_version(version);
  const auto first = FlinkVersion::parse(writers.first);
  auto last = FlinkVersion::parse(writers.last);
  if (!last && !upgrade.table->releases.empty())
    last = upgrade.table->releases.back().version;
  if (!first || !last)
    return std::nullopt;
  return SourceRelease{*first, *last, fmt::format("metadata version {} of the savepoint", version)};
}

/// What linking the application needs: the index of Flink's API, and the classes that refer to it in full.
void read_linkage(const CheckOptions& options, const CheckTables* tables, Upgrade& upgrade) {
  upgrade.api = tables != nullptr ? tables->api : std::make_shared<const ApiIndex>(read_api_index(options.table));
  upgrade.origins = origins_of(*upgrade.application, *upgrade.table);
  const auto java_uses = [&](std::uint32_t index) {
    return upgrade.origins.of[index] == ClassOrigin::application ? JavaUses::kept : JavaUses::left_out;
  };
  upgrade.linked_classes = read_linked_classes(
      *upgrade.application, classes_to_link(*upgrade.application, *upgrade.api, upgrade.origins), java_uses);
}

/// The deployments of each file, and of the settings that the command line leaves out what they say.
void read_deployment_files(const CheckOptions& options, Inputs& inputs, Upgrade& upgrade, ReportedInputs& reported) {
  std::vector<std::size_t> counts(options.deployments.size());
  for (std::size_t i = 0; i < options.deployments.size(); ++i)
    inputs.attempt([&] {
      std::vector<Deployment> deployments = read_deployments(options.deployments[i]);
      counts[i] = deployments.size();
      std::ranges::move(deployments, std::back_inserter(upgrade.deployments));
    });
  const std::vector<AdoptedSetting> adopted = adopt_deployment_settings(options, upgrade);
  std::size_t first = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] > 0)
      reported.add("deployment", options.deployments[i], summary_of_deployments(upgrade, adopted, first, counts[i]));
    first += counts[i];
  }
}

/// The job of the new JAR, as the target sees it.
void read_new_job(Upgrade& upgrade) {
  const JobRequest request{
      .entry_class = upgrade.entry_class, .release = upgrade.to, .java = target_java(upgrade).release};
  JobResult result = read_job_of(*upgrade.application, request, *upgrade.table);
  upgrade.job = std::move(result.job);
  upgrade.job_unread_because = std::move(result.unread_because);
}

/// The job that runs now, as its own release sees it: of a span of releases the newest.
void read_running_job(const CheckOptions& options, Upgrade& upgrade) {
  if (!upgrade.from) {
    upgrade.running_job_unread_because = "the release that runs it is not known (--from)";
    return;
  }
  const FlinkRelease* release = upgrade.table->find_release(upgrade.from->highest);
  const JobRequest request{
      .entry_class = options.running_entry_class ? options.running_entry_class : upgrade.entry_class,
      .release = upgrade.from->highest,
      .java = release != nullptr ? release->java_max : 0};
  JobResult result = read_job_of(*upgrade.running_application, request, *upgrade.table);
  upgrade.running_job = std::move(result.job);
  upgrade.running_job_unread_because = std::move(result.unread_because);
}

/// Whether a report shows the plan of the upgrade, which is worked out for those alone.
bool shows_plan(const std::vector<ReportRequest>& reports) {
  return std::ranges::any_of(
      reports, [](const ReportRequest& report) { return report.format == "html" || report.format == "markdown"; });
}

/// The plan, where it is known which release runs now.
std::optional<UpgradePlan> plan_of(const CheckOptions& options, const Upgrade& upgrade, const Assessment& assessment) {
  const bool one_release = upgrade.from && upgrade.from->lowest == upgrade.from->highest;
  if (!one_release || !shows_plan(options.reports))
    return std::nullopt;
  return plan_assessed_upgrade(upgrade, read_plan_table(read_table_documents(options.table)), assessment);
}

/// Waivers and baseline, as far as they are given.
Decisions read_decisions(const CheckOptions& options, const Upgrade& upgrade, ReportedInputs& reported,
                         std::vector<std::string>& errors) {
  Inputs inputs(errors);
  Decisions decisions;
  if (options.waivers)
    inputs.attempt([&] {
      decisions.waivers = read_waiver_file(*options.waivers);
      reported.add("waivers", *options.waivers, plural(decisions.waivers->entries.size(), "waiver", "waivers"));
    });
  if (options.baseline)
    inputs.attempt([&] {
      decisions.baseline = read_baseline(*options.baseline, upgrade.to, upgrade.platform);
      reported.add("baseline", *options.baseline, decisions.baseline->summary);
    });
  return decisions;
}

Report settle_report(const CheckOptions& options, const Upgrade& upgrade, const Decisions& decisions,
                     Assessment assessment, std::vector<ReportInput> inputs) {
  std::vector<Finding> fixed = apply_decisions(decisions, today(), assessment);
  const GateDecision gate = judge(assessment, options.fail_on, options.strict);
  Report report{.tool_version = FLINK_PREFLIGHT_VERSION,
                .table_version = upgrade.table->version,
                .to = options.target.text(),
                .platform = to_string(upgrade.platform),
                .gate = gate.sentence,
                .gate_failed = gate.failed,
                .inputs = std::move(inputs),
                .assessment = std::move(assessment),
                .fixed = std::move(fixed),
                .configuration = options.configuration};
  report.plan = plan_of(options, upgrade, report.assessment);
  if (upgrade.from) {
    report.from = upgrade.from->text();
    report.from_how = upgrade.from->how;
  }
  return report;
}

StringConstants strings_for(const CheckOptions& options) {
  const bool held_against_something = options.savepoint || options.running_application || !options.deployments.empty();
  return held_against_something ? StringConstants::gathered : StringConstants::left_out;
}

/// The facts of all inputs, and what a report says of them. What cannot be read is a line of `errors`.
void read_facts(const CheckOptions& options, const CheckTables* tables, Upgrade& upgrade, ReportedInputs& reported,
                Progress* progress, std::vector<std::string>& errors) {
  upgrade.to = options.target;
  upgrade.target_text = options.target_text;
  upgrade.start = options.start;
  upgrade.source_retention = options.source_retention;
  upgrade.now = now();
  upgrade.entry_class = options.entry_class;

  Inputs inputs(errors);
  const auto reading = [&](const std::filesystem::path& path) { say(progress, "reading " + path.string()); };
  upgrade.table =
      std::make_shared<const CompatibilityTable>();  // For the other inputs, where the user's cannot be read.
  inputs.attempt([&] { upgrade.table = tables != nullptr ? tables->table : read_table(options.table); });
  if (options.application)
    inputs.attempt([&] {
      reading(*options.application);
      upgrade.application =
          read_application_jar(*options.application, options.archive_limits, options.jobs, strings_for(options));
      reported.add("application", *options.application, summary_of(*upgrade.application));
      read_linkage(options, tables, upgrade);
    });
  if (options.running_application)
    inputs.attempt([&] {
      reading(*options.running_application);
      upgrade.running_application =
          read_application_jar(*options.running_application, options.archive_limits, options.jobs);
      reported.add("running app", *options.running_application, summary_of(*upgrade.running_application));
    });
  for (const std::filesystem::path& path : options.poms)
    inputs.attempt([&] {
      reading(path);
      for (PomModel& pom : read_reactor(path, options.maven)) {
        reported.add("pom", pom.path, summary_of(pom));
        upgrade.poms.push_back(std::move(pom));
      }
    });
  for (const std::filesystem::path& path : options.builds)
    inputs.attempt([&] {
      upgrade.builds.push_back(read_declared_build(path));
      reported.add("build", path, summary_of(upgrade.builds.back()));
    });
  if (options.savepoint)
    inputs.attempt([&] {
      reading(*options.savepoint);
      upgrade.savepoint = read_savepoint(*options.savepoint);
      reported.add("savepoint", *options.savepoint, upgrade.savepoint->metadata_path, summary_of(*upgrade.savepoint));
    });
  if (options.sql_plan)
    inputs.attempt([&] {
      reading(*options.sql_plan);
      upgrade.sql_plan = read_compiled_plan(*options.sql_plan);
      reported.add("sql plan", *options.sql_plan, summary_of(*upgrade.sql_plan));
    });
  read_deployment_files(options, inputs, upgrade, reported);
  if (!errors.empty())
    return;

  say(progress, "following the job's main method");
  upgrade.from = source_release(options, upgrade);
  const bool restores = upgrade.savepoint || upgrade.running_application;
  if (upgrade.application && restores)
    inputs.attempt([&] { read_new_job(upgrade); });
  if (upgrade.running_application)
    inputs.attempt([&] { read_running_job(options, upgrade); });
}

}  // namespace

CheckTables read_check_tables(const std::optional<std::filesystem::path>& user_table) {
  return {.table = read_table(user_table), .api = std::make_shared<const ApiIndex>(read_api_index(user_table))};
}

std::vector<std::string> read_upgrade(const CheckOptions& options, Upgrade& upgrade) {
  std::vector<std::string> errors;
  ReportedInputs unreported(false);
  read_facts(options, nullptr, upgrade, unreported, nullptr, errors);
  return errors;
}

CheckResult run_check(const CheckOptions& options, Upgrade& upgrade, const CheckTables* tables, Progress* progress) {
  CheckResult result;
  ReportedInputs reported(shows_digests(options));
  read_facts(options, tables, upgrade, reported, progress, result.input_errors);
  const Decisions decisions = read_decisions(options, upgrade, reported, result.input_errors);
  if (!result.input_errors.empty())
    return result;

  // From here on nothing is read from disk but the poms to edit, and nothing can go wrong but the verdict.
  say(progress, "judging");
  Assessment assessment = assess(upgrade);
  result.patch = settle_edits(assessment.findings);
  result.report = settle_report(options, upgrade, decisions, std::move(assessment), reported.take());
  return result;
}

}  // namespace preflight
