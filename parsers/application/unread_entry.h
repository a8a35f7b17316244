#pragma once

#include <string>
#include <vector>

#include "input/input_error.h"

namespace preflight {

/// A part that could not be read; the rest of the JAR was.
struct UnreadEntry {
  std::string entry;
  std::string reason;  ///< With the offset or line where there is one.

  auto operator<=>(const UnreadEntry&) const = default;
};

UnreadEntry unread_entry(std::string entry, const InputError& error);

/// Runs `step`. An InputError becomes an unread entry, except what is over a limit: that is thrown on and ends the
/// scan.
template <class Step>
void read_or_note(std::vector<UnreadEntry>& unread, const std::string& entry, Step&& step) {
  try {
    step();
  } catch (const InputError& error) {
    if (error.kind() == InputErrorKind::over_limit)
      throw;
    unread.push_back(unread_entry(entry, error));
  }
}

}  // namespace preflight
