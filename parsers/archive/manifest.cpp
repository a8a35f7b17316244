#include "archive/manifest.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

namespace preflight {
namespace {

std::string lower_case(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

/// Takes the next line off `text`, without its CR, LF or CRLF.
std::string_view next_line(std::string_view& text) {
  const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end);
  text.remove_prefix(text.starts_with("\r\n") ? 2 : text.empty() ? 0 : 1);
  return line;
}

/// Attribute names are letters, digits, '-' and '_' (JAR file specification, "Notes on Manifest and Signature Files").
bool is_attribute_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

}  // namespace

std::optional<std::string> Manifest::entry_class() const {
  if (auto name = attribute("program-class"))
    return name;
  return attribute("Main-Class");
}

bool Manifest::multi_release() const {
  const auto value = attribute("Multi-Release");
  return value && lower_case(*value) == "true";
}

std::optional<std::string> Manifest::attribute(const std::string& name) const {
  const auto found = main_attributes.find(lower_case(name));
  return found == main_attributes.end() ? std::nullopt : std::optional(found->second);
}

Manifest parse_manifest(std::span<const std::byte> bytes, const InputPlace& place) {
  std::string text(bytes.size(), '\0');
  std::transform(bytes.begin(), bytes.end(), text.begin(), [](std::byte b) { return std::to_integer<char>(b); });
  std::string_view left = text;
  Manifest manifest;
  std::string* value = nullptr;
  for (int line_number = 1; !left.empty(); ++line_number) {
    const std::string_view line = next_line(left);
    const auto fail = [&](const char* expected) {
      InputPlace at = place;
      at.line = line_number;
      throw InputError(InputErrorKind::corrupt, std::move(at),
                       fmt::format("expected {}, found \"{}\"", expected, line));
    };
    if (line.empty())
      break;
    if (line.front() == ' ') {
      if (value == nullptr)
        fail("an attribute before its continuation line");
      value->append(line.substr(1));
      continue;
    }
    const std::size_t colon = line.find(": ");
    if (colon == std::string_view::npos || !is_attribute_name(line.substr(0, colon)))
      fail("an attribute (\"Name: value\")");
    value = &manifest.main_attributes[lower_case(std::string(line.substr(0, colon)))];
    *value = line.substr(colon + 2);
  }
  return manifest;
}

}  // namespace preflight
