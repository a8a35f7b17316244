#pragma once

// Private to the readers of deployments.

#include <string>
#include <string_view>
#include <vector>

namespace preflight {

/// A word of a shell command.
struct ShellWord {
  std::string text;   ///< Without quotes and escapes; a variable or a substitution stands as written.
  int line = 0;       ///< One-based, where it begins.
  bool known = true;  ///< False where a variable, a substitution or a glob makes it what it is.
};

using ShellCommand = std::vector<ShellWord>;

/// The simple commands of a shell script as far as words go (POSIX shell, 2.2 and 2.3): quotes, escapes, line
/// continuations, comments, and the operators that end a command. Nothing is expanded. Words beyond `most_words` are
/// left out.
std::vector<ShellCommand> split_shell_commands(std::string_view script, std::size_t most_words);

}  // namespace preflight
