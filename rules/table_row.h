#pragma once

// Private to the readers of the table.

#include <fmt/format.h>
#include <rapidjson/document.h>

#include <optional>
#include <string>
#include <vector>

#include "compatibility_table.h"
#include "flink_version.h"
#include "input/input_error.h"

namespace preflight {

/// The JSON of a document. Throws InputError naming the line where it is not well formed.
rapidjson::Document parse_table_document(const TableDocument& document);

/// A JSON object of the table with its place, so that a wrong key is an error that names document, row and key.
class TableRow {
 public:
  TableRow(const TableDocument& document, std::string where, const rapidjson::Value& json)
      : document_(document), where_(std::move(where)), json_(json) {
    if (!json.IsObject())
      fail("an object");
  }

  std::string text(const char* key) const {
    const rapidjson::Value* value = find(key);
    if (value == nullptr || !value->IsString())
      fail(fmt::format("a string at \"{}\"", key));
    return {value->GetString(), value->GetStringLength()};
  }

  /// Empty for null and for a key that is not there.
  std::string optional_text(const char* key) const {
    const rapidjson::Value* value = find(key);
    return value == nullptr || value->IsNull() ? std::string() : text(key);
  }

  int number(const char* key) const {
    const rapidjson::Value* value = find(key);
    if (value == nullptr || !value->IsInt())
      fail(fmt::format("a whole number at \"{}\"", key));
    return value->GetInt();
  }

  bool boolean(const char* key) const {
    const rapidjson::Value* value = find(key);
    if (value == nullptr || !value->IsBool())
      fail(fmt::format("true or false at \"{}\"", key));
    return value->GetBool();
  }

  /// `otherwise` for null and for a key that is not there.
  int optional_number(const char* key, int otherwise) const { return has(key) ? number(key) : otherwise; }
  bool optional_boolean(const char* key, bool otherwise) const { return has(key) ? boolean(key) : otherwise; }
  std::vector<std::string> optional_texts(const char* key) const {
    return has(key) ? texts(key) : std::vector<std::string>();
  }
  std::optional<FlinkVersion> optional_version(const char* key) const {
    return has(key) ? std::optional(version(key)) : std::nullopt;
  }

  FlinkVersion version(const char* key) const { return version_of(text(key), key); }

  Severity severity(const char* key) const {
    const auto severity = severity_of(text(key));
    if (!severity)
      fail(fmt::format("info, low, medium, high or blocker at \"{}\"", key));
    return *severity;
  }

  std::vector<std::string> texts(const char* key) const {
    std::vector<std::string> result;
    for (const rapidjson::Value& item : array(key)) {
      if (!item.IsString())
        fail(fmt::format("strings in \"{}\"", key));
      result.emplace_back(item.GetString(), item.GetStringLength());
    }
    return result;
  }

  std::vector<FlinkVersion> versions(const char* key) const {
    std::vector<FlinkVersion> result;
    for (const std::string& text : texts(key))
      result.push_back(version_of(text, key));
    return result;
  }

  TableRow object(const char* key) const {
    const rapidjson::Value* value = find(key);
    if (value == nullptr)
      fail(fmt::format("an object at \"{}\"", key));
    return {document_, fmt::format("{}.{}", where_, key), *value};
  }

  /// nullopt for null and for a key that is not there.
  std::optional<TableRow> optional_object(const char* key) const {
    const rapidjson::Value* value = find(key);
    if (value == nullptr || value->IsNull())
      return std::nullopt;
    return object(key);
  }

  std::vector<TableRow> rows(const char* key) const {
    std::vector<TableRow> result;
    for (const rapidjson::Value& item : array(key))
      result.emplace_back(document_, fmt::format("{} {}", where_.empty() ? "row" : where_, result.size() + 1), item);
    return result;
  }

  [[noreturn]] void fail(const std::string& expected) const {
    throw InputError(InputErrorKind::corrupt, {document_.path},
                     fmt::format("expected {}{}{}", expected, where_.empty() ? "" : " in ", where_));
  }

 private:
  const rapidjson::Value* find(const char* key) const {
    const auto member = json_.FindMember(key);
    return member == json_.MemberEnd() ? nullptr : &member->value;
  }

  bool has(const char* key) const {
    const rapidjson::Value* value = find(key);
    return value != nullptr && !value->IsNull();
  }

  rapidjson::Value::ConstArray array(const char* key) const {
    const rapidjson::Value* value = find(key);
    if (value == nullptr || !value->IsArray())
      fail(fmt::format("an array at \"{}\"", key));
    return value->GetArray();
  }

  FlinkVersion version_of(const std::string& text, const char* key) const {
    const auto version = FlinkVersion::parse(text);
    if (!version)
      fail(fmt::format("a Flink release such as \"1.20\" at \"{}\"", key));
    return *version;
  }

  const TableDocument& document_;
  std::string where_;
  const rapidjson::Value& json_;
};

}  // namespace preflight
