#pragma once

#include <iosfwd>

#include "application_summary.h"
#include "text_report.h"

namespace preflight {

/// `inspect app`: the facts of the JAR, what is packed, and what it uses of Flink.
void write_application_text(const ApplicationJar& application, const ApplicationSummary& summary,
                            const TextStyle& style, std::ostream& out);

/// `inspect app --format json`.
void write_application_json(const ApplicationJar& application, const ApplicationSummary& summary, std::ostream& out);

}  // namespace preflight
