#include "savepoint/serializer_snapshot.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace preflight {
namespace {

/// Parameters that to_text leaves out: text that is too long for a line, and lists that few snapshots differ in.
constexpr std::array<std::string_view, 9> kNotInText = {"schema",
                                                        "builder_code",
                                                        "registrations",
                                                        "default_serializers",
                                                        "comparator_digest",
                                                        "registration_serializers",
                                                        "default_serializer_types",
                                                        "equaliser_digest",
                                                        "hash_function_digest"};

bool is_in_brackets(const SnapshotParameter& parameter) {
  return parameter.name == "class" || parameter.name == "component_class";
}

bool is_empty(const SnapshotParameter& parameter) {
  const auto* list = std::get_if<std::vector<std::string>>(&parameter.value);
  return list != nullptr && list->empty();
}

std::string to_text(const SnapshotParameter& parameter) {
  struct Text {
    std::string operator()(bool value) const { return value ? "true" : "false"; }
    std::string operator()(std::int64_t value) const { return std::to_string(value); }
    std::string operator()(const std::string& value) const { return value; }
    std::string operator()(const std::vector<std::string>& value) const {
      return fmt::format("{}", fmt::join(value, ", "));
    }
  };
  return std::visit(Text{}, parameter.value);
}

std::string join_in(const char* open, const std::vector<std::string>& parts, const char* close) {
  return parts.empty() ? "" : fmt::format("{}{}{}", open, fmt::join(parts, ", "), close);
}

}  // namespace

// Not defaulted: clang 16 crashes on a defaulted comparison of a type that holds a vector of itself.
bool SerializerSnapshot::operator==(const SerializerSnapshot& other) const {
  return snapshot_class == other.snapshot_class && serializer == other.serializer && version == other.version &&
         parameters == other.parameters && nested == other.nested && fields == other.fields;
}
bool SerializerField::operator==(const SerializerField& other) const {
  return name == other.name && declaring_class == other.declaring_class && serializer == other.serializer;
}

std::string to_text(const SerializerSnapshot& snapshot) {
  std::vector<std::string> brackets;
  std::vector<std::string> parameters;
  for (const SnapshotParameter& parameter : snapshot.parameters) {
    if (is_in_brackets(parameter))
      brackets.push_back(to_text(parameter));
    else if (std::find(kNotInText.begin(), kNotInText.end(), parameter.name) == kNotInText.end() &&
             !is_empty(parameter))
      parameters.push_back(parameter.name + ": " + to_text(parameter));
  }
  std::vector<std::string> nested;
  for (const SerializerSnapshot& child : snapshot.nested)
    nested.push_back(to_text(child));
  std::vector<std::string> fields;
  for (const SerializerField& field : snapshot.fields)
    fields.push_back(field.name + ": " +
                     (field.serializer.empty() ? "no serializer" : to_text(field.serializer.front())));
  return snapshot.serializer + join_in("[", brackets, "]") + join_in("(", parameters, ")") + join_in("<", nested, ">") +
         join_in("{", fields, "}");
}

const std::string* string_parameter(const SerializerSnapshot& snapshot, const std::string& name) {
  for (const SnapshotParameter& parameter : snapshot.parameters)
    if (parameter.name == name)
      return std::get_if<std::string>(&parameter.value);
  return nullptr;
}

}  // namespace preflight
