#pragma once

#include <optional>
#include <string_view>

namespace preflight {

/// A release of Python, "3.11": what a runtime has and PyFlink is built for.
struct PythonVersion {
  int major = 0;
  int minor = 0;

  /// "3.11", "3.11.4"; nullopt for anything else.
  static std::optional<PythonVersion> parse(std::string_view text);
  auto operator<=>(const PythonVersion&) const = default;
};

/// Whether a release is among those that a specifier of PEP 440 (">=3.8,<3.12"), or of Poetry ("^3.8"), lets in: some
/// patch of it. nullopt where the specifier is not understood.
std::optional<bool> admits(std::string_view specifier, const PythonVersion& release);

}  // namespace preflight
