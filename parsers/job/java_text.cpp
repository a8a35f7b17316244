#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "classfile/names.h"
#include "job/java_library.h"

namespace preflight {
namespace {

constexpr std::string_view kString = "java.lang.String";

/// Methods that count in char, or change case, are followed for these alone: one byte is one char then.
bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// What String.trim takes away.
std::string trimmed(std::string_view text) {
  const auto is_space = [](char c) { return static_cast<unsigned char>(c) <= ' '; };
  while (!text.empty() && is_space(text.front()))
    text.remove_prefix(1);
  while (!text.empty() && is_space(text.back()))
    text.remove_suffix(1);
  return std::string(text);
}

std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
  std::string result;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t found = from.empty() ? std::string_view::npos : text.find(from, at);
    result += text.substr(at, found == std::string_view::npos ? found : found - at);
    if (found == std::string_view::npos)
      break;
    result += to;
    at = found + from.size();
  }
  return result;
}

/// java.lang.String.hashCode, by which a switch on texts is compiled.
std::int32_t hash_of(std::string_view text) {
  std::uint32_t hash = 0;
  for (const char c : text)
    hash = hash * 31 + static_cast<unsigned char>(c);
  return static_cast<std::int32_t>(hash);
}

std::string with_case(std::string text, bool upper) {
  for (char& c : text)
    if (upper ? c >= 'a' && c <= 'z' : c >= 'A' && c <= 'Z')
      c = static_cast<char>(c ^ 0x20);
  return text;
}

/// The texts and numbers that a method of String is given, the receiver first.
struct TextArguments {
  std::vector<std::string> texts;
  std::vector<std::int64_t> numbers;

  bool are(std::size_t text_count, std::size_t number_count) const {
    return texts.size() == text_count && numbers.size() == number_count;
  }
};

std::optional<std::string> text_result(std::string_view name, const TextArguments& given) {
  const std::string& text = given.texts[0];
  if (given.are(1, 0)) {
    if (name == "toString" || name == "intern")
      return text;
    if (name == "trim" || name == "strip")
      return trimmed(text);
    if ((name == "toLowerCase" || name == "toUpperCase") && is_ascii(text))
      return with_case(text, name == "toUpperCase");
  }
  if (given.are(2, 0) && name == "concat")
    return text + given.texts[1];
  if (given.are(3, 0) && name == "replace" && !given.texts[1].empty())
    return replaced(text, given.texts[1], given.texts[2]);
  if (!is_ascii(text) || given.texts.size() != 1)
    return std::nullopt;
  const auto size = static_cast<std::int64_t>(text.size());
  const auto within = [&](std::int64_t at) { return at >= 0 && at <= size; };
  if (name == "substring" && given.numbers.size() == 1 && within(given.numbers[0]))
    return text.substr(static_cast<std::size_t>(given.numbers[0]));
  if ((name == "substring" || name == "subSequence") && given.numbers.size() == 2 && within(given.numbers[0]) &&
      within(given.numbers[1]) && given.numbers[0] <= given.numbers[1])
    return text.substr(static_cast<std::size_t>(given.numbers[0]),
                       static_cast<std::size_t>(given.numbers[1] - given.numbers[0]));
  constexpr std::int64_t kMostRepeats = 1'000;
  if (name == "repeat" && given.numbers.size() == 1 && given.numbers[0] >= 0 && given.numbers[0] <= kMostRepeats &&
      size <= kMostRepeats) {
    std::string repeated;
    for (std::int64_t i = 0; i < given.numbers[0]; ++i)
      repeated += text;
    return repeated;
  }
  return std::nullopt;
}

std::optional<std::int64_t> number_result(std::string_view name, const TextArguments& given) {
  const std::string& text = given.texts[0];
  const auto position = [](std::size_t at) {
    return at == std::string::npos ? std::int64_t{-1} : static_cast<std::int64_t>(at);
  };
  if (given.are(1, 0)) {
    if (name == "isEmpty")
      return text.empty();
    if (name == "isBlank")
      return trimmed(text).empty();
    if (name == "length" && is_ascii(text))
      return static_cast<std::int64_t>(text.size());
    if (name == "hashCode" && is_ascii(text))
      return hash_of(text);
  }
  if (given.are(1, 1) && name == "charAt" && is_ascii(text) && given.numbers[0] >= 0 &&
      static_cast<std::size_t>(given.numbers[0]) < text.size())
    return text[static_cast<std::size_t>(given.numbers[0])];
  if (!given.are(2, 0))
    return std::nullopt;
  const std::string& other = given.texts[1];
  if (name == "equals" || name == "contentEquals")
    return text == other;
  if (name == "equalsIgnoreCase" && is_ascii(text) && is_ascii(other))
    return with_case(text, true) == with_case(other, true);
  if (name == "startsWith")
    return text.starts_with(other);
  if (name == "endsWith")
    return text.ends_with(other);
  if (name == "contains")
    return text.find(other) != std::string::npos;
  if (name == "indexOf" && is_ascii(text))
    return position(text.find(other));
  if (name == "lastIndexOf" && is_ascii(text))
    return position(text.rfind(other));
  return std::nullopt;
}

/// String.split by a text without any sign of a regular expression.
std::optional<const Value*> split(Machine& machine, const std::string& text, const std::string& by) {
  if (by.empty() || by.find_first_of(".$|()[{^?*+\\") != std::string::npos)
    return std::nullopt;
  std::vector<std::string> parts;
  std::size_t at = 0;
  for (std::size_t end = text.find(by); end != std::string::npos; end = text.find(by, at)) {
    parts.push_back(text.substr(at, end - at));
    at = end + by.size();
  }
  parts.push_back(text.substr(at));
  while (parts.size() > 1 && parts.back().empty())
    parts.pop_back();
  std::vector<const Value*> elements;
  for (std::string& part : parts)
    elements.push_back(machine.values.text(std::move(part)));
  return machine.new_array("Ljava/lang/String;", std::move(elements));
}

std::optional<const Value*> known_text_call(Machine& machine, const LibraryCall& call,
                                            const std::vector<const Value*>& values) {
  TextArguments given;
  for (const Value* value : values) {
    const auto* integer = value->as<IntegerValue>();
    if (const auto* text = value->as<TextValue>())
      given.texts.push_back(text->text);
    else if (integer != nullptr && integer->type == 'C')
      given.texts.push_back(known_text(machine, *value).value_or(std::string{}));
    else if (integer != nullptr)
      given.numbers.push_back(integer->value);
    else if (value->is<NullValue>() && call.name.starts_with("equals"))
      return machine.values.integer(0, 'Z');
    else
      return std::nullopt;
  }
  if (given.are(2, 0) && call.name == "split")
    return split(machine, given.texts[0], given.texts[1]);
  const std::string result = method_type(call.descriptor).result;
  if (result.size() == 1) {
    const auto number = number_result(call.name, given);
    return number ? std::optional(machine.values.integer(*number, result.front())) : std::nullopt;
  }
  const auto text = text_result(call.name, given);
  return text ? std::optional(machine.values.text(*text)) : std::nullopt;
}

/// A format of java.util.Formatter, of which %s, %d, %n and %% are followed.
const Value* formatted(Machine& machine, const std::string& format, const std::vector<const Value*>& arguments) {
  std::vector<const Value*> parts;
  std::string literal;
  std::size_t next = 0;
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%') {
      literal += format[i];
      continue;
    }
    const std::size_t conversion = format.find_first_not_of("0123456789.,+-# (", i + 1);
    const char letter = conversion == std::string::npos ? '?' : format[conversion];
    const bool plain = conversion == i + 1;
    if (letter == '%' || letter == 'n') {
      literal += letter == 'n' ? '\n' : '%';
    } else {
      parts.push_back(machine.values.text(std::exchange(literal, {})));
      const Value* argument =
          next < arguments.size() ? arguments[next] : machine.unknown(UnknownReason::library_internal);
      ++next;
      const bool followed = plain && (letter == 's' || letter == 'd');
      parts.push_back(followed ? argument
                               : machine.unknown(UnknownReason::library_internal, {}, "java.lang.String.format"));
    }
    if (conversion == std::string::npos)
      break;
    i = conversion;
  }
  parts.push_back(machine.values.text(literal));
  return join_texts(machine, parts);
}

std::optional<const Value*> call_format(Machine& machine, const LibraryCall& call) {
  std::vector<const Value*> arguments = call.arguments;
  if (call.receiver != nullptr)  // formatted(args)
    arguments.insert(arguments.begin(), call.receiver);
  if (arguments.size() == 3)  // format(Locale, format, args)
    arguments.erase(arguments.begin());
  if (arguments.size() != 2)
    return std::nullopt;
  const SequenceValue* given = known_elements(machine, arguments[1]);
  const auto* format = arguments[0]->as<TextValue>();
  if (given == nullptr || format == nullptr)
    return unknown_from(machine, format == nullptr ? arguments[0] : arguments[1], "Ljava/lang/String;");
  return formatted(machine, format->text, given->values);
}

/// String.join(separator, elements...) and String.join(separator, Iterable)
std::optional<const Value*> call_join(Machine& machine, const LibraryCall& call) {
  const SequenceValue* elements = call.arguments.size() == 2 ? known_elements(machine, call.arguments[1]) : nullptr;
  if (elements == nullptr)
    return std::nullopt;
  std::vector<const Value*> parts;
  for (const Value* element : elements->values) {
    if (!parts.empty())
      parts.push_back(call.arguments[0]);
    parts.push_back(element);
  }
  return join_texts(machine, parts);
}

std::optional<const Value*> call_builder(Machine& machine, const LibraryCall& call) {
  const std::uint32_t id = identity(*call.receiver);
  const Value* built = machine.heap.get(id, kBuilt);
  if (built == nullptr)
    return std::nullopt;
  const bool takes_text = call.arguments.size() == 1 && (call.name == "append" || call.name == "<init>");
  if (call.name == "<init>" && (call.arguments.empty() || call.descriptor == "(I)V"))
    return machine.values.null();
  if (takes_text) {
    machine.heap.set(id, kBuilt, join_texts(machine, {built, call.arguments[0]}));
    return call.receiver;
  }
  if (call.name == "toString" && call.arguments.empty())
    return built;
  if (call.name == "length" || call.name == "charAt" || call.name == "indexOf")
    return std::nullopt;
  machine.heap.set(
      id, kBuilt, machine.unknown(UnknownReason::library_internal, "Ljava/lang/String;", call.owner + "." + call.name));
  return std::nullopt;
}

}  // namespace

std::optional<const Value*> call_text(Machine& machine, const LibraryCall& call) {
  if (call.receiver != nullptr && call.receiver->is<ObjectValue>())
    return call_builder(machine, call);
  if (call.name == "format" && call.owner == kString)
    return call_format(machine, call);
  if (call.name == "formatted" && call.owner == kString)
    return call_format(machine, call);
  if (call.receiver == nullptr && call.owner == kString && call.name == "join")
    return call_join(machine, call);
  if (call.receiver == nullptr && call.owner == kString && (call.name == "valueOf" || call.name == "copyValueOf") &&
      call.arguments.size() == 1 && call.descriptor.find('[') == std::string::npos)
    return join_texts(machine, {call.arguments[0]});
  if (call.receiver == nullptr)
    return std::nullopt;
  if (call.name == "concat" && call.owner == kString && call.arguments.size() == 1)
    return join_texts(machine, {call.receiver, call.arguments[0]});
  const std::vector<const Value*> receivers = alternatives(call.receiver);
  if (!std::ranges::all_of(receivers, [](const Value* one) { return one->is<TextValue>(); }))
    return std::nullopt;
  std::vector<const Value*> values = {call.receiver};
  values.insert(values.end(), call.arguments.begin(), call.arguments.end());
  if (const auto known = map_alternatives(
          machine, values, [&](const std::vector<const Value*>& one) { return known_text_call(machine, call, one); }))
    return known;
  for (const Value* argument : call.arguments)
    if (argument->is<UnknownValue>())
      return unknown_from(machine, argument, method_type(call.descriptor).result);
  return unknown_from(machine, call.receiver, method_type(call.descriptor).result);
}

}  // namespace preflight
