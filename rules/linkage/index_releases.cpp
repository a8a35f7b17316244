#include "linkage/index_releases.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace preflight {
namespace {

constexpr const char* kFlinkLine = "flink";
constexpr const char* kJavaLine = "java";

int number_of(std::string_view text) {
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace

std::optional<std::uint16_t> flink_ordinal(const ApiIndex& api, const FlinkVersion& target) {
  const auto line = api.line(kFlinkLine);
  if (!line)
    return std::nullopt;
  std::optional<std::uint16_t> newest;
  for (std::uint16_t ordinal = line->first; ordinal <= line->last; ++ordinal) {
    const auto version = FlinkVersion::parse(api.releases()[ordinal].version);
    if (!version || *version != target)
      continue;
    newest = ordinal;
    if (target.patch && version->patch == target.patch)
      return ordinal;
  }
  return newest;
}

std::optional<std::uint16_t> java_ordinal(const ApiIndex& api, int java) {
  const auto line = api.line(kJavaLine);
  if (!line)
    return std::nullopt;
  std::uint16_t chosen = line->first;
  for (std::uint16_t ordinal = line->first; ordinal <= line->last; ++ordinal)
    if (number_of(api.releases()[ordinal].version) <= java)
      chosen = ordinal;
  return chosen;
}

std::optional<ApiSpan> releases_of(const ApiIndex& api, const std::optional<SourceRelease>& from) {
  const ApiSpan line = api.line(kFlinkLine).value();
  std::optional<ApiSpan> span;
  for (std::uint16_t ordinal = line.first; ordinal <= line.last; ++ordinal) {
    const auto version = FlinkVersion::parse(api.releases()[ordinal].version);
    if (!version || (from && (*version < from->lowest || *version > from->highest)))
      continue;
    span = ApiSpan{span ? span->first : ordinal, ordinal};
  }
  return span;
}

std::optional<FormApart> form_released_apart(const ApiIndex& api, const ApiClass& of, const FlinkVersion& flink) {
  const std::string suffix = "-" + flink.minor_text();
  for (auto form = of.forms.rbegin(); form != of.forms.rend(); ++form)
    for (int ordinal = form->span.last; ordinal >= form->span.first; --ordinal) {
      const ApiRelease& release = api.releases()[static_cast<std::size_t>(ordinal)];
      if (release.line != kFlinkLine && release.version.ends_with(suffix))
        return FormApart{&*form, static_cast<std::uint16_t>(ordinal)};
    }
  return std::nullopt;
}

std::string release_text(const ApiIndex& api, std::uint16_t ordinal) {
  const ApiRelease& release = api.releases()[ordinal];
  return release.line == kFlinkLine ? release.version : fmt::format("{} {}", release.line, release.version);
}

bool is_of_the_jdk(std::string_view binary_name) {
  constexpr std::array<std::string_view, 5> kPrefixes = {"java.", "javax.", "jdk.", "sun.", "com.sun."};
  return std::ranges::any_of(kPrefixes, [&](std::string_view prefix) { return binary_name.starts_with(prefix); });
}

bool on_class_path(const CompatibilityTable& table, std::string_view module, const FlinkVersion& flink) {
  const DistributedModule* row = table.find_distribution(module, flink);
  return row != nullptr && row->place == DistributedModule::Place::class_path;
}

}  // namespace preflight
