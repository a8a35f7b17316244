#pragma once

#include <iosfwd>

#include "restore/identified_job.h"
#include "text_report.h"

namespace preflight {

/// `inspect app --states`: the operators of the job with their uids, and the states and serializers that they will
/// have.
void write_job_states_text(const IdentifiedJob& job, const TextStyle& style, std::ostream& out);

/// The same with --format json.
void write_job_states_json(const IdentifiedJob& job, std::ostream& out);

}  // namespace preflight
