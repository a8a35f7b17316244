#pragma once

#include <cstdint>
#include <string>

#include "application/application_jar.h"
#include "job/job_calls.h"
#include "job/job_model.h"

namespace preflight {

struct JobReading {
  std::string entry_class;  ///< Binary name of the class whose main method builds the job.
  int java_release = 8;     ///< Of the JVM that loads it: chooses among the versions of a multi-release JAR.
};

/// The job that the main method of the entry class builds, as Flink of the release of `calls` makes it. Reads from the
/// JAR the classes that main and the job's functions reach. Never throws for what the code does: what cannot be
/// followed is unknown, with reason and place. Throws InputError where the archive cannot be read any more.
JobModel read_job(const ApplicationJar& application, const JobCalls& calls, const JobReading& how);

}  // namespace preflight
