#include "command_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <exception>
#include <new>
#include <ostream>
#include <span>

#include "api_command.h"
#include "check_command.h"
#include "diff_command.h"
#include "fleet_command.h"
#include "input/input_error.h"
#include "inspect_command.h"
#include "plan_command.h"
#include "rules_command.h"
#include "suggestion.h"
#include "table_age.h"
#include "uid_command.h"

namespace preflight {
namespace {

constexpr std::array<Command, 8> kCommands{{
    {"check", "say whether an upgrade will start and keep its state", run_check_command},
    {"fleet", "check many applications: JSON lines in, JSON lines out", run_fleet_command},
    {"inspect", "show what a savepoint holds", run_inspect_command},
    {"diff", "show what two JARs' jobs differ in: operators and states", run_diff_command},
    {"plan", "say the steps of an upgrade, in their order", run_plan_command},
    {"api", "build and query the index of what each Flink release declares", run_api_command},
    {"rules", "list and explain the rules; say how old the table is", run_rules_command},
    {"uid", "print the operator ID that Flink derives from a uid", run_uid_command},
}};

void print_help(std::ostream& out) {
  out << "flink-preflight says, before an in-place upgrade of a Flink application,\n"
         "whether the new JAR will start on the target runtime and whether its state\n"
         "will come back.\n\n"
         "usage: flink-preflight COMMAND [OPTIONS]\n\n";
  for (const Command& command : kCommands)
    out << fmt::format("  {:<9} {}\n", command.name, command.summary);
  out << "\nflink-preflight COMMAND --help lists a command's options; --version prints\n"
         "the versions of the program and of its compatibility table.\n\n"
         "exit codes: 0 nothing at or above --fail-on, 1 the gate failed,\n"
         "            2 the command line is wrong, 3 an input could not be read\n";
}

std::vector<std::string> command_names() {
  std::vector<std::string> names;
  for (const Command& command : kCommands)
    names.emplace_back(command.name);
  return names;
}

ExitCode run_command(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err) {
  if (arguments.empty())
    throw UsageError("no command was given; see flink-preflight --help");
  const std::string& name = arguments.front();
  if (name == "--help" || name == "-h" || name == "help") {
    print_help(out);
    return ExitCode::clean;
  }
  if (name == "--version") {
    out << version_text();
    return ExitCode::clean;
  }
  const auto command =
      std::ranges::find_if(kCommands, [&](const Command& candidate) { return name == candidate.name; });
  if (command == kCommands.end())
    throw UsageError(fmt::format("there is no command \"{}\".{} See flink-preflight --help", name,
                                 did_you_mean(name, command_names())));
  return command->run({arguments.begin() + 1, arguments.end()}, out, err);
}

ExitCode report_error(std::ostream& err, const std::string& message, ExitCode code) {
  err << "flink-preflight: error: " << printable(message) << '\n';
  return code;
}

}  // namespace

ExitCode run_command_line(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err) {
  try {
    const ExitCode code = run_command(arguments, out, err);
    out.flush();
    if (!out)
      return report_error(err, "the report could not be written to standard output", ExitCode::bad_input);
    return code;
  } catch (const UsageError& error) {
    return report_error(err, error.what(), ExitCode::usage);
  } catch (const InputError& error) {
    // what() is one printable line already.
    err << "flink-preflight: error: " << error.what() << '\n';
    return ExitCode::bad_input;
  } catch (const std::bad_alloc&) {
    return report_error(err, "the input needs more memory than there is", ExitCode::bad_input);
  } catch (const std::exception& error) {
    return report_error(err, error.what(), ExitCode::bad_input);
  }
}

}  // namespace preflight
