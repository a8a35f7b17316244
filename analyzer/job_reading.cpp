#include "job_reading.h"

#include "job/read_job.h"
#include "restore/entry_class.h"
#include "restore/job_calls_table.h"

namespace preflight {

JobResult read_job_of(const ApplicationJar& application, const JobRequest& request, const CompatibilityTable& table) {
  constexpr int kOldestJava = 8;
  if (application.python)
    return {.unread_because = "it is a PyFlink application: its job is built by Python code"};
  const EntryClass entry = entry_class_of(application, request.entry_class);
  if (entry.name.empty())
    return {.unread_because = entry.unknown_because};
  const JobReading how{.entry_class = entry.name, .java_release = request.java > 0 ? request.java : kOldestJava};
  return {.job = read_job(application, job_calls_of(table, request.release), how)};
}

}  // namespace preflight
