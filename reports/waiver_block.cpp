#include "waiver_block.h"

#include <fmt/format.h>

#include "json_writer.h"
#include "subject_pattern.h"
#include "unicode_text.h"

namespace preflight {

std::vector<std::string> waiver_block(const Finding& finding) {
  return {fmt::format("- rule: {}", finding.rule),
          // A JSON string is one of YAML as well.
          fmt::format("  subject: {}", json_string(pattern_of(valid_utf8(finding.subject.name)))),
          fmt::format("  kind: {}", to_string(finding.subject.kind)), "  reason: \"\"", "  approved_by: \"\"",
          "  expires: \"\""};
}

}  // namespace preflight
