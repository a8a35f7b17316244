#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "job/java_library.h"

namespace preflight {
namespace {

/// One of the texts that parts together can make.
struct Joined {
  std::string text;
  const UnknownValue* unknown = nullptr;  ///< Of the first part that is not known: then `text` is a pattern.
};

/// A UTF-16 unit that is a character by itself as UTF-8; nothing for a surrogate.
std::optional<std::string> utf8_of(std::int64_t unit) {
  const auto c = static_cast<std::uint32_t>(unit & 0xFFFF);
  if (c < 0x80)
    return std::string(1, static_cast<char>(c));
  if (c < 0x800)
    return std::string{static_cast<char>(0xC0U | (c >> 6U)), static_cast<char>(0x80U | (c & 0x3FU))};
  if (c >= 0xD800 && c < 0xE000)
    return std::nullopt;
  return std::string{static_cast<char>(0xE0U | (c >> 12U)), static_cast<char>(0x80U | ((c >> 6U) & 0x3FU)),
                     static_cast<char>(0x80U | (c & 0x3FU))};
}

/// Double.toString of the numbers that code has as constants: 1.0, 0.25. Nothing for those that it writes with an
/// exponent.
std::optional<std::string> decimal(double value, bool is_float) {
  const double size = std::fabs(value);
  if (size != 0 && (size < 1e-3 || size >= 1e7 || !std::isfinite(value)))
    return std::nullopt;
  std::string text = is_float ? fmt::format("{}", static_cast<float>(value)) : fmt::format("{}", value);
  return text.find('.') == std::string::npos ? text + ".0" : text;
}

/// What toString() makes of an own object, by its own code.
const Value* printed(Machine& machine, const Value* part) {
  const auto* object = part->as<ObjectValue>();
  if (object == nullptr || !machine.pool.is_own(object->class_name))
    return part;
  const FoundMethod method = machine.pool.find_method(object->class_name, "toString", "()Ljava/lang/String;");
  if (!method || method.is_abstract())
    return part;
  const auto text = run_method(machine, method, part, {});
  return text ? *text : machine.unknown(UnknownReason::missing_code);
}

Joined joined_with(Machine& machine, const Joined& before, const Value* part) {
  Joined longer = before;
  if (const auto text = known_text(machine, *part)) {
    longer.text += *text;
    return longer;
  }
  const auto* unknown = part->as<UnknownValue>();
  if (unknown == nullptr)
    unknown = unknown_from(machine, part, {})->as<UnknownValue>();
  longer.text += unknown == nullptr || unknown->pattern.empty() ? "{}" : unknown->pattern;
  if (longer.unknown == nullptr)
    longer.unknown = unknown;
  return longer;
}

const Value* value_of(Machine& machine, Joined joined) {
  if (joined.text.size() > machine.limits.text_bytes)
    return machine.unknown(UnknownReason::budget, "Ljava/lang/String;");
  if (joined.unknown == nullptr)
    return machine.values.text(std::move(joined.text));
  UnknownValue unknown = *joined.unknown;
  unknown.type = "Ljava/lang/String;";
  unknown.pattern = joined.text == "{}" ? std::string{} : std::move(joined.text);
  return machine.values.make(std::move(unknown));
}

}  // namespace

std::optional<std::string> known_text(Machine& machine, const Value& value) {
  if (const auto* text = value.as<TextValue>())
    return text->text;
  if (value.is<NullValue>())
    return "null";
  if (const auto* floating = value.as<FloatingValue>())
    return decimal(floating->value, floating->type == 'F');
  if (const auto* integer = value.as<IntegerValue>()) {
    if (integer->type == 'Z')
      return integer->value != 0 ? "true" : "false";
    return integer->type == 'C' ? utf8_of(integer->value) : std::to_string(integer->value);
  }
  const std::string constant = enum_constant_name(machine, value);
  return constant.empty() ? std::nullopt : std::optional(constant);
}

const Value* join_texts(Machine& machine, const std::vector<const Value*>& parts) {
  std::vector<Joined> texts = {{}};
  for (const Value* whole : parts) {
    std::vector<const Value*> printed_parts;
    for (const Value* one : alternatives(whole))
      for (const Value* part : alternatives(printed(machine, one)))
        printed_parts.push_back(part);
    if (texts.size() * printed_parts.size() > kLargestChoice)
      printed_parts = {machine.unknown(UnknownReason::branches)};
    std::vector<Joined> longer;
    for (const Joined& text : texts)
      for (const Value* part : printed_parts)
        longer.push_back(joined_with(machine, text, part));
    texts = std::move(longer);
    // Longer than any text that is kept: the rest would only cost memory.
    if (texts.front().text.size() > machine.limits.text_bytes)
      break;
  }
  std::vector<const Value*> results;
  for (Joined& text : texts)
    results.push_back(value_of(machine, std::move(text)));
  return machine.values.one_of(results);
}

}  // namespace preflight
