#include "sql/plan_json.h"

#include <fmt/format.h>
#include <rapidjson/error/en.h>

#include <algorithm>
#include <string_view>

#include "input/input_error.h"

namespace preflight {
namespace {

constexpr std::size_t kMaxDepth = 64;
constexpr std::size_t kMaxValues = 500'000;

/// Counts brackets and commas outside strings, before anything is built: both bound what parsing will cost.
void check_limits(std::string_view json, const std::string& path) {
  std::size_t depth = 0;
  std::size_t values = 0;
  bool in_string = false;
  for (std::size_t at = 0; at < json.size(); ++at) {
    const char c = json[at];
    if (in_string) {
      if (c == '\\')
        ++at;
      else if (c == '"')
        in_string = false;
      continue;
    }
    if (c == '"')
      in_string = true;
    else if (c == '{' || c == '[')
      ++depth, ++values;
    else if ((c == '}' || c == ']') && depth > 0)
      --depth;
    else if (c == ',')
      ++values;
    if (depth > kMaxDepth || values > kMaxValues)
      throw InputError(
          InputErrorKind::over_limit, {.path = path, .offset = at},
          fmt::format("expected a plan of at most {} levels and {} values, found more", kMaxDepth, kMaxValues));
  }
}

int line_of(std::string_view text, std::size_t offset) {
  return 1 + static_cast<int>(std::ranges::count(text.substr(0, offset), '\n'));
}

/// A key as a part of a JSON pointer (RFC 6901).
std::string escaped(std::string_view key) {
  std::string text;
  for (const char c : key) {
    if (c == '~')
      text += "~0";
    else if (c == '/')
      text += "~1";
    else
      text += c;
  }
  return text;
}

}  // namespace

rapidjson::Document parse_plan_json(std::span<const std::byte> bytes, const std::string& path) {
  const std::string_view json(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  check_limits(json, path);
  rapidjson::Document document;
  document.Parse<rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag>(json.data(), json.size());
  if (document.HasParseError())
    throw InputError(InputErrorKind::not_this_format,
                     {.path = path, .line = line_of(json, std::min(document.GetErrorOffset(), json.size()))},
                     fmt::format("expected a compiled plan, which is JSON, found: {}",
                                 rapidjson::GetParseError_En(document.GetParseError())));
  return document;
}

void PlanJson::fail(const std::string& expected) const {
  throw InputError(InputErrorKind::corrupt, {*path_},
                   fmt::format("expected {} at {}", expected, pointer_.empty() ? "the top" : pointer_));
}

const PlanJson& PlanJson::require_object() const {
  if (!value_->IsObject())
    fail("an object");
  return *this;
}

std::optional<PlanJson> PlanJson::optional_member(const char* key) const {
  require_object();
  const auto found = value_->FindMember(key);
  if (found == value_->MemberEnd() || found->value.IsNull())
    return std::nullopt;
  return PlanJson(*path_, pointer_ + "/" + escaped(key), found->value);
}

PlanJson PlanJson::member(const char* key) const {
  auto found = optional_member(key);
  if (!found)
    fail(fmt::format("a key \"{}\"", key));
  return *std::move(found);
}

std::vector<PlanJson> PlanJson::elements() const {
  if (!value_->IsArray())
    fail("an array");
  std::vector<PlanJson> elements;
  elements.reserve(value_->Size());
  for (const rapidjson::Value& element : value_->GetArray())
    elements.emplace_back(*path_, fmt::format("{}/{}", pointer_, elements.size()), element);
  return elements;
}

std::string PlanJson::text() const {
  if (!value_->IsString())
    fail("a string");
  return {value_->GetString(), value_->GetStringLength()};
}

std::int64_t PlanJson::number() const {
  if (!value_->IsInt64())
    fail("a whole number");
  return value_->GetInt64();
}

}  // namespace preflight
