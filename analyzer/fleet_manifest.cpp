#include "fleet_manifest.h"

#include <fmt/format.h>
#include <rapidjson/document.h>
#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string_view>

#include "input/input_error.h"
#include "suggestion.h"

namespace preflight {
namespace {

/// How the value of a key is written in JSON.
enum class Form { text, texts, flag, boolean, number };
struct Key {
  const char* name;  ///< The long option of check.
  Form form;
};

constexpr std::array<Key, 22> kKeys{{{"app", Form::text},
                                     {"running-app", Form::text},
                                     {"pom", Form::texts},
                                     {"build", Form::texts},
                                     {"savepoint", Form::text},
                                     {"sql-plan", Form::text},
                                     {"deployment", Form::texts},
                                     {"target", Form::text},
                                     {"from", Form::text},
                                     {"platform", Form::text},
                                     {"allow-non-restored-state", Form::boolean},
                                     {"parallelism", Form::number},
                                     {"max-parallelism", Form::number},
                                     {"state-backend", Form::text},
                                     {"source-retention", Form::text},
                                     {"entry-class", Form::text},
                                     {"running-entry-class", Form::text},
                                     {"fail-on", Form::text},
                                     {"strict", Form::flag},
                                     {"waivers", Form::text},
                                     {"baseline", Form::text},
                                     {"maven-repository", Form::text}}};

std::string text_of(const rapidjson::Value& value) {
  return {value.GetString(), value.GetStringLength()};
}

/// The object asks for what is not there; the text says what.
class WrongKey : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

std::string unknown_key(const std::string& name) {
  std::vector<std::string> names{"id"};
  for (const Key& key : kKeys)
    names.emplace_back(key.name);
  return fmt::format("\"{}\" is no key of a fleet's line.{}", name, did_you_mean(name, names));
}

std::string argument_of(const Key& key, const std::string& value) {
  if (value == "-")
    throw WrongKey(
        fmt::format("\"{}\": expected a file, found -; a fleet reads no input from standard input", key.name));
  if (value.find('\0') != std::string::npos)
    throw WrongKey(fmt::format("\"{}\": expected text, found a zero byte in it", key.name));
  return fmt::format("--{}={}", key.name, value);
}

void add_arguments(const Key& key, const rapidjson::Value& value, std::vector<std::string>& arguments) {
  if (value.IsNull())  // As if it was not there.
    return;
  if (value.IsString() && key.form != Form::flag)
    arguments.push_back(argument_of(key, text_of(value)));
  else if (key.form == Form::texts && value.IsArray() &&
           std::ranges::all_of(value.GetArray(), [](const auto& one) { return one.IsString(); }))
    for (const rapidjson::Value& one : value.GetArray())
      arguments.push_back(argument_of(key, text_of(one)));
  else if (key.form == Form::boolean && value.IsBool())
    arguments.push_back(argument_of(key, value.GetBool() ? "true" : "false"));
  else if (key.form == Form::number && value.IsInt())
    arguments.push_back(argument_of(key, std::to_string(value.GetInt())));
  else if (key.form == Form::flag && value.IsBool()) {
    if (value.GetBool())
      arguments.push_back(fmt::format("--{}", key.name));
  } else
    throw WrongKey(fmt::format("\"{}\": expected {}", key.name,
                               key.form == Form::texts     ? "a string or an array of strings"
                               : key.form == Form::boolean ? "true or false"
                               : key.form == Form::flag    ? "true or false"
                               : key.form == Form::number  ? "a whole number"
                                                           : "a string"));
}

std::string as_json(const rapidjson::Value& value) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  value.Accept(writer);
  return {buffer.GetString(), buffer.GetSize()};
}

void read_id(const rapidjson::Value& json, FleetItem& item) {
  const auto id = json.FindMember("id");
  if (id == json.MemberEnd() || id->value.IsNull())
    return;
  if (!id->value.IsString() && !id->value.IsInt64() && !id->value.IsUint64())
    throw WrongKey("\"id\": expected a string or a whole number");
  item.id = as_json(id->value);
  item.name = id->value.IsString() ? text_of(id->value) : item.id;
}

void read_object(const rapidjson::Value& json, FleetItem& item) {
  read_id(json, item);
  for (const auto& member : json.GetObject()) {
    const std::string name = text_of(member.name);
    if (name == "id")
      continue;
    const auto key = std::ranges::find_if(kKeys, [&](const Key& candidate) { return name == candidate.name; });
    if (key == kKeys.end())
      throw WrongKey(unknown_key(name));
    add_arguments(*key, member.value, item.arguments);
  }
}

/// Takes the first value of the key "id" at the top, and stops there.
class IdFinder : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, IdFinder> {
 public:
  std::optional<std::string> take() { return std::move(id_); }

  bool StartObject() { return depth_++ == 0; }
  bool EndObject(rapidjson::SizeType /*members*/) { return false; }
  bool Key(const char* text, rapidjson::SizeType length, bool /*copy*/) {
    return std::string_view(text, length) == "id";  // It stands first in what fleet writes.
  }
  bool String(const char* text, rapidjson::SizeType length, bool /*copy*/) {
    return keep([&](auto& writer) { writer.String(text, length); });
  }
  bool Int(int value) { return Int64(value); }
  bool Uint(unsigned value) { return Uint64(value); }
  bool Int64(std::int64_t value) {
    return keep([&](auto& writer) { writer.Int64(value); });
  }
  bool Uint64(std::uint64_t value) {
    return keep([&](auto& writer) { writer.Uint64(value); });
  }
  bool Default() { return false; }

 private:
  bool keep(const auto& write) {
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
    write(writer);
    if (depth_ == 1)
      id_ = std::string(buffer.GetString(), buffer.GetSize());
    return false;
  }

  int depth_ = 0;
  std::optional<std::string> id_;
};

}  // namespace

std::optional<JsonLine> JsonLines::next() {
  std::streambuf& bytes = *in_.rdbuf();
  for (;;) {
    JsonLine line{.text = {}, .number = ++number_};
    int byte = bytes.sbumpc();
    if (byte == EOF)
      return std::nullopt;
    for (; byte != EOF && byte != '\n'; byte = bytes.sbumpc())
      if (line.text.size() < kLongestJsonLine)
        line.text += static_cast<char>(byte);
      else
        line.too_long = true;
    line.torn = byte == EOF;
    if (line.text.find_first_not_of(" \t\r") != std::string::npos)
      return line;
  }
}

FleetItem read_fleet_item(const JsonLine& line, const std::string& manifest) {
  FleetItem item{.name = fmt::format("line {}", line.number)};
  const auto refuse = [&](int code, const std::string& text) {
    item.arguments.clear();
    item.error = printable(fmt::format("{}:{}: {}", manifest, line.number, text));
    item.error_code = code;
    return item;
  };
  constexpr int kUsage = 2;
  constexpr int kBadInput = 3;
  if (line.too_long)
    return refuse(kBadInput, fmt::format("expected a line of at most {} bytes, found more", kLongestJsonLine));
  rapidjson::Document json;
  json.Parse<rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag>(line.text.c_str(),
                                                                                     line.text.size());
  if (json.HasParseError())
    return refuse(kBadInput, fmt::format("expected a JSON object, found at byte {}: {}", json.GetErrorOffset(),
                                         rapidjson::GetParseError_En(json.GetParseError())));
  if (!json.IsObject())
    return refuse(kBadInput, "expected a JSON object, found another value");
  try {
    read_object(json, item);
  } catch (const WrongKey& wrong) {
    return refuse(kUsage, wrong.what());
  }
  return item;
}

std::optional<std::string> id_of_result(const std::string& line) {
  rapidjson::StringStream stream(line.c_str());
  rapidjson::Reader reader;
  IdFinder finder;
  reader.Parse<rapidjson::kParseIterativeFlag>(stream, finder);
  return finder.take();
}

}  // namespace preflight
