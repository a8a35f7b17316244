#include "uid_command.h"

#include <ostream>

#include "command_line.h"
#include "input/input_error.h"
#include "savepoint/operator_id.h"

namespace preflight {

ExitCode run_uid_command(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& /*err*/) {
  if (!arguments.empty() && arguments.front() == "--help") {
    out << "flink-preflight uid STRING...\n"
           "  Prints for each uid the operator ID that Flink derives from it, as a savepoint\n"
           "  shows it. Everything after -- is taken as a uid.\n";
    return ExitCode::clean;
  }
  std::vector<std::string> uids = arguments;
  if (!uids.empty() && uids.front() == "--")
    uids.erase(uids.begin());
  else if (!uids.empty() && uids.front().starts_with("--"))
    throw UsageError("uid takes no option " + uids.front() + "; write -- before a uid that starts with a dash");
  if (uids.empty())
    throw UsageError("uid: expected at least one uid");
  for (const std::string& uid : uids)
    out << operator_id_of_uid(uid).hex() << "  " << printable(uid) << '\n';
  return ExitCode::clean;
}

}  // namespace preflight
