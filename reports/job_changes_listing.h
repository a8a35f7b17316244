#pragma once

#include <iosfwd>

#include "restore/job_changes.h"
#include "savepoint_changes_listing.h"
#include "text_report.h"

namespace preflight {

/// `diff OLD.jar NEW.jar`: what differs, operator by operator, and what is not known of either job.
void write_job_changes_text(const JobChanges& changes, const ComparedPaths& paths, const TextStyle& style,
                            std::ostream& out);

/// The same with --format json.
void write_job_changes_json(const JobChanges& changes, const ComparedPaths& paths, std::ostream& out);

}  // namespace preflight
