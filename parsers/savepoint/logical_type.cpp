#include "savepoint/logical_type.h"

#include <fmt/format.h>

#include <array>
#include <limits>
#include <string_view>

namespace preflight {
namespace {

constexpr int kMaxDepth = 60;
constexpr std::size_t kMaxLength = std::size_t{256} << 10U;
constexpr std::size_t kMaxTypeFields = 100;  ///< Of the Java class of a type, which has a handful.

/// How the types of a root (LogicalTypeRoot) are written; `parameters` are the names of their number fields.
struct Root {
  std::string_view name;
  std::string_view sql;
  std::array<std::string_view, 2> parameters{};
  std::string_view unbounded{};  ///< In place of the largest length.
  std::string_view suffix{};
};

constexpr std::array kRoots = std::to_array<Root>({
    {"CHAR", "CHAR", {"length"}},
    {"VARCHAR", "VARCHAR", {"length"}, "STRING"},
    {"BINARY", "BINARY", {"length"}},
    {"VARBINARY", "VARBINARY", {"length"}, "BYTES"},
    {"DECIMAL", "DECIMAL", {"precision", "scale"}},
    {"INTEGER", "INT"},
    {"TIME_WITHOUT_TIME_ZONE", "TIME", {"precision"}},
    {"TIMESTAMP_WITHOUT_TIME_ZONE", "TIMESTAMP", {"precision"}},
    {"TIMESTAMP_WITH_TIME_ZONE", "TIMESTAMP", {"precision"}, {}, " WITH TIME ZONE"},
    {"TIMESTAMP_WITH_LOCAL_TIME_ZONE", "TIMESTAMP_LTZ", {"precision"}},
    {"INTERVAL_YEAR_MONTH", "INTERVAL ", {"yearPrecision"}},
    {"INTERVAL_DAY_TIME", "INTERVAL ", {"dayPrecision", "fractionalPrecision"}},
});

class Text {
 public:
  explicit Text(const JavaStream& stream) : stream_(stream) {}

  std::optional<std::string> of_root() {
    append_type(&stream_.node(stream_.root), 0);
    return exceeded_ ? std::nullopt : std::optional(std::move(text_));
  }

 private:
  void append(std::string_view text) {
    if (text_.size() + text.size() > kMaxLength)
      exceeded_ = true;
    else
      text_ += text;
  }

  void append_type(const JavaNode* type, int depth) {
    if (depth > kMaxDepth || (type != nullptr && type->fields.size() > kMaxTypeFields))
      exceeded_ = true;
    if (exceeded_)
      return;
    if (type == nullptr)
      return append("NULL");
    if (const JavaNode* logical = stream_.object_field(*type, "logicalType"))
      return append_type(logical, depth + 1);
    append_without_null(*type, stream_.text_field(*type, "typeRoot"), depth);
    if (stream_.number_field(*type, "isNullable") == 0)
      append(" NOT NULL");
  }

  void append_without_null(const JavaNode& type, const std::string& root, int depth) {
    if (root.empty())
      return append(stream_.text(type).empty() ? stream_.class_name(type) : stream_.text(type));
    if (root == "ARRAY" || root == "MULTISET")
      return append_collection(root, {stream_.object_field(type, "elementType")}, depth);
    if (root == "MAP")
      return append_collection(root, {stream_.object_field(type, "keyType"), stream_.object_field(type, "valueType")},
                               depth);
    if (root == "ROW")
      return append_fields("ROW", "fields", type, depth);
    if (root == "STRUCTURED_TYPE" || root == "DISTINCT_TYPE")
      return append_user_defined(type, depth);
    if (root == "RAW")
      return append(fmt::format("RAW('{}')", class_of(type, "clazz")));
    append_simple(type, root);
    if (const std::string kind = stream_.text_field(type, "kind"); kind == "ROWTIME" || kind == "PROCTIME")
      append(fmt::format(" *{}*", kind));
  }

  void append_collection(std::string_view name, std::initializer_list<const JavaNode*> types, int depth) {
    append(name);
    append("<");
    const char* separator = "";
    for (const JavaNode* type : types) {
      append(separator);
      append_type(type, depth + 1);
      separator = ", ";
    }
    append(">");
  }

  /// The fields of a row, the attributes of a structured type: objects with a name and a type.
  void append_fields(std::string_view name, std::string_view list, const JavaNode& type, int depth) {
    append(name);
    append("<");
    const char* separator = "";
    for_each_element(stream_.object_field(type, list), 0, [&](const JavaNode& field) {
      if (field.fields.size() > kMaxTypeFields)
        exceeded_ = true;
      if (exceeded_)
        return;
      append(fmt::format("{}`{}` ", separator, stream_.text_field(field, "name")));
      append_type(stream_.object_field(field, "type"), depth + 1);
      separator = ", ";
    });
    append(">");
  }

  void append_user_defined(const JavaNode& type, int depth) {
    if (const JavaNode* source = stream_.object_field(type, "sourceType"))
      return append_type(source, depth + 1);
    std::string name = class_of(type, "implementationClass");
    if (const JavaNode* identifier = stream_.object_field(type, "objectIdentifier"))
      name = stream_.text_field(*identifier, "objectName");
    append_fields(name, "attributes", type, depth);
  }

  void append_simple(const JavaNode& type, const std::string& root_name) {
    const Root* root = nullptr;
    for (const Root& candidate : kRoots)
      if (candidate.name == root_name)
        root = &candidate;
    if (root == nullptr)
      return append(root_name);
    std::string parameters;
    for (const std::string_view parameter : root->parameters) {
      const std::optional<std::int64_t> value = stream_.number_field(type, parameter);
      if (parameter.empty() || !value)
        continue;
      if (value == std::numeric_limits<std::int32_t>::max() && !root->unbounded.empty())
        return append(root->unbounded);
      parameters += fmt::format("{}{}", parameters.empty() ? "" : ", ", *value);
    }
    append(root->sql);
    append(stream_.text_field(type, "resolution"));  // Of an interval: DAY_TO_SECOND.
    if (!parameters.empty())
      append("(" + parameters + ")");
    append(root->suffix);
  }

  std::string class_of(const JavaNode& type, std::string_view field) const {
    const JavaNode* class_object = stream_.object_field(type, field);
    return class_object == nullptr ? "" : stream_.class_name(*class_object);
  }

  /// Visits the elements of a java.util.List of the JDK's own: ArrayList, Arrays.asList, singletonList, List.of, and
  /// wrappers.
  template <typename Visit>
  void for_each_element(const JavaNode* list, int depth, const Visit& visit) {
    if (list == nullptr || depth > kMaxDepth)
      return;
    for (const char* wrapped : {"list", "c"})
      if (const JavaNode* inner = stream_.object_field(*list, wrapped))
        return for_each_element(inner, depth + 1, visit);
    if (const JavaNode* element = stream_.object_field(*list, "element"))
      return visit(*element);
    if (const JavaNode* array = stream_.object_field(*list, "a"))
      list = array;
    for (const JavaNodeId id : list->extra)
      if (stream_.node(id).kind != JavaNode::Kind::block_data)
        visit(stream_.node(id));
  }

  const JavaStream& stream_;
  std::string text_;
  bool exceeded_ = false;
};

}  // namespace

std::optional<std::string> logical_type_text(const JavaStream& stream) {
  return Text(stream).of_root();
}

}  // namespace preflight
