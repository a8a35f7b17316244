#pragma once

// Private to the JSON writers: the only place where RapidJSON is named.

#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>

#include <concepts>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace preflight {

/// Writes one JSON document, indented by two spaces. Strings may hold any bytes: those that are not UTF-8 become
/// U+FFFD, so that what is written can always be parsed.
class JsonWriter {
 public:
  JsonWriter() { writer_.SetIndent(' ', 2); }

  void begin_object() { writer_.StartObject(); }
  void begin_object(std::string_view name);
  void end_object() { writer_.EndObject(); }
  void begin_array() { writer_.StartArray(); }
  void begin_array(std::string_view name);
  void end_array() { writer_.EndArray(); }

  void key(std::string_view name);
  void null() { writer_.Null(); }
  void value(std::string_view text);

  void field(std::string_view name, const std::string& text);
  void field(std::string_view name, const char* text);
  void field(std::string_view name, const std::optional<std::string>& text);
  void field(std::string_view name, const std::vector<std::string>& texts);
  void field(std::string_view name, bool flag);
  void field(std::string_view name, const std::optional<bool>& flag);
  template <std::integral Number>
  void field(std::string_view name, Number number) {
    key(name);
    if constexpr (std::signed_integral<Number>)
      writer_.Int64(std::int64_t{number});
    else
      writer_.Uint64(std::uint64_t{number});
  }
  void null_field(std::string_view name);
  /// Leaves the key out where there is nothing to say.
  void field_unless_empty(std::string_view name, const std::string& text);
  /// Null where there is nothing to say.
  void field_or_null(std::string_view name, const std::string& text);

  /// The finished document and a line feed.
  void write_to(std::ostream& out) const;

 private:
  rapidjson::StringBuffer buffer_;
  rapidjson::PrettyWriter<rapidjson::StringBuffer> writer_{buffer_};
};

/// A text as JSON, with its quotes.
std::string json_string(std::string_view text);

}  // namespace preflight
