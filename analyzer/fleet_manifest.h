#pragma once

#include <cstddef>
#include <filesystem>
#include <istream>
#include <optional>
#include <string>
#include <vector>

namespace preflight {

/// One line of a file that has one JSON object on each.
struct JsonLine {
  std::string text;
  std::size_t number = 0;  ///< One-based.
  bool too_long = false;   ///< `text` has its first kLongestJsonLine bytes.
  bool torn = false;       ///< The file ends before its line feed.
};

inline constexpr std::size_t kLongestJsonLine = std::size_t{1} << 20U;

/// Reads lines one at a time, and never more of one than kLongestJsonLine. Blank lines are passed over.
class JsonLines {
 public:
  explicit JsonLines(std::istream& in) : in_(in) {}
  std::optional<JsonLine> next();

 private:
  std::istream& in_;
  std::size_t number_ = 0;
};

/// A line of the manifest as the command line of a check.
struct FleetItem {
  std::string id = "null";             ///< As JSON.
  std::string name;                    ///< For people: the ID's text, or "line 3".
  std::vector<std::string> arguments;  ///< Of check; empty where there is an error.
  std::string error;                   ///< Empty where the line is as it should be.
  int error_code = 0;                  ///< 2 for an object that asks for something else, 3 where there is none.
};

/// `manifest` is the name that errors give it.
FleetItem read_fleet_item(const JsonLine& line, const std::string& manifest);

/// The ID of a line that `fleet` wrote, as JSON; nullopt where it has none, or is no such line.
std::optional<std::string> id_of_result(const std::string& line);

}  // namespace preflight
