#include "job/job_value.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "classfile/descriptor.h"

namespace preflight {
namespace {

constexpr std::array<const char*, 20> kReasons = {"config",
                                                  "program-argument",
                                                  "reflection",
                                                  "recursive",
                                                  "dispatch",
                                                  "library-internal",
                                                  "loop",
                                                  "mutable-static",
                                                  "nondeterministic",
                                                  "budget",
                                                  "branches",
                                                  "parameter",
                                                  "unsupported-bytecode",
                                                  "unsupported-compiler",
                                                  "generic-erased",
                                                  "type-variable",
                                                  "class-not-in-jar",
                                                  "table-api",
                                                  "custom-operator",
                                                  "missing-code"};
static_assert(static_cast<std::size_t>(UnknownReason::missing_code) + 1 == kReasons.size());

std::string simple_text(const std::string& text) {
  return fmt::format("\"{}\"", text);
}

/// Values may be large trees, and refer to each other without end (a builder that is its own argument): the text is
/// cut.
constexpr int kDeepestText = 6;
constexpr std::size_t kMostTextParts = 12;

std::string text_at(const Value& value, int depth);

std::string texts_of(const std::vector<const Value*>& values, const char* separator, int depth) {
  std::string text;
  // Fewer at each depth, so that all together stay few.
  const std::size_t most = kMostTextParts >> static_cast<unsigned>(depth);
  for (std::size_t i = 0; i < values.size(); ++i) {
    text += i == 0 ? "" : separator;
    if (i == most)
      return text + "...";
    text += text_at(*values[i], depth + 1);
  }
  return text;
}

std::string reason_text(const UnknownValue& unknown, int depth);

struct TextOf {
  int depth;

  std::string operator()(const UnknownValue& unknown) const {
    std::string text = "unknown(" + reason_text(unknown, depth) + ")";
    return unknown.pattern.empty() ? text : text + " like " + simple_text(unknown.pattern);
  }
  std::string operator()(const NullValue&) const { return "null"; }
  std::string operator()(const IntegerValue& integer) const {
    if (integer.type == 'Z')
      return integer.value != 0 ? "true" : "false";
    return fmt::format("{}{}", integer.value, integer.type == 'J' ? "L" : "");
  }
  std::string operator()(const FloatingValue& floating) const { return fmt::format("{}", floating.value); }
  std::string operator()(const TextValue& text) const { return simple_text(text.text); }
  std::string operator()(const ClassValue& of) const { return of.name() + ".class"; }
  std::string operator()(const ObjectValue& object) const {
    return fmt::format("new {}({})", object.class_name, texts_of(object.constructor.arguments, ", ", depth));
  }
  std::string operator()(const ArrayValue& array) const { return array.component + "[]"; }
  std::string operator()(const LambdaValue& lambda) const {
    return fmt::format("{}::{} as {}({})", lambda.target.owner, lambda.target.name, lambda.interface,
                       texts_of(lambda.captured, ", ", depth));
  }
  std::string operator()(const ChoiceValue& choice) const { return "{" + texts_of(choice.values, " | ", depth) + "}"; }
  std::string operator()(const CallValue& call) const {
    const std::string receiver = call.receiver == nullptr ? call.owner : text_at(*call.receiver, depth + 1);
    return fmt::format("{}.{}({})", receiver, call.name, texts_of(call.arguments, ", ", depth));
  }
  std::string operator()(const LibraryFieldValue& field) const { return field.owner + "." + field.name; }
  std::string operator()(const ModelledValue& modelled) const { return modelled.payload->text(); }
  std::string operator()(const SequenceValue& sequence) const {
    return "[" + texts_of(sequence.values, ", ", depth) + "]";
  }
};

std::string text_at(const Value& value, int depth) {
  return depth > kDeepestText ? std::string("...") : std::visit(TextOf{depth}, value.content());
}

std::string reason_text(const UnknownValue& unknown, int depth) {
  const std::string name = kReasons.at(static_cast<std::size_t>(unknown.reason));
  if (unknown.reason == UnknownReason::config)
    return fmt::format("{}({}{})", name, unknown.key,
                       unknown.fallback == nullptr ? std::string{} : ", " + text_at(*unknown.fallback, depth + 1));
  return unknown.detail.empty() ? name : fmt::format("{}({})", name, unknown.detail);
}

/// Equality of constants, where both have content of one kind; identity decides about all others.
struct SameContent {
  bool operator()(const NullValue&, const NullValue&) const { return true; }
  bool operator()(const IntegerValue& a, const IntegerValue& b) const {
    return a.value == b.value && (a.type == 'J') == (b.type == 'J');
  }
  bool operator()(const FloatingValue& a, const FloatingValue& b) const {
    return a.value == b.value && a.type == b.type;
  }
  bool operator()(const TextValue& a, const TextValue& b) const { return a.text == b.text; }
  bool operator()(const ClassValue& a, const ClassValue& b) const { return a.descriptor == b.descriptor; }
  bool operator()(const LibraryFieldValue& a, const LibraryFieldValue& b) const {
    return a.owner == b.owner && a.name == b.name;
  }
  bool operator()(const ChoiceValue& a, const ChoiceValue& b) const {
    return a.values.size() == b.values.size() && std::ranges::all_of(a.values, [&](const Value* value) {
             return std::ranges::any_of(b.values, [&](const Value* other) { return same_value(*value, *other); });
           });
  }
  template <class A, class B>
  bool operator()(const A&, const B&) const {
    return false;
  }
};

/// Bytes that a value takes beside itself, about.
struct SizeOf {
  std::size_t operator()(const TextValue& text) const { return text.text.size(); }
  std::size_t operator()(const UnknownValue& unknown) const { return unknown.detail.size() + unknown.pattern.size(); }
  std::size_t operator()(const SequenceValue& sequence) const { return sequence.values.size() * sizeof(Value*); }
  std::size_t operator()(const CallValue& call) const { return call.arguments.size() * sizeof(Value*); }
  template <class Other>
  std::size_t operator()(const Other&) const {
    return 0;
  }
};

/// Whether a choice need not have both.
bool tell_the_same(const Value& a, const Value& b) {
  const auto* x = a.as<UnknownValue>();
  const auto* y = b.as<UnknownValue>();
  if (x == nullptr || y == nullptr)
    return same_value(a, b);
  return x->reason == y->reason && x->detail == y->detail && x->pattern == y->pattern && x->key == y->key &&
         x->fallback == y->fallback;
}

/// "Lcom/acme/A;" → com.acme.A
std::string class_in_descriptor(std::string_view descriptor) {
  std::string name(descriptor.substr(1, descriptor.size() - 2));
  std::ranges::replace(name, '/', '.');
  return name;
}

}  // namespace

std::string ClassValue::name() const {
  if (descriptor.size() > 2 && descriptor.front() == 'L')
    return class_in_descriptor(descriptor);
  if (descriptor.size() == 1)
    return std::string(primitive_name(descriptor.front()));
  std::string name = descriptor;
  std::ranges::replace(name, '/', '.');
  return name;
}

std::string to_text(const UnknownValue& unknown) {
  return reason_text(unknown, 0);
}
std::string to_text(const Value& value) {
  return text_at(value, 0);
}

bool same_value(const Value& a, const Value& b) {
  return &a == &b || std::visit(SameContent{}, a.content(), b.content());
}

std::vector<const Value*> alternatives(const Value* value) {
  if (value == nullptr)
    return {};
  const auto* choice = value->as<ChoiceValue>();
  return choice == nullptr ? std::vector{value} : choice->values;
}

ValueStore::ValueStore(std::size_t limit) : limit_(limit) {}

const Value* ValueStore::make(Value::Content content) {
  if (exhausted())
    return &budget_;
  bytes_ += std::visit(SizeOf{}, content);
  return &values_.emplace_back(std::move(content));
}

const Value* ValueStore::integer(std::int64_t value, char type) {
  return make(IntegerValue{value, type});
}
const Value* ValueStore::floating(double value, char type) {
  return make(FloatingValue{value, type});
}
const Value* ValueStore::text(std::string text) {
  return make(TextValue{std::move(text)});
}
const Value* ValueStore::class_literal(std::string descriptor) {
  return make(ClassValue{std::move(descriptor)});
}

const Value* ValueStore::unknown(UnknownReason reason, std::string type, std::string detail) {
  return make(UnknownValue{reason, std::move(detail), std::move(type), {}, {}, nullptr});
}

const Value* ValueStore::modelled(std::unique_ptr<ModelPayload> payload, std::string class_name) {
  return make(ModelledValue{take_id(), std::move(class_name), std::move(payload)});
}

const Value* ValueStore::call(CallValue call) {
  call.id = take_id();
  return make(std::move(call));
}

const Value* ValueStore::object(std::string class_name, CodePlace place) {
  return make(ObjectValue{take_id(), std::move(class_name), {}, {}, std::move(place)});
}

const Value* ValueStore::array(std::string component) {
  return make(ArrayValue{take_id(), std::move(component)});
}

const Value* ValueStore::either(const Value* a, const Value* b) {
  if (tell_the_same(*a, *b))
    return a;
  return one_of({a, b});
}

const Value* ValueStore::one_of(const std::vector<const Value*>& values) {
  ChoiceValue choice;
  const auto add = [&](const Value* value) {
    if (std::ranges::none_of(choice.values, [&](const Value* known) { return tell_the_same(*known, *value); }))
      choice.values.push_back(value);
  };
  for (const Value* value : values) {
    if (const auto* nested = value->as<ChoiceValue>())
      std::ranges::for_each(nested->values, add);
    else
      add(value);
  }
  if (choice.values.empty())
    return nullptr;
  if (choice.values.size() == 1)
    return choice.values.front();
  if (choice.values.size() > kLargestChoice)
    return unknown(UnknownReason::branches);
  return make(std::move(choice));
}

void ValueStore::set_constructor(const Value* object, Construction construction) {
  // Values are handed out const; only their store changes one, and only this way.
  if (auto* content = std::get_if<ObjectValue>(&const_cast<Value*>(object)->content_))
    content->constructor = std::move(construction);
}

void ValueStore::set_library_constructor(const Value* object, Construction construction) {
  if (auto* content = std::get_if<ObjectValue>(&const_cast<Value*>(object)->content_))
    content->library_constructor = std::move(construction);
}

}  // namespace preflight
