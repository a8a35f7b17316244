#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "job/class_pool.h"
#include "job/code_place.h"
#include "job/job_value.h"
#include "job/language_call.h"

namespace preflight {

class Interpreter;
struct Machine;

/// A call that leaves the application's own code.
struct LibraryCall {
  /// Binary name of the class that the call names. For a call on an object of the application that resolves to an
  /// inherited method, the library class (or interface) it inherits from.
  std::string owner;
  std::string name;  ///< <init> of a constructor, also of one that an own class calls by super(...).
  std::string descriptor;
  /// nullptr of a static method. Of a constructor the object: its ObjectValue::constructor is set already. A receiver
  /// and an argument may be a choice: a call is told once, however many values it may be on.
  const Value* receiver = nullptr;
  std::vector<const Value*> arguments;
  bool conditional = false;  ///< On some paths only.
  bool repeated = false;     ///< In a loop whose turns are not known: once, or any number of times.
  CodePlace place;
};

/// Gives meaning to the classes that are not the application's own. Asked before the built-in model of Java's own
/// classes, and free to call the interpreter back.
class LibraryModel {
 public:
  virtual ~LibraryModel() = default;
  /// The value of a call; of a method without one (void, constructors) any value. Nothing where the model does not know
  /// the call: then the interpreter's own model of java.* is asked, and at last the result is a CallValue.
  virtual std::optional<const Value*> call(const LibraryCall& call, Interpreter& interpreter) = 0;
  /// The value of a static field. Nothing where the model does not know it: then it is a LibraryFieldValue.
  virtual std::optional<const Value*> static_field(const std::string& owner, const std::string& name,
                                                   const std::string& descriptor, Interpreter& interpreter) = 0;
  /// What a call that `call` does not know, or the read of a static field, is in Kotlin's or Scala's library; nullptr
  /// where it is none of them.
  virtual const LanguageCall* language_call(const LibraryCall& /*call*/) const { return nullptr; }
};

/// Bounds against endless and hostile code. What lies past one is unknown(budget).
struct InterpreterLimits {
  std::uint64_t instructions = 2'000'000;       ///< In all.
  std::uint64_t context_instructions = 50'000;  ///< Of one method run, without what it calls.
  std::size_t values = 1'000'000;
  std::size_t depth = 40;           ///< Methods within methods.
  std::size_t activations = 3;      ///< Of one method within itself.
  std::size_t unrolled_turns = 64;  ///< Of a loop whose turns are known.
  std::size_t implementors = 4;     ///< That a call on an unknown object is followed into.
  std::size_t elements = 1'024;     ///< Of a collection or array.
  std::size_t text_bytes = 65'536;  ///< Of one text.
};

/// Runs methods of an application on values that are known in part. Branches whose condition is not known are followed
/// both ways and joined where they meet; loops whose turns are not known are run once, with what they change unknown.
/// Exceptions are not followed: a path that throws ends, and whatever goes on has not thrown. Never throws for what a
/// class file says.
class Interpreter {
 public:
  /// `pool` and `model` must outlive the interpreter.
  Interpreter(ClassPool& pool, LibraryModel& model, const InterpreterLimits& limits = {});
  ~Interpreter();
  Interpreter(const Interpreter&) = delete;
  Interpreter& operator=(const Interpreter&) = delete;

  ClassPool& classes();
  ValueStore& values();

  // Running code. Each returns the method's value: null for void; an unknown with its reason where there is no code to
  // run. `receiver` is nullptr for a static method.

  /// public static void main(String[]) with unknown arguments. Of Scala's and Kotlin's forwarders what they lead to. An
  /// early return of main without effect (usage, help) does not make what follows it conditional.
  const Value* run_main(const std::string& class_name);
  /// Exactly this method of exactly this class, or what it inherits: no virtual dispatch.
  const Value* invoke(const std::string& class_name, std::string_view name, std::string_view descriptor,
                      const Value* receiver, const std::vector<const Value*>& arguments);
  /// The method that the receiver's class has under that name. An empty descriptor stands for the one that is no
  /// bridge and has as many parameters as there are arguments.
  const Value* invoke_virtual(const Value* receiver, std::string_view name, std::string_view descriptor,
                              const std::vector<const Value*>& arguments);
  /// What a lambda does, or the one abstract method of a functional interface that an object implements.
  const Value* call_functional(const Value* function, const std::vector<const Value*>& arguments);
  /// new C(arguments): the object, after its constructor.
  const Value* new_object(const std::string& class_name, std::string_view descriptor,
                          const std::vector<const Value*>& arguments);

  // Looking at values, as they are at this point of the run.

  /// A field of an object; of a choice the choice of theirs. nullptr for one that nobody has set.
  const Value* field(const Value* object, std::string_view name);
  /// A static field of the application's own, its class initialized first. nullptr where there is none.
  const Value* static_field(const std::string& class_name, std::string_view name);
  /// Elements of an array, or of a java.util list, set or queue, all of which are known in number. An element may be
  /// unknown.
  std::optional<std::vector<const Value*>> elements(const Value* sequence);
  /// Of a java.util map, java.util.Properties included.
  std::optional<std::vector<std::pair<const Value*, const Value*>>> entries(const Value* map);
  /// Calls without a model that were made on a library's object, be it made by `new` or by a call, in their order:
  /// b.setTopics("t") without use of the result. A call that may not have been made, or more than once, is among them.
  std::vector<const Value*> calls_on(const Value* object);

  // Where the run is.

  CodePlace place() const;
  bool conditional() const;
  bool repeated() const;
  /// Marks whatever runs while it lives.
  class Mark {
   public:
    Mark(Interpreter& interpreter, bool conditional, bool repeated);
    ~Mark();
    Mark(const Mark&) = delete;
    Mark& operator=(const Mark&) = delete;

   private:
    Machine& machine_;
    bool conditional_;
    bool repeated_;
  };

  /// Which limit ended something before it was done; empty where none did.
  std::string exhausted() const;
  std::uint64_t instructions_run() const;

 private:
  std::unique_ptr<Machine> machine_;
};

}  // namespace preflight
