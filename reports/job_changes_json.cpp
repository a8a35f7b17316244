#include "job_changes_listing.h"
#include "job_unknowns_json.h"
#include "savepoint_changes_json.h"

namespace preflight {

void write_job_changes_json(const JobChanges& changes, const ComparedPaths& paths, std::ostream& out) {
  JsonWriter json;
  json.begin_object();
  write_changes(json, changes.changes, paths);
  write_job_unknowns(json, "unknown_before", changes.unknown_before);
  write_job_unknowns(json, "unknown_after", changes.unknown_after);
  json.end_object();
  json.write_to(out);
}

}  // namespace preflight
