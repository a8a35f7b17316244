#include "python_version.h"

#include <algorithm>

#include "version_number.h"

namespace preflight {
namespace {

struct Bound {
  PythonVersion version;
  std::optional<int> patch;
  bool minor_given = true;  ///< Not so of "3".
};

/// "3", "3.8", "3.8.1", and each with ".*" behind.
std::optional<Bound> bound_of(std::string_view text) {
  if (text.ends_with(".*"))
    text.remove_suffix(2);
  Bound bound;
  const auto major = take_version_number(text);
  if (!major)
    return std::nullopt;
  bound.version.major = *major;
  bound.minor_given = text.starts_with('.');
  if (bound.minor_given) {
    text.remove_prefix(1);
    const auto minor = take_version_number(text);
    if (!minor)
      return std::nullopt;
    bound.version.minor = *minor;
  }
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    bound.patch = take_version_number(text);
    if (!bound.patch)
      return std::nullopt;
  }
  return text.empty() ? std::optional(bound) : std::nullopt;
}

bool is_of(const PythonVersion& release, const Bound& bound) {
  return bound.minor_given ? release == bound.version : release.major == bound.version.major;
}

bool admits(std::string_view op, const Bound& bound, const PythonVersion& release) {
  const bool some_patch = is_of(release, bound);
  if (op == ">=")
    return some_patch || release > bound.version;
  if (op == ">")
    return release > bound.version || (some_patch && bound.patch);
  if (op == "<=")
    return some_patch || release < bound.version;
  if (op == "<")
    return release < bound.version || (some_patch && bound.patch.value_or(0) > 0);
  if (op == "!=")
    return !some_patch || bound.patch;
  if (op == "^" || (op == "~=" && !bound.patch))
    return release >= bound.version && release.major == bound.version.major;
  return some_patch;  // ==, ===, ~= with a patch
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = std::min(text.find_first_not_of(' '), text.size());
  text.remove_prefix(first);
  return text.substr(0, text.find_last_not_of(' ') + 1);
}

}  // namespace

std::optional<PythonVersion> PythonVersion::parse(std::string_view text) {
  const auto bound = bound_of(text);
  return bound && bound->minor_given ? std::optional(bound->version) : std::nullopt;
}

std::optional<bool> admits(std::string_view specifier, const PythonVersion& release) {
  bool all = true;
  while (!specifier.empty()) {
    const std::size_t comma = std::min(specifier.find(','), specifier.size());
    std::string_view clause = trimmed(specifier.substr(0, comma));
    specifier.remove_prefix(std::min(comma + 1, specifier.size()));
    constexpr std::string_view kOperators[] = {"===", ">=", "<=", "==", "!=", "~=", ">", "<", "^"};
    const auto* const op = std::ranges::find_if(kOperators, [&](auto one) { return clause.starts_with(one); });
    const bool has_operator = op != std::end(kOperators);
    if (has_operator)
      clause = trimmed(clause.substr(op->size()));
    const auto bound = bound_of(clause);
    if (!bound)
      return std::nullopt;
    all = all && admits(has_operator ? *op : "==", *bound, release);
  }
  return all;
}

}  // namespace preflight
