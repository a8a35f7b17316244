#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "job/class_pool.h"
#include "job/heap.h"
#include "job/interpreter.h"
#include "job/job_value.h"
#include "job/method_code.h"

namespace preflight {

/// Thrown for bytecode that no JVM would verify, or that is not followed. Ends the run of the one method.
struct Unverified {};

/// Thrown where a limit is reached; ends the run of the one method. Machine::exhausted says which.
struct OutOfBudget {};

/// A method descriptor (JVMS 4.3.3), cut.
struct MethodType {
  std::vector<std::string> parameters;
  std::string result;  ///< V of void.

  bool is_void() const { return result == "V"; }
};
/// Throws Unverified.
MethodType method_type(std::string_view descriptor);
inline bool is_wide_type(std::string_view descriptor) {
  return descriptor == "J" || descriptor == "D";
}
/// [I and Ljava/lang/String; of a name that is an array's or a class's, as constant pools have it.
std::string descriptor_of_class(std::string_view internal_name);
/// com.acme.A of Lcom/acme/A; — empty of a primitive type or array.
std::string class_of_descriptor(std::string_view descriptor);

/// A method that is being run.
struct Activation {
  FoundMethod method;
  const MethodCode* code = nullptr;
  const Instruction* at = nullptr;
  bool conditional = false;  ///< The path it is on is not the only one.
  int open_loops = 0;        ///< Loops around that path whose turns are not known.
};

/// Slots of the heap that no field of Java can have.
inline constexpr std::string_view kElements = "#elements";  ///< A sequence: of arrays, lists, sets.
inline constexpr std::string_view kEntries = "#entries";    ///< A sequence of key, value, key, value.
inline constexpr std::string_view kBuilt = "#text";         ///< Of a StringBuilder.
inline constexpr std::string_view kWrapped = "#value";      ///< Of an Optional and its kin; null where it is empty.
inline constexpr std::string_view kPosition = "#position";  ///< Of an iterator over its own #elements.
inline constexpr std::string_view kCalls = "#calls";        ///< A sequence of CallValues.

/// The parts that running code works on. Interpreter is its face to the models.
struct Machine {
  Machine(Interpreter& face_of_it, ClassPool& class_pool, LibraryModel& library_model,
          const InterpreterLimits& its_limits)
      : face(face_of_it), pool(class_pool), model(library_model), limits(its_limits), values(its_limits.values) {}

  Interpreter& face;
  ClassPool& pool;
  LibraryModel& model;
  InterpreterLimits limits;
  ValueStore values;
  Heap heap;  ///< Of the path that is being run.
  std::vector<Activation> activations;
  int conditional_marks = 0;
  int repeated_marks = 0;
  std::uint64_t instructions = 0;
  std::uint64_t effects = 0;  ///< Calls that the model took.
  std::string exhausted;
  std::map<std::string, std::uint32_t, std::less<>> class_ids;  ///< Heap identity of a class: where its statics are.

  bool out_of_instructions() const { return instructions >= limits.instructions; }
  /// Says which limit was reached, the first time.
  void note_exhausted();
  CodePlace place() const;
  bool conditional() const;
  bool repeated() const;
  const Value* unknown(UnknownReason reason, std::string type = {}, std::string detail = {}) {
    return values.unknown(reason, std::move(type), std::move(detail));
  }
  /// 0, 0L, 0.0 or null: what a field has before it is set.
  const Value* default_of(std::string_view descriptor);
  /// Elements of an array or another object of that content; nullptr where they are not known.
  const SequenceValue* sequence(const Value* of, std::string_view slot) const;
  void set_sequence(const Value* of, std::string_view slot, std::vector<const Value*> values_of_it);
  const Value* new_array(std::string component, std::vector<const Value*> elements);
};

/// Identity of what has one (objects, arrays, results of calls); 0 of all others.
std::uint32_t identity(const Value& value);

// Fields (fields.cpp).

/// The heap's name of a field: its declaring class, so that a field of the same name in a sub class is another one.
std::string slot_of_field(const std::string& declaring_class, std::string_view field);
/// `owner` as the instruction names it. Asks the model for a library's.
const Value* get_static(Machine& machine, const std::string& owner, const std::string& name,
                        const std::string& descriptor);
void put_static(Machine& machine, const std::string& owner, const std::string& name, const Value* value);
const Value* get_field(Machine& machine, const Value* object, const std::string& owner, const std::string& name,
                       const std::string& descriptor);
void put_field(Machine& machine, const Value* object, const std::string& owner, const std::string& name,
               const Value* value);
/// Runs <clinit> of an own class, and of its super classes before, the first time.
void initialize_class(Machine& machine, const std::string& name);
/// A new object of the class, its fields as before any constructor.
const Value* allocate(Machine& machine, const std::string& class_name);

// Java's own classes (java_*.cpp).

/// The descriptor of the primitive type that a class boxes (java.lang.Integer: I); empty for any other.
std::string primitive_of_box(const std::string& class_name);
/// What an object of java.util or a StringBuilder holds before anything was put in.
void prepare_library_object(Machine& machine, const Value* object);

// Calls (calls.cpp). Each result is nothing where the called code ends in a throw on every path; null of a void method.

struct MethodCall {
  enum class Kind { of_static, of_special, of_virtual };
  Kind kind = Kind::of_virtual;
  std::string owner;  ///< Binary name, as the instruction names it; a descriptor for an array's.
  std::string name;
  std::string descriptor;
  const Value* receiver = nullptr;
  std::vector<const Value*> arguments;
};
std::optional<const Value*> call_method(Machine& machine, const MethodCall& call);
/// A call that leaves the application's code: the model, then Java's own classes, then a tree.
std::optional<const Value*> call_library(Machine& machine, const MethodCall& call);
std::optional<const Value*> call_function(Machine& machine, const Value* function,
                                          const std::vector<const Value*>& arguments);
/// Runs a method with code. `entry` marks a main method.
std::optional<const Value*> run_method(Machine& machine, const FoundMethod& method, const Value* receiver,
                                       const std::vector<const Value*>& arguments, bool entry = false);

}  // namespace preflight
