#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "finding.h"

namespace preflight {

/// An entry of a waiver file: which findings it is about, and what was decided. Patterns are those of
/// subject_pattern.h.
struct WaiverEntry {
  std::string rule;
  std::string subject;                ///< Pattern of the subject's name.
  std::optional<Subject::Kind> kind;  ///< Of the subject; nothing said: any.
  std::optional<std::string> path;    ///< Pattern of the location's path; nothing said: any, or none.
  Waiver waiver;
  std::optional<std::chrono::sys_days> last_day;  ///< Of `waiver.expires`; none for a waiver without an end.
  int line = 0;                                   ///< One-based.
};

struct WaiverFile {
  std::string path;
  std::vector<WaiverEntry> entries;
};

/// Reads a waiver file, JSON or YAML, as docs/gate.md and docs/waivers.schema.json describe it. Throws InputError, with
/// the line: not a waiver file, an unknown key or rule (with the nearest one that there is), a missing reason or day, a
/// day that is none, two entries for the same.
WaiverFile read_waiver_file(const std::filesystem::path& path);

}  // namespace preflight
