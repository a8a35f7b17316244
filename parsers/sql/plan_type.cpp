#include "sql/plan_type.h"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "sql/plan_json.h"

namespace preflight {
namespace {

using namespace std::string_view_literals;

/// What summary strings abbreviate (VarCharType#asSummaryString), and the marks that types are compared without.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kNormalForms = {
    {{"VARCHAR(2147483647)"sv, "STRING"sv},
     {"VARBINARY(2147483647)"sv, "BYTES"sv},
     {"TIMESTAMP(3) WITH LOCAL TIME ZONE"sv, "TIMESTAMP_LTZ(3)"sv},
     {"TIMESTAMP(6) WITH LOCAL TIME ZONE"sv, "TIMESTAMP_LTZ(6)"sv},
     {" *ROWTIME*"sv, ""sv},
     {" *PROCTIME*"sv, ""sv}}};

/// One past the end of the quoted identifier or literal that begins at `at`; a doubled quote is part of it.
std::size_t after_quoted(std::string_view text, std::size_t at) {
  const char quote = text[at++];
  while (at < text.size()) {
    if (text[at] != quote)
      ++at;
    else if (at + 1 < text.size() && text[at + 1] == quote)
      at += 2;
    else
      return at + 1;
  }
  return text.size();
}

bool is_quote(char c) {
  return c == '`' || c == '\'';
}

/// The parts of `text` between commas that no bracket and no quote encloses.
std::vector<std::string_view> split_at_commas(std::string_view text) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  int depth = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (is_quote(text[at])) {
      at = after_quoted(text, at);
      continue;
    }
    depth += text[at] == '<' || text[at] == '(' ? 1 : 0;
    depth -= text[at] == '>' || text[at] == ')' ? 1 : 0;
    if (text[at] == ',' && depth == 0) {
      parts.push_back(text.substr(begin, at - begin));
      begin = at + 1;
    }
    ++at;
  }
  parts.push_back(text.substr(begin));
  return parts;
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' '))
    text.remove_prefix(1);
  while (text.ends_with(' '))
    text.remove_suffix(1);
  return text;
}

/// "`a` BIGINT NOT NULL 'comment'": the name and the type.
std::optional<PlanColumn> column_of(std::string_view text) {
  text = trimmed(text);
  if (!text.starts_with('`'))
    return std::nullopt;
  const std::size_t end = after_quoted(text, 0);
  std::string_view type = trimmed(text.substr(end));
  const std::size_t comment = type.find(" '");
  if (comment != std::string_view::npos && type.find("RAW(") == std::string_view::npos)
    type = type.substr(0, comment);
  if (type.empty() || end < 3)
    return std::nullopt;
  return PlanColumn{std::string(text.substr(1, end - 2)), normal_type_text(type), ""};
}

std::optional<std::vector<PlanColumn>> columns_of_text(std::string_view text) {
  if (text.ends_with(" NOT NULL"))
    text.remove_suffix(std::string_view(" NOT NULL").size());
  if (!text.starts_with("ROW<") || !text.ends_with('>'))
    return std::nullopt;
  text = text.substr(4, text.size() - 5);
  std::vector<PlanColumn> columns;
  if (trimmed(text).empty())
    return columns;
  for (const std::string_view part : split_at_commas(text)) {
    auto column = column_of(part);
    if (!column)
      return std::nullopt;
    columns.push_back(*std::move(column));
  }
  return columns;
}

std::string time_attribute_of(const PlanJson& type) {
  if (!type.raw().IsObject())
    return "";
  const auto kind = type.optional_member("kind");
  return kind && kind->text() != "REGULAR" ? kind->text() : "";
}

/// The type of a member; empty where there is none.
std::string member_type(const PlanJson& type, const char* key) {
  const auto member = type.optional_member(key);
  return member ? plan_type_text(*member) : "";
}

std::string fields_text(const PlanJson& type) {
  const auto columns = plan_row_columns(type);
  if (!columns)
    return "";
  std::string text;
  for (const PlanColumn& column : *columns)
    text += fmt::format("{}`{}` {}", text.empty() ? "" : ", ", column.name, column.type);
  return fmt::format("ROW<{}>", text);
}

/// The text of a type that a plan writes as an object, without its nullability.
std::string object_type_text(const PlanJson& type, const std::string& root) {
  const auto precision = type.optional_member("precision");
  if (root == "TIMESTAMP_WITHOUT_TIME_ZONE" && precision)
    return fmt::format("TIMESTAMP({})", precision->number());
  if (root == "TIMESTAMP_WITH_LOCAL_TIME_ZONE" && precision)
    return fmt::format("TIMESTAMP_LTZ({})", precision->number());
  if (root == "TIMESTAMP_WITH_TIME_ZONE" && precision)
    return fmt::format("TIMESTAMP({}) WITH TIME ZONE", precision->number());
  if (root == "ROW")
    return fields_text(type);
  if (root == "ARRAY" || root == "MULTISET") {
    const std::string element = member_type(type, "elementType");
    return element.empty() ? "" : fmt::format("{}<{}>", root, element);
  }
  if (root == "MAP") {
    const std::string key = member_type(type, "keyType");
    const std::string value = member_type(type, "valueType");
    return key.empty() || value.empty() ? "" : fmt::format("MAP<{}, {}>", key, value);
  }
  return "";
}

}  // namespace

std::string normal_type_text(std::string_view type) {
  std::string text;
  for (std::size_t at = 0; at < type.size();) {
    if (is_quote(type[at])) {
      const std::size_t end = after_quoted(type, at);
      text += type.substr(at, end - at);
      at = end;
      continue;
    }
    bool replaced = false;
    for (const auto& [long_form, short_form] : kNormalForms)
      if (!replaced && type.substr(at).starts_with(long_form)) {
        text += short_form;
        at += long_form.size();
        replaced = true;
      }
    if (!replaced)
      text += type[at++];
  }
  return text;
}

std::string plan_type_text(const PlanJson& type) {
  if (type.raw().IsString())
    return normal_type_text(type.text());
  const auto nullable = type.require_object().optional_member("nullable");
  const std::string text = object_type_text(type, type.member("type").text());
  const bool not_null = nullable && nullable->raw().IsFalse();
  return text.empty() || !not_null ? text : text + " NOT NULL";
}

std::optional<std::vector<PlanColumn>> plan_row_columns(const PlanJson& type) {
  if (type.raw().IsString())
    return columns_of_text(type.text());
  if (type.require_object().member("type").text() != "ROW")
    return std::nullopt;
  std::vector<PlanColumn> columns;
  for (const PlanJson& field : type.member("fields").elements()) {
    const PlanJson field_type = field.member("fieldType");
    columns.push_back({field.member("name").text(), plan_type_text(field_type), time_attribute_of(field_type)});
    if (columns.back().type.empty())
      return std::nullopt;
  }
  return columns;
}

}  // namespace preflight
