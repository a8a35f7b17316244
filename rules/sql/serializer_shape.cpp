#include "sql/serializer_shape.h"

#include <cctype>

namespace preflight {
namespace {

/// A recursive descent over the text of the table, which is ours or the user's own; its depth is bounded all the same.
class ShapeParser {
 public:
  explicit ShapeParser(std::string_view text) : rest_(text) {}

  std::optional<SerializerShape> whole() {
    auto shape = one(0);
    return shape && rest_.empty() ? shape : std::nullopt;
  }

 private:
  static constexpr int kMaxDepth = 16;

  bool take(std::string_view text) {
    if (!rest_.starts_with(text))
      return false;
    rest_.remove_prefix(text.size());
    return true;
  }

  std::optional<SerializerShape> one(int depth) {
    if (depth > kMaxDepth)
      return std::nullopt;
    if (take("row("))
      return row();
    std::string name;
    while (!rest_.empty() && (std::isalnum(static_cast<unsigned char>(rest_.front())) != 0)) {
      name += rest_.front();
      rest_.remove_prefix(1);
    }
    if (name.empty())
      return std::nullopt;
    if (name == "any")
      return SerializerShape{};
    SerializerShape shape{.name = std::move(name)};
    if (take("<") && !nested(shape, depth))
      return std::nullopt;
    return shape;
  }

  bool nested(SerializerShape& shape, int depth) {
    do {
      auto part = one(depth + 1);
      if (!part)
        return false;
      shape.nested.push_back(*std::move(part));
    } while (take(", "));
    return take(">");
  }

  /// What follows "row(", with its closing parenthesis.
  std::optional<SerializerShape> row() {
    const std::size_t end = rest_.find(')');
    if (end == std::string_view::npos)
      return std::nullopt;
    const std::string_view text = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    auto shape = columns(text);
    if (!shape)
      return std::nullopt;
    return SerializerShape{.row = *std::move(shape)};
  }

  static std::optional<RowShape> columns(std::string_view text) {
    using enum RowShape::Columns;
    constexpr std::string_view kAccumulators = "accumulators of ";
    constexpr std::string_view kInput = "input ";
    if (text.empty())
      return RowShape{.columns = none};
    if (text == "any" || text == "sink" || text == "key")
      return RowShape{.columns = text == "any" ? any : text == "sink" ? sink : key};
    if (text.starts_with(kAccumulators))
      return RowShape{.columns = accumulators, .path = std::string(text.substr(kAccumulators.size()))};
    if (!text.starts_with(kInput) || text.size() == kInput.size())
      return std::nullopt;
    return input_columns(text.substr(kInput.size()));
  }

  /// "0", "1 at joinSpec.rightKeys", "0 at smallest of leftUpsertKeys"
  static std::optional<RowShape> input_columns(std::string_view text) {
    constexpr std::string_view kAt = " at ";
    constexpr std::string_view kSmallest = "smallest of ";
    if (text.front() != '0' && text.front() != '1')
      return std::nullopt;
    RowShape shape{.columns = RowShape::Columns::input, .input = text.front() == '1' ? 1U : 0U};
    text.remove_prefix(1);
    if (text.empty())
      return shape;
    if (!text.starts_with(kAt))
      return std::nullopt;
    text.remove_prefix(kAt.size());
    shape.smallest = text.starts_with(kSmallest);
    shape.path = shape.smallest ? text.substr(kSmallest.size()) : text;
    return shape.path.empty() ? std::nullopt : std::optional(shape);
  }

  std::string_view rest_;
};

}  // namespace

std::optional<SerializerShape> parse_serializer_shape(std::string_view text) {
  return ShapeParser(text).whole();
}

}  // namespace preflight
