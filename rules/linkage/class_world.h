#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "api/api_index.h"
#include "application/application_jar.h"
#include "application/linked_class.h"
#include "classfile/access_flags.h"
#include "compatibility_table.h"
#include "input/text_hash.h"
#include "linkage/class_names.h"

namespace preflight {

/// What the JVM finds when the application's class loader is asked for a class.
struct KnownClass {
  enum class Source : std::uint8_t {
    application,  ///< The JAR's own.
    runtime,      ///< On Flink's class path.
    java,         ///< The JDK's.
    gone,         ///< This Flink release does not have it; another one does.
    not_packed,   ///< This Flink release has it, in an artifact that is neither on its class path nor in the JAR.
    unknown,      ///< Neither the JAR nor the index says anything of it.
  };
  Source source = Source::unknown;
  std::string name;
  std::uint16_t access_flags = 0;
  std::string_view super_class;  ///< Empty for java.lang.Object.
  std::vector<std::string_view> interfaces;
  const LinkedClass* linked = nullptr;  ///< Of the JAR's own, where it was read in full.
  const ApiClass* api = nullptr;        ///< Set where the index has the class in any release.
  const ApiClassForm* form = nullptr;   ///< Of runtime, java and not_packed.
  std::uint16_t ordinal = 0;            ///< The release of `form`.

  bool loads() const { return source == Source::application || of_index(); }
  bool of_index() const { return source == Source::runtime || source == Source::java; }
  bool is_interface() const { return (access_flags & kAccInterface) != 0; }
  std::string_view package() const;
};

/// A field or method that a class declares itself.
struct KnownMember {
  const KnownClass* declared_in = nullptr;
  std::string_view name;
  std::string_view descriptor;
  std::uint16_t access_flags = 0;
  const ApiMember* api = nullptr;  ///< Where the class is the index's.

  bool has(std::uint16_t flag) const { return (access_flags & flag) != 0; }
};

/// All that stands above a class.
struct Hierarchy {
  enum class Extent : std::uint8_t {
    complete,
    leaves_known,  ///< A super type, or what it declares, is not known.
    broken,        ///< A super type is missing, so that the class cannot be loaded at all.
  };
  std::vector<const KnownClass*> superclasses;     ///< Nearest first, without the class itself.
  std::vector<const KnownClass*> superinterfaces;  ///< Each once; nearest first.
  Extent extent = Extent::complete;
};

/// The inputs that every world looks into. What they refer to must outlive it.
struct WorldInputs {
  const ApplicationJar* application = nullptr;
  const ApiIndex* api = nullptr;
  const CompatibilityTable* table = nullptr;
  int java = 0;                                                  ///< Release of Java that runs the job.
  ClassNames names;                                              ///< Of the JAR's classes.
  std::unordered_map<std::uint32_t, const LinkedClass*> linked;  ///< Those that were read in full, by their index.

  WorldInputs(const ApplicationJar& jar, std::span<const LinkedClass> linked, const ApiIndex& index,
              const CompatibilityTable& facts, int java_release);

  /// The class of the JAR that this Java loads: of a multi-release JAR the newest that is not too new. nullptr where
  /// there is none.
  const ApplicationClass* jar_class(std::string_view name) const;
};

/// The classes that the application's code meets on one Flink release, by the order in which Flink's class loaders look
/// for them: the JAR's own go first, but for what is loaded parent-first
/// (CoreOptions.ALWAYS_PARENT_FIRST_LOADER_PATTERNS, above all org.apache.flink.), where those on Flink's class path
/// do.
class ClassWorld {
 public:
  enum class Purpose {
    target,   ///< What will really be found.
    history,  ///< Whether a release has a class at all, on its class path or not.
  };
  /// `flink` is the ordinal of a release of the line "flink".
  ClassWorld(const WorldInputs& inputs, std::uint16_t flink, Purpose purpose);

  const KnownClass& find(std::string_view name);
  const Hierarchy& hierarchy(const KnownClass& of);
  std::uint16_t ordinal() const { return flink_; }

 private:
  KnownClass look_up(std::string_view name) const;
  bool take_from_index(KnownClass& known, const ApiClassForm& form, KnownClass::Source source,
                       std::uint16_t ordinal) const;
  bool take_from_jar(KnownClass& known) const;
  Hierarchy build_hierarchy(const KnownClass& of);

  const WorldInputs& inputs_;
  std::uint16_t flink_;
  std::optional<std::uint16_t> java_;
  Purpose purpose_;
  FlinkVersion version_;
  std::unordered_map<std::string_view, std::unique_ptr<KnownClass>, TextHash> classes_;  ///< By KnownClass::name.
  std::unordered_map<const KnownClass*, std::unique_ptr<Hierarchy>> hierarchies_;
};

/// The member that the class itself declares; nothing where it declares none, or where that is not known.
std::optional<KnownMember> declared_member(const KnownClass& of, ApiMember::Kind kind, std::string_view name,
                                           std::string_view descriptor);
/// All methods that the class itself declares.
std::vector<KnownMember> declared_methods(const KnownClass& of);

/// Same package and same class loader (JVMS 5.3): a package of the JAR and one of Flink are never the same, whatever
/// their names.
bool same_runtime_package(const KnownClass& a, const KnownClass& b);

}  // namespace preflight
