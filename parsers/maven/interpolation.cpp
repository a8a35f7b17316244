#include "maven/interpolation.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "input/input_error.h"

namespace preflight {
namespace {

constexpr std::uint64_t kMostExpandedBytes = std::uint64_t{64} << 20U;
constexpr std::size_t kDeepest = 200;
constexpr std::string_view kOpen = "${";

/// Names that Maven fills from the JVM and the environment it runs in.
bool is_of_the_machine(std::string_view name) {
  constexpr std::array<std::string_view, 5> kPrefixes = {"java.", "os.", "user.", "env.", "maven."};
  return std::any_of(kPrefixes.begin(), kPrefixes.end(),
                     [&](std::string_view prefix) { return name.starts_with(prefix); });
}

bool contains_reference(const std::string& text, const std::string& name) {
  return text.find(fmt::format("${{{}}}", name)) != std::string::npos;
}

/// The name in a text that is one ${name} and nothing else; empty otherwise.
std::string bare_reference(const std::string& text) {
  if (!text.starts_with(kOpen) || text.find('}') != text.size() - 1)
    return "";
  return text.substr(kOpen.size(), text.size() - kOpen.size() - 1);
}

}  // namespace

const PomValue* Interpolator::find(const std::string& name) const {
  const auto usable = [&](const std::map<std::string, PomValue>& values, const std::string& key) -> const PomValue* {
    const auto found = values.find(key);
    return found == values.end() || contains_reference(found->second.text, name) ? nullptr : &found->second;
  };
  const auto given = [&](const GivenValues* values) { return values ? usable(*values, name) : nullptr; };
  for (const std::string_view prefix : {"project.", "pom."}) {
    if (!name.starts_with(prefix))
      continue;
    if (const PomValue* value = usable(sources_.project, name.substr(prefix.size())))
      return value;
  }
  if (const PomValue* value = given(sources_.user))
    return value;
  const auto property = sources_.properties.find(name);
  if (property != sources_.properties.end() && !contains_reference(property->second->text, name))
    return property->second;
  if (const PomValue* value = given(sources_.machine))
    return value;
  return usable(sources_.project, name);
}

std::string Interpolator::reason_undefined(const std::string& name) const {
  if (is_of_the_machine(name))
    return fmt::format("property '{}' is set by the machine that builds", name);
  if (sources_.properties.contains(name))
    return fmt::format("property '{}' refers to itself", name);
  return fmt::format("property '{}' is not defined in {}{}", name, sources_.looked_in, sources_.undefined_note);
}

Interpolator::Result Interpolator::resolve(const std::string& name, const PomPlace& user) {
  used_.insert(name);
  if (const auto known = resolved_.find(name); known != resolved_.end())
    return known->second;

  const std::string as_written = fmt::format("${{{}}}", name);
  if (const auto start = std::find(in_progress_.begin(), in_progress_.end(), name); start != in_progress_.end())
    return {as_written, fmt::format("property '{}' refers to itself: {} -> {}", name,
                                    fmt::join(start, in_progress_.end(), " -> "), name)};
  if (in_progress_.size() == kDeepest)
    throw InputError(
        InputErrorKind::over_limit, {.path = user.path.string(), .line = user.line},
        fmt::format("expected properties that refer to each other at most {} deep, found deeper", kDeepest));

  const PomValue* value = find(name);
  if (!value)
    return resolved_[name] = {as_written, reason_undefined(name)};
  in_progress_.push_back(name);
  Result result = interpolate(*value);
  in_progress_.pop_back();
  return resolved_[name] = std::move(result);
}

Interpolator::Result Interpolator::interpolate(const PomValue& value) {
  const std::string_view text = value.text;
  Result result;
  std::size_t position = 0;
  while (position < text.size()) {
    const auto open = text.find(kOpen, position);
    const auto close = open == std::string_view::npos ? open : text.find('}', open);
    if (close == std::string_view::npos) {
      result.text += text.substr(position);
      break;
    }
    result.text += text.substr(position, open - position);
    const Result part =
        resolve(std::string(text.substr(open + kOpen.size(), close - open - kOpen.size())), value.place);
    result.text += part.text;
    if (result.unknown.empty())
      result.unknown = part.unknown;
    position = close + 1;

    *sources_.expanded += part.text.size();
    if (*sources_.expanded > kMostExpandedBytes)
      throw InputError(
          InputErrorKind::over_limit, {.path = value.place.path.string(), .line = value.place.line},
          fmt::format("expected properties that expand to at most {} bytes, found more", kMostExpandedBytes));
  }
  return result;
}

Interpolator::Origin Interpolator::origin(const PomValue& value) const {
  Origin origin{value.place, "", value.text};
  std::string text = value.text;
  for (std::size_t depth = 0; depth < kDeepest; ++depth) {
    const std::string name = bare_reference(text);
    if (name.empty())
      return origin;
    const PomValue* target = find(name);
    if (!target)
      return {{}, name, ""};
    origin = {target->place, name, target->text};
    text = target->text;
  }
  return {{}, origin.property, ""};
}

}  // namespace preflight
