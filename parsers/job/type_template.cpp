#include "job/type_template.h"

#include <string>

namespace preflight {
namespace {

class TemplateReader {
 public:
  TemplateReader(std::string_view text, const TypeVariables& variables) : rest_(text), variables_(variables) {}

  TypeExpression read_all() {
    TypeExpression type = read_type(0);
    return rest_.empty() ? type : refused();
  }

 private:
  static constexpr int kDeepest = 16;

  TypeExpression refused() {
    rest_ = {};
    broken_ = true;
    return {.form = TypeExpression::Form::unknown, .reason = "a type in the table that cannot be read"};
  }

  bool take(char letter) {
    while (rest_.starts_with(' '))
      rest_.remove_prefix(1);
    if (!rest_.starts_with(letter))
      return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::string_view take_until(std::string_view ends) {
    const std::string_view taken = rest_.substr(0, rest_.find_first_of(ends));
    rest_.remove_prefix(taken.size());
    return taken;
  }

  TypeExpression read_type(int depth) {
    if (depth > kDeepest)
      return refused();
    if (take('$'))
      return variables_(take_until(",<> "));
    TypeExpression type{.form = TypeExpression::Form::serializer};
    type.made_class = take_until(",<>");
    if (type.made_class.empty())
      return refused();
    if (take('<'))
      read_arguments(type, depth);
    return broken_ ? refused() : type;
  }

  void read_arguments(TypeExpression& type, int depth) {
    do {
      if (take('\'')) {
        type.texts.emplace_back(take_until("'"));
        broken_ = broken_ || !take('\'');
      } else {
        type.arguments.push_back(read_type(depth + 1));
      }
    } while (!broken_ && take(','));
    broken_ = broken_ || !take('>');
  }

  std::string_view rest_;
  const TypeVariables& variables_;
  bool broken_ = false;
};

}  // namespace

TypeExpression expand_type(std::string_view text, const TypeVariables& variables) {
  return TemplateReader(text, variables).read_all();
}

}  // namespace preflight
