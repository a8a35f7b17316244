#pragma once

#include <string_view>
#include <vector>

#include "job/job_model.h"
#include "json_writer.h"

namespace preflight {

/// An array of what could not be told of a job: what, reason, and place (null where it has none).
inline void write_job_unknowns(JsonWriter& json, std::string_view key, const std::vector<JobUnknown>& unknowns) {
  json.begin_array(key);
  for (const JobUnknown& unknown : unknowns) {
    json.begin_object();
    json.field("what", unknown.what);
    json.field("reason", unknown.reason);
    json.field_or_null("place", unknown.place.class_name.empty() ? "" : to_text(unknown.place));
    json.end_object();
  }
  json.end_array();
}

}  // namespace preflight
