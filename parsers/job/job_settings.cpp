#include "job/job_settings.h"

namespace preflight {
namespace {

const std::string* plain_text(const Value& value) {
  const auto* text = value.as<TextValue>();
  return text == nullptr ? nullptr : &text->text;
}

std::optional<std::int32_t> plain_number(const Value& value) {
  const auto* number = value.as<IntegerValue>();
  return number == nullptr ? std::nullopt : std::optional(static_cast<std::int32_t>(number->value));
}

template <class T, class Read>
JobValue<T> setting(const Value* value, const CodePlace& place, Read read) {
  using Knowledge = typename JobValue<T>::Knowledge;
  JobValue<T> result{.knowledge = Knowledge::unknown, .values = {}, .pattern = {}, .reason = {}, .place = place};
  for (const Value* one : alternatives(value)) {
    const auto plain = read(*one);
    if (!plain) {
      const auto* lost = one->template as<UnknownValue>();
      result.values.clear();
      result.pattern = lost == nullptr ? std::string() : lost->pattern;
      result.reason = why_unknown(one);
      return result;
    }
    result.values.push_back(*plain);
  }
  if (result.values.empty())
    result.reason = why_unknown(value);
  else
    result.knowledge = result.values.size() == 1 ? Knowledge::known : Knowledge::one_of;
  return result;
}

}  // namespace

JobValue<std::string> text_setting(const Value* value, const CodePlace& place) {
  return setting<std::string>(value, place, plain_text);
}

JobValue<std::int32_t> number_setting(const Value* value, const CodePlace& place) {
  return setting<std::int32_t>(value, place, plain_number);
}

std::optional<bool> flag_setting(const Value* value) {
  const auto* number = value == nullptr ? nullptr : value->as<IntegerValue>();
  return number == nullptr ? std::nullopt : std::optional(number->value != 0);
}

std::string why_unknown(const Value* value) {
  if (value == nullptr)
    return "no value is known";
  if (const auto* unknown = value->as<UnknownValue>())
    return to_text(*unknown);
  return "it is " + to_text(*value);
}

}  // namespace preflight
