#pragma once

#include <rapidjson/document.h>

#include <string>
#include <string_view>
#include <unordered_map>

namespace preflight {

using AvroJson = rapidjson::Value;

/// A schema as JSON, with its named types. Schemas point to each other by name; resolve() follows that.
class AvroSchema {
 public:
  explicit AvroSchema(std::string_view json);

  /// Whether it is JSON, and each name in it is defined.
  bool valid() const { return valid_; }
  const AvroJson& root() const { return document_; }

  /// The definition of a type: of a name that was defined before, the object that defines it.
  const AvroJson& resolve(const AvroJson& type) const;
  /// "record", "union", "string", …; empty for what is none.
  std::string_view kind(const AvroJson& type) const;
  /// The full name of a named type: with its namespace, or that of the type around it.
  const std::string& full_name(const AvroJson& named) const;
  /// The aliases of a named type as full names.
  bool has_alias(const AvroJson& named, std::string_view full_name) const;

 private:
  void define(const AvroJson& type, const std::string& space, int depth);
  void define_named(const AvroJson& type, const std::string& space, int depth);

  rapidjson::Document document_;
  bool valid_ = false;
  std::unordered_map<std::string, const AvroJson*> types_;
  std::unordered_map<const AvroJson*, std::string> names_;
  /// Where a name stands, the full name that it means there.
  std::unordered_map<const AvroJson*, std::string> references_;
};

/// The text of a member; empty where it has none.
std::string_view text_member(const AvroJson& object, const char* name);
/// The member; nullptr where the object has none.
const AvroJson* member(const AvroJson& object, const char* name);

}  // namespace preflight
