#include "api_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ostream>

#include "api_build_command.h"
#include "api_query_command.h"
#include "command_line.h"
#include "suggestion.h"

namespace preflight {
namespace {

constexpr std::array<Command, 4> kApiCommands{{
    {"build", "write the index of a release's JARs, or merge indexes", run_api_build_command},
    {"diff", "what two releases declare differently", run_api_diff_command},
    {"lookup", "which releases have a class or member", run_api_lookup_command},
    {"releases", "the releases that the index knows", run_api_releases_command},
}};

void print_help(std::ostream& out) {
  out << "flink-preflight api makes and asks the index of what each release of Flink and\n"
         "its connectors declares: classes, members, promises, deprecations.\n\n"
         "usage: flink-preflight api COMMAND [OPTIONS]\n\n";
  for (const Command& command : kApiCommands)
    out << fmt::format("  {:<9} {}\n", command.name, command.summary);
  out << "\nflink-preflight api COMMAND --help lists a command's options.\n";
}

}  // namespace

ExitCode run_api_command(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err) {
  if (!arguments.empty() && (arguments.front() == "--help" || arguments.front() == "-h")) {
    print_help(out);
    return ExitCode::clean;
  }
  const auto command = std::ranges::find_if(kApiCommands, [&](const Command& candidate) {
    return !arguments.empty() && arguments.front() == candidate.name;
  });
  std::vector<std::string> names;
  for (const Command& candidate : kApiCommands)
    names.emplace_back(candidate.name);
  if (command == kApiCommands.end())
    throw UsageError(fmt::format("api: expected build, diff, lookup or releases.{} See flink-preflight api --help",
                                 arguments.empty() ? "" : did_you_mean(arguments.front(), names)));
  return command->run({arguments.begin() + 1, arguments.end()}, out, err);
}

}  // namespace preflight
