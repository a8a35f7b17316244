#pragma once

// Private to the readers of plans.

#include <rapidjson/document.h>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace preflight {

/// A value of a JSON document with its JSON pointer, so that what is wrong with it can be said where it is.
class PlanJson {
 public:
  PlanJson(const std::string& path, std::string pointer, const rapidjson::Value& value)
      : path_(&path), pointer_(std::move(pointer)), value_(&value) {}

  const rapidjson::Value& raw() const { return *value_; }
  const std::string& pointer() const { return pointer_; }

  /// The members and elements; fail() where there is none, or of another kind.
  PlanJson member(const char* key) const;
  /// nullopt where there is none, and for null.
  std::optional<PlanJson> optional_member(const char* key) const;
  std::vector<PlanJson> elements() const;

  std::string text() const;
  std::int64_t number() const;
  const PlanJson& require_object() const;

  /// Throws InputError: "at /nodes/3/id: expected a whole number".
  [[noreturn]] void fail(const std::string& expected) const;

 private:
  const std::string* path_;
  std::string pointer_;
  const rapidjson::Value* value_;
};

/// Parses JSON whose depth and number of values stay within limits. Throws InputError: not_this_format or corrupt with
/// the line, over_limit.
rapidjson::Document parse_plan_json(std::span<const std::byte> bytes, const std::string& path);

}  // namespace preflight
