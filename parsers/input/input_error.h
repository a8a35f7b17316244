#pragma once

#include <cstdint>
#include <exception>
#include <optional>
#include <string>

namespace preflight {

/// Why an input could not be taken.
enum class InputErrorKind {
  unreadable,       ///< The file system refused it: missing, a directory, no permission, not a regular file.
  not_this_format,  ///< Readable, but something else: wrong magic, no zip end record, not XML.
  truncated,        ///< Ends before the format says it does.
  corrupt,          ///< The format's own rules are broken.
  unsupported,      ///< A version or feature that is known and not handled; the message names it.
  over_limit,  ///< Larger, deeper or more expansive than a limit against hostile input; the message names the limit.
};

/// Where in which input. `offset` is in bytes from the start of `path`, or of `entry` where there is one.
struct InputPlace {
  std::string path;
  std::string entry = {};  ///< Entry of an archive; empty where the file itself is meant.
  std::optional<std::uint64_t> offset = std::nullopt;
  std::optional<int> line = std::nullopt;  ///< One-based, for text formats.
};

/// The one exception that parsers throw. The boundary that catches it is the caller who knows whether the input is the
/// user's own (exit code 3) or a part whose loss is an `unknown` (one class file, one state file).
class InputError : public std::exception {
 public:
  /// `expectation` says what was expected and what was found, without the place: "expected the magic 0x4960672D, found
  /// 0x504B0304".
  InputError(InputErrorKind kind, InputPlace place, std::string expectation);

  InputErrorKind kind() const noexcept { return kind_; }
  const InputPlace& place() const noexcept { return place_; }
  const std::string& expectation() const noexcept { return expectation_; }

  /// One line: "path!entry, offset 12: expectation" or "path:7: expectation". Control characters are escaped.
  const char* what() const noexcept override { return text_.c_str(); }

 private:
  InputErrorKind kind_;
  InputPlace place_;
  std::string expectation_;
  std::string text_;
};

/// `text` with control characters and bytes that are not UTF-8 written as \xNN, fit for a terminal and for one line.
std::string printable(const std::string& text);

}  // namespace preflight
