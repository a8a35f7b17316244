#pragma once

#include <optional>
#include <string>

#include "application/application_jar.h"
#include "compatibility_table.h"
#include "flink_version.h"
#include "job/job_model.h"

namespace preflight {

/// How the job of a JAR is to be read.
struct JobRequest {
  std::optional<std::string> entry_class;  ///< As told on the command line.
  FlinkVersion release;                    ///< Of the Flink that runs it.
  int java = 0;                            ///< Of the JVM that loads it; 0 where it is not known.
};

/// The job of a JAR, or why there is none.
struct JobResult {
  std::optional<JobModel> job;
  std::string unread_because;  ///< Empty where there is a job.
};

/// Throws InputError where the JAR cannot be read any more.
JobResult read_job_of(const ApplicationJar& application, const JobRequest& request, const CompatibilityTable& table);

}  // namespace preflight
