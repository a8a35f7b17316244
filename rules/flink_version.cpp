#include "flink_version.h"

#include <fmt/format.h>

#include "version_number.h"

namespace preflight {
namespace {

bool starts_with_any(std::string_view& text, std::initializer_list<std::string_view> prefixes) {
  for (const std::string_view prefix : prefixes)
    if (text.starts_with(prefix)) {
      text.remove_prefix(prefix.size());
      return true;
    }
  return false;
}

bool take_separator(std::string_view& text) {
  if (text.empty() || (text[0] != '.' && text[0] != '_'))
    return false;
  text.remove_prefix(1);
  return true;
}

}  // namespace

std::optional<FlinkVersion> FlinkVersion::parse(std::string_view text) {
  starts_with_any(text, {"FLINK-", "flink-", "v"});
  const auto major = take_version_number(text);
  if (!major || !take_separator(text))
    return std::nullopt;
  const auto minor = take_version_number(text);
  if (!minor)
    return std::nullopt;
  FlinkVersion version{*major, *minor};
  if (!text.empty() && text[0] != '-') {
    if (!take_separator(text))
      return std::nullopt;
    version.patch = take_version_number(text);
    if (!version.patch)
      return std::nullopt;
  }
  if (!text.empty() && (text[0] != '-' || text.size() == 1))
    return std::nullopt;
  return version;
}

std::string FlinkVersion::minor_text() const {
  return fmt::format("{}.{}", major, minor);
}

std::string FlinkVersion::text() const {
  return patch ? fmt::format("{}.{}.{}", major, minor, *patch) : minor_text();
}

std::string SourceRelease::text() const {
  return exact() ? lowest.text() : fmt::format("{} to {}", lowest.minor_text(), highest.minor_text());
}

}  // namespace preflight
