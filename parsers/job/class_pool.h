#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "application/application_jar.h"
#include "classfile/access_flags.h"
#include "classfile/attributes.h"
#include "classfile/class_view.h"
#include "classfile/signature.h"
#include "input/input_error.h"

namespace preflight {

class MethodCode;

/// A class of the application's archive that has been read in full. It stays where it is as long as its pool lives.
struct LoadedClass {
  std::string name;         ///< Binary name, as are the next two.
  std::string super_class;  ///< Empty for java.lang.Object.
  std::vector<std::string> interfaces;
  InputPlace place;
  std::vector<std::byte> bytes;  ///< The class file, which `view` looks into.
  ClassView view;
  ClassAttributes attributes;

  /// nullptr where the class itself declares no such method. Name and descriptor are modified UTF-8, as in `view`.
  const MethodView* method(std::string_view method_name, std::string_view descriptor) const;
  const FieldView* field(std::string_view field_name) const;
  bool is_interface() const { return (view.access_flags & kAccInterface) != 0; }
  bool is_abstract() const { return (view.access_flags & kAccAbstract) != 0; }
  bool is_enum() const { return (view.access_flags & kAccEnum) != 0; }
};

/// A method, and the class that declares it.
struct FoundMethod {
  const LoadedClass* owner = nullptr;
  const MethodView* method = nullptr;

  explicit operator bool() const { return method != nullptr; }
  bool is_static() const { return (method->access_flags & kAccStatic) != 0; }
  bool is_abstract() const { return method->code.empty(); }
};

/// The classes of one application as one Java release loads them, each inflated and parsed on first demand. All names
/// are binary names unless said otherwise. Not for several threads at once.
class ClassPool {
 public:
  struct Options {
    int java_release = 17;
    /// The package of this class counts as the application's own even where its name says otherwise.
    std::string entry_class = {};
    /// Bytes of class files kept; a class beyond them is as one that cannot be read.
    std::uint64_t bytes = std::uint64_t{256} << 20;
  };

  /// `application` must outlive the pool. One that was read from no archive has no class that can be read.
  ClassPool(const ApplicationJar& application, Options options);
  ~ClassPool();
  ClassPool(const ClassPool&) = delete;
  ClassPool& operator=(const ClassPool&) = delete;

  const ApplicationJar& application() const { return application_; }

  /// nullptr for a class that is not in the JAR or cannot be read.
  const LoadedClass* find(const std::string& name);
  /// Why a class of the JAR could not be read; empty for every other class.
  std::string unread_because(const std::string& name) const;
  /// Whether the class is in the JAR, and is not part of a library that was packed into it (Flink, Kafka, Jackson, the
  /// Scala and Kotlin runtimes ...), by its package. Only such classes are interpreted.
  bool is_own(const std::string& name);

  /// Whether `ancestor` is `name` itself or one of its super classes and interfaces, as far as the JAR tells: the first
  /// class of each line that is not in the JAR still counts.
  bool is_subtype(const std::string& name, const std::string& ancestor);
  /// The super class and interfaces of `name` that are not the application's own, nearest first; java.lang.Object last.
  std::vector<std::string> library_ancestors(const std::string& name);
  /// The interfaces of `name` that are the application's own, nearest first.
  std::vector<std::string> own_interfaces(const std::string& name);
  /// Classes of the JAR, `name` itself left out, that are its subtypes; sorted. Abstract ones and interfaces included.
  const std::vector<std::string>& known_subtypes(const std::string& name);
  /// Of `name` and its known subtypes those that can have instances (not abstract, no interfaces); sorted.
  std::vector<std::string> known_implementors(const std::string& name);

  /// The method that a call on an object of class `name` runs (JVMS 5.4.3.3 and 5.4.6 for well-formed code): declared
  /// by the class, by a super class, or a default method of an interface. Only within the application's own classes;
  /// empty where resolution leaves them. Abstract methods are found only where nothing implements them.
  FoundMethod find_method(const std::string& name, std::string_view method_name, std::string_view descriptor);
  /// The class that declares a field, as getfield and getstatic resolve it (JVMS 5.4.3.2); nullptr outside the JAR.
  const LoadedClass* find_field_owner(const std::string& name, std::string_view field_name);

  /// The generic super class and interfaces: of the Signature attribute, else of the class file. Cached.
  const ClassSignature& generic_signature(const LoadedClass& of);
  /// The same of a method: of its Signature attribute, else of its descriptor. Throws InputError as signature.h does.
  MethodSignature method_signature(const LoadedClass& of, const MethodView& method);

  /// Decoded instructions, blocks, loops and lines of a method with code. Cached. nullptr where the bytecode is none
  /// that a JVM would verify.
  const MethodCode* code_of(const FoundMethod& method);

 private:
  class Archive;
  struct Entry;

  Entry& entry_of(const std::string& name);
  std::unique_ptr<LoadedClass> load(const ApplicationClass& of);
  /// Calls `visit` with the name and each ancestor, nearest first, until it returns true; returns whether it did.
  bool visit_ancestors(const std::string& name, const std::function<bool(const std::string&)>& visit);
  void index_subtypes();

  const ApplicationJar& application_;
  Options options_;
  std::string own_package_;
  std::unique_ptr<Archive> archive_;
  std::map<std::string, std::unique_ptr<Entry>, std::less<>> entries_;
  std::uint64_t bytes_kept_ = 0;
  std::optional<std::map<std::string, std::vector<std::string>, std::less<>>> direct_subtypes_;
  std::map<std::string, std::vector<std::string>, std::less<>> subtypes_;
};

}  // namespace preflight
