#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "job/code_place.h"

namespace preflight {

class Value;

// What the interpreter knows of a value of the running job. Class names are binary names, descriptors are as in class
// files (JVMS 4.3) in UTF-8.

/// Why a value is not known. The texts of to_text(UnknownValue) are printed to users as they are.
enum class UnknownReason {
  config,            ///< A setting: ParameterTool, Properties, environment. `key`, and `fallback` where there is one.
  program_argument,  ///< Of main(String[]).
  reflection,
  recursive,         ///< A method that calls itself.
  dispatch,          ///< One of several methods; `detail` has how many.
  library_internal,  ///< What a library does inside; `detail` has owner and name.
  loop,              ///< Changed by a loop whose turns are not known.
  mutable_static,
  nondeterministic,      ///< Clocks, random numbers, UUIDs.
  budget,                ///< A limit of the interpreter was reached.
  branches,              ///< More than kLargestChoice values, by the paths that lead here.
  parameter,             ///< Of a method that is looked at by itself.
  unsupported_bytecode,  ///< Bytecode that does not verify, or that this interpreter does not follow.
  unsupported_compiler,
  generic_erased,
  type_variable,     ///< `detail` has which.
  class_not_in_jar,  ///< `detail` has which.
  table_api,
  custom_operator,  ///< `detail` has its class.
  missing_code,     ///< Abstract or native, with no implementation in the JAR.
};

struct UnknownValue {
  UnknownReason reason = UnknownReason::library_internal;
  std::string detail;
  std::string type;                 ///< Descriptor of what the code takes it for; empty where nothing tells.
  std::string pattern;              ///< Of a text that is known in part: "enrich-{}"; else empty.
  std::string key;                  ///< Of config.
  const Value* fallback = nullptr;  ///< Of config: what holds where the key is not set.
};

struct NullValue {};

struct IntegerValue {
  std::int64_t value = 0;
  char type = 'I';  ///< I and J, and for boxed ones Z B C S: a boolean is an int until something tells.
};

struct FloatingValue {
  double value = 0;
  char type = 'D';  ///< F or D
};

struct TextValue {
  std::string text;
};

/// A java.lang.Class.
struct ClassValue {
  std::string descriptor;  ///< "I" of int.class, "[Lcom/acme/A;" of A[].class, "Lcom/acme/A;" of A.class.

  /// com.acme.A for a class, else the descriptor's text as Class.getName has it: "int", "[Lcom.acme.A;".
  std::string name() const;
};

/// A constructor that was run on an object.
struct Construction {
  std::string owner;  ///< Empty where none was.
  std::string descriptor;
  std::vector<const Value*> arguments;
};

/// What `new` made: of a class of the application or of a library. Its fields are in the interpreter's heap
/// (Interpreter::field).
struct ObjectValue {
  std::uint32_t id = 0;  ///< Identity, unique in an interpreter.
  std::string class_name;
  Construction constructor;
  /// Of an own class with a super class that is none: the library's constructor that was called by super(...), where it
  /// is not that of java.lang.Object.
  Construction library_constructor;
  CodePlace place;
};

/// Its elements are in the heap (Interpreter::elements).
struct ArrayValue {
  std::uint32_t id = 0;
  std::string component;  ///< Descriptor of the elements.
};

/// A method that a lambda or method reference leads to (JVMS table 5.4.3.5-A).
struct MethodHandleValue {
  std::uint8_t kind = 0;  ///< reference_kind: 5 virtual, 6 static, 7 special, 8 constructor, 9 interface
  std::string owner;
  std::string name;
  std::string descriptor;
};

/// A lambda or method reference. Captured values come before the interface's parameters in the arguments of the target,
/// the first as the receiver where the target is no static method.
struct LambdaValue {
  std::string interface;
  std::string method;       ///< The interface's one method ...
  std::string descriptor;   ///< ... erased, ...
  std::string specialized;  ///< ... and with the type arguments of this use in place: (Ljava/lang/String;)J
  MethodHandleValue target;
  std::vector<const Value*> captured;
  CodePlace place;
};

/// One of these, by the path that was taken. Each differs from the others; none is a choice itself.
struct ChoiceValue {
  std::vector<const Value*> values;
};
inline constexpr std::size_t kLargestChoice = 8;

/// What a call of a library gave that no model knows: kept as it was made, so that a chain of builder calls can be read
/// back from its end.
struct CallValue {
  std::uint32_t id = 0;  ///< Identity of the result, unique in an interpreter.
  std::string owner;
  std::string name;
  std::string descriptor;
  const Value* receiver = nullptr;  ///< nullptr of a static method.
  std::vector<const Value*> arguments;
  CodePlace place;
};

/// A static field of a library that no model knows.
struct LibraryFieldValue {
  std::string owner;
  std::string name;
  std::string descriptor;
};

/// What a LibraryModel derives from to keep its own kinds of values (a stream, a type information).
struct ModelPayload {
  ModelPayload() = default;
  ModelPayload(const ModelPayload&) = delete;
  ModelPayload& operator=(const ModelPayload&) = delete;
  virtual ~ModelPayload() = default;
  /// For tests and messages.
  virtual std::string text() const = 0;
};

struct ModelledValue {
  std::uint32_t id = 0;
  std::string class_name;  ///< That the job sees; empty where the model does not say. instanceof looks at it.
  std::unique_ptr<ModelPayload> payload;
};

/// The content of a collection or array, in the interpreter's heap: never on the operand stack, never handed to a
/// model.
struct SequenceValue {
  std::vector<const Value*> values;
};

class Value {
 public:
  using Content =
      std::variant<UnknownValue, NullValue, IntegerValue, FloatingValue, TextValue, ClassValue, ObjectValue, ArrayValue,
                   LambdaValue, ChoiceValue, CallValue, LibraryFieldValue, ModelledValue, SequenceValue>;

  explicit Value(Content content) : content_(std::move(content)) {}

  template <class T>
  const T* as() const {
    return std::get_if<T>(&content_);
  }
  template <class T>
  bool is() const {
    return std::holds_alternative<T>(content_);
  }
  const Content& content() const { return content_; }

  /// The payload of a ModelledValue where it is a P; else nullptr.
  template <class P>
  const P* payload() const {
    const auto* modelled = as<ModelledValue>();
    return modelled == nullptr ? nullptr : dynamic_cast<const P*>(modelled->payload.get());
  }

 private:
  friend class ValueStore;
  Content content_;
};

std::string to_text(const UnknownValue& unknown);
/// One line for tests and messages: 7, "text", com.acme.A.class, new com.acme.A("x"), {"a" | "b"}, unknown(loop).
std::string to_text(const Value& value);
/// Same value as far as is known: equal constants, or the same identity. Two unknowns are the same only where they are
/// one.
bool same_value(const Value& a, const Value& b);

/// All that a value can be: itself, or the values of a choice. Nothing of nullptr.
std::vector<const Value*> alternatives(const Value* value);

/// Owns the values of one interpreter, which live as long as it does. Past `limit` values, or
/// 128 MiB of texts and contents of collections, every new one is unknown(budget), so that memory is bounded.
class ValueStore {
 public:
  explicit ValueStore(std::size_t limit);

  const Value* make(Value::Content content);
  const Value* null() const { return &null_; }
  const Value* integer(std::int64_t value, char type = 'I');
  const Value* floating(double value, char type = 'D');
  const Value* text(std::string text);
  /// By descriptor: "Lcom/acme/A;".
  const Value* class_literal(std::string descriptor);
  const Value* unknown(UnknownReason reason, std::string type = {}, std::string detail = {});
  const Value* modelled(std::unique_ptr<ModelPayload> payload, std::string class_name = {});
  const Value* call(CallValue call);
  const Value* object(std::string class_name, CodePlace place);
  const Value* array(std::string component);
  /// `a` where both are the same, else the choice of what both can be; unknown(branches) past kLargestChoice.
  const Value* either(const Value* a, const Value* b);
  /// Of none nullptr.
  const Value* one_of(const std::vector<const Value*>& values);

  /// What the constructor of an object was given.
  void set_constructor(const Value* object, Construction construction);
  void set_library_constructor(const Value* object, Construction construction);

  bool exhausted() const { return values_.size() >= limit_ || bytes_ >= kMostBytes; }
  std::size_t size() const { return values_.size(); }
  /// The next identity; those handed out before are smaller.
  std::uint32_t next_id() const { return next_id_; }
  std::uint32_t take_id() { return next_id_++; }

 private:
  static constexpr std::size_t kMostBytes = std::size_t{128} << 20U;

  std::size_t limit_;
  std::size_t bytes_ = 0;
  std::deque<Value> values_;
  Value null_{NullValue{}};
  Value budget_{UnknownValue{UnknownReason::budget, {}, {}, {}, {}, nullptr}};
  std::uint32_t next_id_ = 1;
};

}  // namespace preflight
