#pragma once

#include <compare>
#include <string>

namespace preflight {

/// Where in the application's code something was seen.
struct CodePlace {
  std::string class_name;  ///< Binary name.
  std::string method;
  int line = 0;  ///< 0 where the class file has no line numbers.

  auto operator<=>(const CodePlace&) const = default;
};

/// "com.acme.Job.main:42"; without line where it is not known.
std::string to_text(const CodePlace& place);

}  // namespace preflight
