#include "terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

namespace preflight {
namespace {

constexpr int kDefaultColumns = 80;
constexpr int kNarrowest = 60;
constexpr int kWidest = 120;

bool variable_is_set(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0';
}

bool terminal_is_dumb() {
  const char* term = std::getenv("TERM");
  return term == nullptr || std::string_view(term) == "dumb";
}

/// As no-color.org and bixense.com/clicolors have it: NO_COLOR is stronger than CLICOLOR_FORCE.
bool wants_colour(bool on_terminal) {
  if (variable_is_set("NO_COLOR"))
    return false;
  const bool forced = variable_is_set("CLICOLOR_FORCE") && std::string_view(std::getenv("CLICOLOR_FORCE")) != "0";
  return forced || (on_terminal && !terminal_is_dumb());
}

}  // namespace

bool is_terminal(int descriptor) {
  return ::isatty(descriptor) == 1 && !terminal_is_dumb();
}

TextStyle style_of_standard_output(ColourWish wish) {
  TextStyle style;
  const bool on_terminal = ::isatty(STDOUT_FILENO) == 1;
  winsize size{};
  if (on_terminal && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    style.columns = std::clamp(static_cast<int>(size.ws_col), kNarrowest, kWidest);
  else
    style.columns = kDefaultColumns;
  style.colour = wish == ColourWish::always || (wish == ColourWish::automatic && wants_colour(on_terminal));
  return style;
}

}  // namespace preflight
