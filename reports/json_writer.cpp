#include "json_writer.h"

#include <ostream>

#include "unicode_text.h"

namespace preflight {
namespace {

rapidjson::SizeType size_of(const std::string& text) {
  return static_cast<rapidjson::SizeType>(text.size());
}

}  // namespace

void JsonWriter::begin_object(std::string_view name) {
  key(name);
  writer_.StartObject();
}

void JsonWriter::begin_array(std::string_view name) {
  key(name);
  writer_.StartArray();
}

void JsonWriter::key(std::string_view name) {
  const std::string utf8 = valid_utf8(name);
  writer_.Key(utf8.c_str(), size_of(utf8));
}

void JsonWriter::value(std::string_view text) {
  const std::string utf8 = valid_utf8(text);
  writer_.String(utf8.c_str(), size_of(utf8));
}

void JsonWriter::field(std::string_view name, const std::string& text) {
  key(name);
  value(text);
}

void JsonWriter::field(std::string_view name, const char* text) {
  field(name, std::string(text));
}

void JsonWriter::field(std::string_view name, const std::optional<std::string>& text) {
  if (text)
    field(name, *text);
  else
    null_field(name);
}

void JsonWriter::field(std::string_view name, const std::vector<std::string>& texts) {
  begin_array(name);
  for (const std::string& text : texts)
    value(text);
  end_array();
}

void JsonWriter::field(std::string_view name, bool flag) {
  key(name);
  writer_.Bool(flag);
}

void JsonWriter::field(std::string_view name, const std::optional<bool>& flag) {
  if (flag)
    field(name, *flag);
  else
    null_field(name);
}

void JsonWriter::null_field(std::string_view name) {
  key(name);
  writer_.Null();
}

void JsonWriter::field_unless_empty(std::string_view name, const std::string& text) {
  if (!text.empty())
    field(name, text);
}

void JsonWriter::field_or_null(std::string_view name, const std::string& text) {
  if (text.empty())
    null_field(name);
  else
    field(name, text);
}

void JsonWriter::write_to(std::ostream& out) const {
  out.write(buffer_.GetString(), static_cast<std::streamsize>(buffer_.GetSize()));
  out << '\n';
}

std::string json_string(std::string_view text) {
  const std::string utf8 = valid_utf8(text);
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  writer.String(utf8.c_str(), static_cast<rapidjson::SizeType>(utf8.size()));
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace preflight
