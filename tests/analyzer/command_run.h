#pragma once

#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "command_line.h"
#include "fixture_paths.h"
#include "formats_invariant.h"

namespace preflight::test {

/// What a run of the program did, without starting a process. Behind each check stands check_formats_agree().
struct CommandRun {
  int code = 0;
  std::string out;
  std::string err;
};

inline CommandRun run(const std::vector<std::string>& arguments) {
  std::ostringstream out;
  std::ostringstream err;
  const ExitCode code = run_command_line(arguments, out, err);
  if (!arguments.empty() && arguments.front() == "check" && code <= ExitCode::gate_failed)
    check_formats_agree(arguments, static_cast<int>(code), out.str());
  return {static_cast<int>(code), out.str(), err.str()};
}

/// A report's wrapped lines put together again.
inline std::string on_one_line(const std::string& text) {
  std::string joined;
  for (const char c : text)
    if (const bool space = c == ' ' || c == '\n'; !space || !joined.ends_with(' '))
      joined += space ? ' ' : c;
  return joined;
}

/// Makes the project's folder the current one, so that paths in reports are as a user in it would see them.
class InProjectFolder {
 public:
  InProjectFolder() : before_(std::filesystem::current_path()) { std::filesystem::current_path(sources()); }
  ~InProjectFolder() { std::filesystem::current_path(before_); }
  InProjectFolder(const InProjectFolder&) = delete;
  InProjectFolder& operator=(const InProjectFolder&) = delete;

 private:
  std::filesystem::path before_;
};

}  // namespace preflight::test
