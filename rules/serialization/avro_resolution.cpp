#include "serialization/avro_resolution.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "classfile/names.h"
#include "serialization/avro_schema.h"

namespace preflight {
namespace {

constexpr std::size_t kMostPairs = 10000;  // Of types that are compared: schemas far beyond any real one.

/// Numbers are widened, and strings are bytes to Avro.
bool is_promoted(std::string_view writer, std::string_view reader) {
  constexpr auto kPromotions = std::to_array<std::pair<std::string_view, std::string_view>>({
      {"int", "long"},
      {"int", "float"},
      {"int", "double"},
      {"long", "float"},
      {"long", "double"},
      {"float", "double"},
      {"string", "bytes"},
      {"bytes", "string"},
  });
  return std::ranges::find(kPromotions, std::pair(writer, reader)) != kPromotions.end();
}

bool is_named(std::string_view kind) {
  return kind == "record" || kind == "enum" || kind == "fixed";
}

bool contains(const AvroJson& array, std::string_view text) {
  return array.IsArray() && std::ranges::any_of(array.GetArray(), [&](const AvroJson& item) {
           return item.IsString() && std::string_view(item.GetString(), item.GetStringLength()) == text;
         });
}

const AvroJson& array_member(const AvroJson& object, const char* name) {
  static const AvroJson empty(rapidjson::kArrayType);
  const AvroJson* found = member(object, name);
  return found == nullptr || !found->IsArray() ? empty : *found;
}

class Resolution {
 public:
  Resolution(const AvroSchema& writer, const AvroSchema& reader) : writer_(writer), reader_(reader) {}

  AvroResolution run() {
    AvroResolution result;
    result.reason = why_not(writer_.root(), reader_.root(), "");
    result.outcome = result.reason.empty() ? AvroResolution::Outcome::readable : AvroResolution::Outcome::not_readable;
    if (result.reason.empty())
      result.lost = std::move(lost_);
    return result;
  }

 private:
  /// Why values of one type cannot be read as the other; empty where they can. A pair that is being looked at already
  /// is taken to be readable, so that types in themselves come to an end.
  std::string why_not(const AvroJson& writer_type, const AvroJson& reader_type, const std::string& path) {
    const AvroJson& writer = writer_.resolve(writer_type);
    const AvroJson& reader = reader_.resolve(reader_type);
    if (!seen_.emplace(&writer, &reader).second)
      return {};
    if (seen_.size() > kMostPairs)
      return "the schemas are too large to compare";
    const std::string_view was = writer_.kind(writer);
    const std::string_view is = reader_.kind(reader);
    if (was == "union")
      return why_not_all_branches(writer, reader, path);
    if (is == "union")
      return why_no_branch(writer, reader, path);
    if (was != is)
      return is_promoted(was, is) ? std::string() : fmt::format("{} was {} and now is {}", named(path), was, is);
    if (is_named(was) && !same_name(writer, reader))
      return fmt::format("{} was the {} {} and now is {}", named(path), was, writer_.full_name(writer),
                         reader_.full_name(reader));
    if (was == "record")
      return why_not_record(writer, reader, path);
    if (was == "enum")
      return why_not_enum(writer, reader, path);
    if (was == "fixed")
      return sizes_differ(writer, reader) ? fmt::format("{} has another size", named(path)) : std::string();
    for (const char* element : {"items", "values"})
      if (const AvroJson* part = member(writer, element))
        if (const AvroJson* other = member(reader, element))
          return why_not(*part, *other, path + "[]");
    return {};
  }

  static std::string named(const std::string& path) {
    return path.empty() ? "the schema" : fmt::format("field `{}`", path);
  }

  bool same_name(const AvroJson& writer, const AvroJson& reader) const {
    const std::string& was = writer_.full_name(writer);
    return simple_name(was) == simple_name(reader_.full_name(reader)) || reader_.has_alias(reader, was);
  }

  static bool sizes_differ(const AvroJson& writer, const AvroJson& reader) {
    const AvroJson* was = member(writer, "size");
    const AvroJson* is = member(reader, "size");
    return was == nullptr || is == nullptr || *was != *is;
  }

  std::string why_not_all_branches(const AvroJson& writer, const AvroJson& reader, const std::string& path) {
    for (const AvroJson& branch : writer.GetArray()) {
      std::string reason = why_not(branch, reader, path);
      if (!reason.empty())
        return reason;
    }
    return {};
  }

  std::string why_no_branch(const AvroJson& writer, const AvroJson& reader, const std::string& path) {
    for (const AvroJson& branch : reader.GetArray()) {
      Resolution attempt(writer_, reader_);
      attempt.seen_ = seen_;
      if (attempt.why_not(writer, branch, path).empty()) {
        lost_.insert(lost_.end(), attempt.lost_.begin(), attempt.lost_.end());
        return {};
      }
    }
    return fmt::format("{} was {}, which none of the branches of its union is now", named(path), writer_.kind(writer));
  }

  const AvroJson* writer_field_of(const AvroJson& writer, const AvroJson& reader_field) const {
    for (const AvroJson& field : array_member(writer, "fields").GetArray())
      if (text_member(field, "name") == text_member(reader_field, "name"))
        return &field;
    for (const AvroJson& field : array_member(writer, "fields").GetArray())
      if (contains(array_member(reader_field, "aliases"), text_member(field, "name")))
        return &field;
    return nullptr;
  }

  std::string why_not_record(const AvroJson& writer, const AvroJson& reader, const std::string& path) {
    std::set<const AvroJson*> read;
    for (const AvroJson& field : array_member(reader, "fields").GetArray()) {
      const std::string name = join_path(path, text_member(field, "name"));
      const AvroJson* was = writer_field_of(writer, field);
      if (was == nullptr && member(field, "default") == nullptr)
        return fmt::format("field `{}` is new and has no default", name);
      if (was == nullptr)
        continue;
      read.insert(was);
      std::string reason = why_not(*member(*was, "type"), *member(field, "type"), name);
      if (!reason.empty())
        return reason;
    }
    for (const AvroJson& field : array_member(writer, "fields").GetArray())
      if (!read.contains(&field))
        lost_.push_back(join_path(path, text_member(field, "name")));
    return {};
  }

  static std::string join_path(const std::string& path, std::string_view name) {
    return path.empty() ? std::string(name) : fmt::format("{}.{}", path, name);
  }

  std::string why_not_enum(const AvroJson& writer, const AvroJson& reader, const std::string& path) const {
    const AvroJson& now = array_member(reader, "symbols");
    if (contains(now, text_member(reader, "default")))
      return {};
    for (const AvroJson& symbol : array_member(writer, "symbols").GetArray())
      if (symbol.IsString() && !contains(now, symbol.GetString()))
        return fmt::format("{}: the enum {} no longer has the symbol {}, and no default", named(path),
                           reader_.full_name(reader), symbol.GetString());
    return {};
  }

  const AvroSchema& writer_;
  const AvroSchema& reader_;
  std::set<std::pair<const AvroJson*, const AvroJson*>> seen_;
  std::vector<std::string> lost_;
};

/// Schema#equals, member by member: all but what only people read. A namespace that is written counts as one that the
/// type around it gives.
class Equality {
 public:
  Equality(const AvroSchema& one, const AvroSchema& other) : one_(one), other_(other) {}

  bool holds() const { return equal(one_.root(), other_.root()); }

 private:
  bool equal(const AvroJson& a, const AvroJson& b) const {
    if (a.IsArray() && b.IsArray())
      return a.Size() == b.Size() &&
             std::equal(a.Begin(), a.End(), b.Begin(), [this](const auto& x, const auto& y) { return equal(x, y); });
    if (!a.IsObject() || !b.IsObject())
      return a == b || means_the_same(a, b);
    const bool named = !one_.full_name(a).empty();
    if (named && one_.full_name(a) != other_.full_name(b))
      return false;
    const auto counts = [&](const AvroJson::Member& member) {
      const std::string_view name(member.name.GetString(), member.name.GetStringLength());
      return name != "doc" && name != "aliases" && !(named && (name == "name" || name == "namespace"));
    };
    const auto equal_in_b = [&](const AvroJson::Member& member) {
      const auto found = b.FindMember(member.name);
      return !counts(member) || (found != b.MemberEnd() && equal(member.value, found->value));
    };
    const auto is_in_a = [&](const AvroJson::Member& member) {
      return !counts(member) || a.FindMember(member.name) != a.MemberEnd();
    };
    return std::ranges::all_of(a.GetObject(), equal_in_b) && std::ranges::all_of(b.GetObject(), is_in_a);
  }

  /// Two names of one type that was defined before.
  bool means_the_same(const AvroJson& a, const AvroJson& b) const {
    const AvroJson& definition = one_.resolve(a);
    const AvroJson& other = other_.resolve(b);
    return &definition != &a && &other != &b && one_.full_name(definition) == other_.full_name(other);
  }

  const AvroSchema& one_;
  const AvroSchema& other_;
};

}  // namespace

AvroResolution resolve_avro(std::string_view writer, std::string_view reader) {
  const AvroSchema was(writer);
  const AvroSchema is(reader);
  if (!was.valid() || !is.valid())
    return {.outcome = AvroResolution::Outcome::unknown, .reason = "a schema is not well-formed"};
  if (Equality(was, is).holds())
    return {.outcome = AvroResolution::Outcome::equal, .reason = {}, .lost = {}};
  return Resolution(was, is).run();
}

}  // namespace preflight
