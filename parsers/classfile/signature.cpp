#include "classfile/signature.h"

#include <fmt/format.h>

#include <cstddef>
#include <utility>

namespace preflight {
namespace {

/// An array has at most 255 dimensions (JVMS 4.3.2); what people write is nested less deeply than that.
constexpr int kDeepest = 512;
constexpr std::size_t kMostEnclosing = 64;  ///< Each one's name begins with that of the one around it.

constexpr std::string_view kPrimitives = "BCDFIJSZ";

/// Recursive descent over the grammar of JVMS 4.7.9.1, whose productions name the functions.
class SignatureParser {
 public:
  SignatureParser(std::string_view signature, const InputPlace& place)
      : signature_(signature), rest_(signature), place_(place) {}

  ClassSignature class_signature() {
    ClassSignature result;
    result.type_parameters = type_parameters();
    result.super_class = class_type(0);
    while (!rest_.empty())
      result.interfaces.push_back(class_type(0));
    return result;
  }

  MethodSignature method_signature() {
    MethodSignature result;
    result.type_parameters = type_parameters();
    expect('(');
    while (!take(')'))
      result.parameters.push_back(java_type(0));
    result.result = take('V') ? primitive('V') : java_type(0);
    while (take('^'))
      result.exceptions.push_back(rest_.starts_with('T') ? type_variable() : class_type(0));
    expect_end();
    return result;
  }

  GenericType field_signature() {
    GenericType result = reference_type(0);
    expect_end();
    return result;
  }

 private:
  std::vector<TypeParameter> type_parameters() {
    std::vector<TypeParameter> result;
    if (!take('<'))
      return result;
    do {
      TypeParameter& parameter = result.emplace_back();
      parameter.name = identifier();
      expect(':');
      // The class bound may be left out, "T::Ljava/lang/Comparable<TT;>;".
      if (const char next = front(); next == 'L' || next == 'T' || next == '[')
        parameter.bounds.push_back(reference_type(0));
      while (take(':'))
        parameter.bounds.push_back(reference_type(0));
    } while (!take('>'));
    return result;
  }

  GenericType java_type(int depth) {
    if (const char letter = front(); kPrimitives.find(letter) != std::string_view::npos) {
      rest_.remove_prefix(1);
      return primitive(letter);
    }
    return reference_type(depth);
  }

  GenericType reference_type(int depth) {
    if (depth > kDeepest)
      fail(InputErrorKind::unsupported, fmt::format("types nested at most {} deep", kDeepest));
    switch (front()) {
      case 'T':
        return type_variable();
      case '[': {
        expect('[');
        GenericType array{GenericType::Kind::array, {}, {}, {}, {}};
        array.component.push_back(java_type(depth + 1));
        return array;
      }
      default:
        return class_type(depth);
    }
  }

  GenericType type_variable() {
    expect('T');
    GenericType result{GenericType::Kind::type_variable, identifier(), {}, {}, {}};
    expect(';');
    return result;
  }

  GenericType class_type(int depth) {
    expect('L');
    GenericType result;
    result.name = identifier();
    while (take('/'))
      result.name += '/' + identifier();
    result.arguments = type_arguments(depth);
    while (take('.')) {
      if (result.enclosing.size() == kMostEnclosing)
        fail(InputErrorKind::unsupported, fmt::format("a class in at most {} others", kMostEnclosing));
      GenericType outer{GenericType::Kind::class_type, result.name, std::move(result.arguments), {}, {}};
      result.enclosing.push_back(std::move(outer));
      result.name += '$' + identifier();
      result.arguments = type_arguments(depth);
    }
    expect(';');
    return result;
  }

  std::vector<TypeArgument> type_arguments(int depth) {
    std::vector<TypeArgument> result;
    if (!take('<'))
      return result;
    do
      result.push_back(type_argument(depth + 1));
    while (!take('>'));
    return result;
  }

  TypeArgument type_argument(int depth) {
    TypeArgument result;
    if (take('*')) {
      result.kind = TypeArgument::Kind::any;
      return result;
    }
    if (take('+'))
      result.kind = TypeArgument::Kind::extends;
    else if (take('-'))
      result.kind = TypeArgument::Kind::super;
    result.type.push_back(reference_type(depth));
    return result;
  }

  std::string identifier() {
    const std::string_view name = rest_.substr(0, rest_.find_first_of(".;[/<>:"));
    if (name.empty())
      fail(InputErrorKind::corrupt, "a name");
    rest_.remove_prefix(name.size());
    return std::string(name);
  }

  static GenericType primitive(char letter) {
    return {GenericType::Kind::primitive, std::string(1, letter), {}, {}, {}};
  }

  char front() const {
    if (rest_.empty())
      fail(InputErrorKind::corrupt, "a type");
    return rest_.front();
  }

  bool take(char wanted) {
    if (!rest_.starts_with(wanted))
      return false;
    rest_.remove_prefix(1);
    return true;
  }

  void expect(char wanted) {
    if (!take(wanted))
      fail(InputErrorKind::corrupt, fmt::format("'{}'", wanted));
  }

  void expect_end() const {
    if (!rest_.empty())
      fail(InputErrorKind::corrupt, "the end");
  }

  [[noreturn]] void fail(InputErrorKind kind, const std::string& expected) const {
    throw InputError(kind, place_,
                     fmt::format("expected {} at position {} of the signature \"{}\"", expected,
                                 signature_.size() - rest_.size(), signature_));
  }

  std::string_view signature_;
  std::string_view rest_;
  const InputPlace& place_;
};

}  // namespace

ClassSignature parse_class_signature(std::string_view signature, const InputPlace& place) {
  return SignatureParser(signature, place).class_signature();
}

MethodSignature parse_method_signature(std::string_view signature, const InputPlace& place) {
  return SignatureParser(signature, place).method_signature();
}

GenericType parse_field_signature(std::string_view signature, const InputPlace& place) {
  return SignatureParser(signature, place).field_signature();
}

}  // namespace preflight
