#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

#include "api/api_index.h"
#include "application/application_jar.h"
#include "application/linked_class.h"
#include "build/declared_build.h"
#include "class_origins.h"
#include "compatibility_table.h"
#include "deployment/deployment.h"
#include "flink_version.h"
#include "job/job_model.h"
#include "maven/pom.h"
#include "savepoint/savepoint.h"
#include "serialization/schema_compatibility.h"
#include "sql/compiled_plan.h"

namespace preflight {

/// How the new job will be started, as far as the command line says.
struct StartSettings {
  std::optional<bool> allow_non_restored_state;
  std::optional<int> parallelism;
  std::optional<int> max_parallelism;
  StateBackend backend = StateBackend::unknown;
};

/// Everything a rule may look at: the facts read from the inputs, and the compatibility table. An input that was not
/// given is empty, and the rules that need it are skipped.
struct Upgrade {
  FlinkVersion to;
  std::string target_text;  ///< The target as it was given.
  Platform platform = Platform::standalone;
  std::optional<SourceRelease> from;  ///< Empty where neither the command line nor an input tells.
  StartSettings start;
  /// How long the sources keep what they give, where the command line says so.
  std::optional<std::chrono::seconds> source_retention;
  std::chrono::sys_seconds now;  ///< What the age of a snapshot is counted to.
  std::optional<ApplicationJar> application;
  ClassOrigins origins;  ///< Of the application, as origins_of tells them; empty without one.
  /// The classes of the application that its linkage depends on, and all that are the team's own; sorted by index.
  std::vector<LinkedClass> linked_classes;
  std::optional<std::string> entry_class;  ///< Of the application, where the command line names it.
  /// The job that the application builds, as the target sees it; empty where it was not asked for or could not be read.
  std::optional<JobModel> job;
  std::string job_unread_because;                     ///< Empty where it was read, or not asked for.
  std::optional<ApplicationJar> running_application;  ///< The JAR that runs now.
  std::optional<JobModel> running_job;                ///< Its job, as the release that runs now sees it.
  std::string running_job_unread_because;
  std::vector<PomModel> poms;
  std::vector<DeclaredBuild> builds;     ///< Of the new application, where another tool than Maven builds it.
  std::vector<Deployment> deployments;   ///< Each application that the files of --deployment describe.
  std::optional<CompiledPlan> sql_plan;  ///< Of the new job.
  std::optional<Savepoint> savepoint;
  std::shared_ptr<const CompatibilityTable> table;  ///< Never null where rules look.
  std::shared_ptr<const ApiIndex> api;              ///< What each release of Flink has; null where it is not asked for.
};

}  // namespace preflight
