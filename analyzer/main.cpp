#include <csignal>
#include <iostream>
#include <string>
#include <vector>

#include "archive/libzip.h"
#include "command_line.h"

int main(int argc, char** argv) {
  // A reader that closes the pipe early is an error of writing, not a reason to die without a message.
  std::signal(SIGPIPE, SIG_IGN);
  preflight::name_local_time_zone();
  const std::vector<std::string> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
  return static_cast<int>(preflight::run_command_line(arguments, std::cout, std::cerr));
}
