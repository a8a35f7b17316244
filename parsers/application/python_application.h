#pragma once

#include <optional>
#include <string>
#include <vector>

#include "application/unread_entry.h"
#include "archive/jar.h"

namespace preflight {

/// A line of a requirements.txt that names a package (PEP 508) or an option of pip.
struct PythonRequirement {
  std::string text;  ///< Without white space around it and without comment.
  int line = 0;      ///< One-based.

  auto operator<=>(const PythonRequirement&) const = default;
};

/// A PyFlink application: a zip archive with Python scripts, and with the JARs that their job needs. Which script and
/// which JAR are meant is said by the deployment (kinesis.analytics.flink.run.options: python, jarfile).
struct PythonApplication {
  std::vector<std::string> entry_scripts;  ///< Scripts in the topmost folder that has any; main.py first.
  std::string requirements_entry;          ///< The requirements.txt beside them; empty where there is none.
  std::vector<PythonRequirement> requirements;
};

/// Nothing where the archive has no Python script at its top, or in the one folder that all of it stands in; a JAR with
/// a manifest that names an entry class is for the caller to tell apart. A requirements.txt that cannot be read goes to
/// `unread`.
std::optional<PythonApplication> read_python_application(const Jar& archive, std::vector<UnreadEntry>& unread);

}  // namespace preflight
