#pragma once

#include <string>
#include <vector>

#include "report.h"
#include "savepoint/savepoint.h"

namespace preflight {

/// A report that every format is tested with; `name` is also the stem of its golden files.
struct SampleReport {
  std::string name;
  Report report;
};

/// A blocked upgrade with findings of every severity, a clean pass, an unknown, a hostile one, and one with
/// waivers and a baseline.
const std::vector<SampleReport>& sample_reports();

Report blocked_report();
Report hostile_report();
/// The blocked one against a baseline, with findings that are waived, new, unchanged and fixed.
Report decided_report();

/// Names that try to break out: markup, quotes, control characters, terminal escapes, bidirectional overrides, bytes
/// that are not UTF-8.
namespace hostile {
inline constexpr const char* kScript = "com.example.<script>alert(1)</script>";
inline constexpr const char* kQuotes = "uid \"double\" 'single' &amp; </title>";
inline constexpr const char* kEscapes = "state\x1b[2J\x1b]0;owned\x07\r\nline two\ttab";
inline constexpr const char* kOverride =
    "invoice\xE2\x80\xAE"
    "fdp.exe\xE2\x80\xAC";
inline constexpr const char* kNotUtf8 = "caf\xE9 \xFF\xFE \xED\xA0\x80";
}  // namespace hostile

/// A savepoint with keyed, broadcast and operator state, deep and shallow serializers, and a part that is unread.
Savepoint sample_savepoint();
Savepoint hostile_savepoint();

OperatorId operator_id(const std::string& hex);

}  // namespace preflight
