#include "serialization/avro_schema.h"

#include <algorithm>
#include <array>

namespace preflight {
namespace {

constexpr int kDeepest = 200;  // Far above what schemas have, far below what the stack holds.

constexpr std::array<std::string_view, 8> kPrimitives = {"null",  "boolean", "int",   "long",
                                                         "float", "double",  "bytes", "string"};
constexpr std::array<std::string_view, 4> kNamed = {"record", "error", "enum", "fixed"};

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& texts, std::string_view text) {
  return std::ranges::find(texts, text) != texts.end();
}

std::string_view text_of_json(const AvroJson& value) {
  return value.IsString() ? std::string_view(value.GetString(), value.GetStringLength()) : std::string_view();
}

std::string qualified(std::string_view name, const std::string& space) {
  return name.find('.') != std::string_view::npos || space.empty() ? std::string(name)
                                                                   : space + "." + std::string(name);
}

std::string space_of(const std::string& full_name) {
  const std::size_t dot = full_name.rfind('.');
  return dot == std::string::npos ? std::string() : full_name.substr(0, dot);
}

}  // namespace

const AvroJson* member(const AvroJson& object, const char* name) {
  if (!object.IsObject())
    return nullptr;
  const auto found = object.FindMember(name);
  return found == object.MemberEnd() ? nullptr : &found->value;
}

std::string_view text_member(const AvroJson& object, const char* name) {
  const AvroJson* value = member(object, name);
  return value == nullptr ? std::string_view() : text_of_json(*value);
}

AvroSchema::AvroSchema(std::string_view json) {
  document_.Parse<rapidjson::kParseIterativeFlag>(json.data(), json.size());
  if (document_.HasParseError())
    return;
  valid_ = true;
  define(document_, "", 0);
  for (const auto& [type, name] : references_)
    valid_ = valid_ && types_.contains(name);
}

void AvroSchema::define(const AvroJson& type, const std::string& space, int depth) {
  if (depth > kDeepest || type.IsNull() || type.IsBool() || type.IsNumber()) {
    valid_ = false;
  } else if (type.IsString()) {
    const std::string_view name = text_of_json(type);
    if (!contains(kPrimitives, name))
      references_.emplace(&type, qualified(name, space));
  } else if (type.IsArray()) {
    for (const AvroJson& branch : type.GetArray())
      define(branch, space, depth + 1);
  } else if (contains(kNamed, text_member(type, "type"))) {
    define_named(type, space, depth);
  } else if (const AvroJson* inner = member(type, "type"); inner != nullptr && !inner->IsString()) {
    define(*inner, space, depth + 1);
  } else {
    for (const char* element : {"items", "values"})
      if (const AvroJson* part = member(type, element))
        define(*part, space, depth + 1);
    const std::string_view name = text_member(type, "type");
    if (name != "array" && name != "map" && !contains(kPrimitives, name))
      references_.emplace(&type, qualified(name, space));
  }
}

void AvroSchema::define_named(const AvroJson& type, const std::string& space, int depth) {
  const AvroJson* own_space = member(type, "namespace");
  const std::string name =
      qualified(text_member(type, "name"), own_space == nullptr ? space : std::string(text_of_json(*own_space)));
  types_.emplace(name, &type);
  names_.emplace(&type, name);
  const AvroJson* fields = member(type, "fields");
  if (fields == nullptr || !fields->IsArray())
    return;
  for (const AvroJson& field : fields->GetArray()) {
    const AvroJson* field_type = member(field, "type");
    if (field_type == nullptr)
      valid_ = false;
    else
      define(*field_type, space_of(name), depth + 1);
  }
}

const AvroJson& AvroSchema::resolve(const AvroJson& type) const {
  const AvroJson* next = &type;
  while (next->IsObject() && !contains(kNamed, text_member(*next, "type"))) {
    const AvroJson* inner = member(*next, "type");
    if (inner == nullptr || inner->IsString())
      break;
    next = inner;
  }
  const auto reference = references_.find(next);
  if (reference == references_.end())
    return *next;
  const auto found = types_.find(reference->second);
  return found == types_.end() ? *next : *found->second;
}

std::string_view AvroSchema::kind(const AvroJson& type) const {
  if (type.IsArray())
    return "union";
  const std::string_view name = type.IsString() ? text_of_json(type) : text_member(type, "type");
  return name == "error" ? "record" : name;
}

const std::string& AvroSchema::full_name(const AvroJson& named) const {
  static const std::string none;
  const auto found = names_.find(&named);
  return found == names_.end() ? none : found->second;
}

bool AvroSchema::has_alias(const AvroJson& named, std::string_view wanted) const {
  const AvroJson* aliases = member(named, "aliases");
  if (aliases == nullptr || !aliases->IsArray())
    return false;
  const std::string space = space_of(full_name(named));
  return std::ranges::any_of(aliases->GetArray(),
                             [&](const AvroJson& alias) { return qualified(text_of_json(alias), space) == wanted; });
}

}  // namespace preflight
