#include "markdown_text.h"

#include <string_view>

#include "unicode_text.h"

namespace preflight {

std::string markdown_escaped(const std::string& text) {
  // An empty comment parts what a service would otherwise take for a mention, a reference or a link.
  constexpr std::string_view kNothing = "<!-- -->";
  constexpr std::string_view kFormats = "\\`*_[]|~$";
  std::string result;
  for (const char c : visible_text(text)) {
    if (c == '<')
      result += "&lt;";
    else if (c == '>')
      result += "&gt;";
    else if (c == '&')
      result += "&amp;";
    else if (c == '@' || c == '#')
      (result += c) += kNothing;
    else if (kFormats.find(c) != std::string_view::npos)
      (result += '\\') += c;
    else
      result += c;
  }
  for (const std::string_view link : {"www.", "://"})
    for (auto at = result.find(link); at != std::string::npos; at = result.find(link, at + 1))
      result.insert(at + link.size() - 1, kNothing);
  return result;
}

}  // namespace preflight
