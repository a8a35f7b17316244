#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "api/api_index.h"
#include "application/application_jar.h"
#include "application/linked_class.h"
#include "class_origins.h"
#include "compatibility_table.h"
#include "flink_version.h"

namespace preflight {

/// What the JVM would find wrong with a symbol (JVMS 5.4.3, 5.3.5, 5.4.5), and with which error.
enum class LinkageFault {
  class_gone,           ///< NoClassDefFoundError
  class_not_packed,     ///< Flink has the class, but neither in its distribution nor in the JAR: NoClassDefFoundError
  field_gone,           ///< NoSuchFieldError
  method_gone,          ///< NoSuchMethodError
  not_accessible,       ///< IllegalAccessError
  became_static,        ///< IncompatibleClassChangeError
  became_instance,      ///< IncompatibleClassChangeError
  became_interface,     ///< IncompatibleClassChangeError
  became_class,         ///< IncompatibleClassChangeError
  became_abstract,      ///< InstantiationError
  extends_final_class,  ///< IncompatibleClassChangeError (VerifyError before Java 16)
  overrides_final_method,  ///< IncompatibleClassChangeError (VerifyError before Java 16)
  method_not_implemented,  ///< AbstractMethodError when it is called
  override_never_called,   ///< No error: the method that Flink used to call is gone, and nothing calls the override.
};

/// A place in the application where a symbol is used.
struct CallSite {
  std::uint32_t class_index = 0;  ///< Into ApplicationJar::classes
  std::string method;             ///< Empty where the class as such is at fault.
  std::string source_file;
  int line = 0;
};

/// One symbol that does not link against the target, with all places that use it.
struct LinkageProblem {
  LinkageFault fault = LinkageFault::class_gone;
  std::string owner;        ///< Binary name of the class as it is written at the call sites.
  std::string declared_in;  ///< Class that declared the member when there was one; equals owner for most.
  std::string name;         ///< Empty for a class.
  std::string descriptor;
  std::string last_release;   ///< Newest release before the target that still had it: "1.20.5"; empty where none had.
  std::string gone_since;     ///< The release after it: "2.0.0"
  std::string first_release;  ///< Where none before the target had it, the oldest after it that has.
  std::string module;         ///< Artifact that had it: "flink-streaming-java"; empty where the index does not say.
  /// What the target has in its place, where that is one thing: the same name with another descriptor, for example.
  std::vector<std::string> alternatives;
  std::vector<CallSite> sites;  ///< In the order of the application's classes.
};

/// A symbol that the team's own code uses, and that links but that Flink has marked.
struct MarkedUse {
  std::string owner, name, descriptor;
  ApiStability stability = ApiStability::unmarked;
  bool deprecated = false;
  std::string gone_in;  ///< First release after the target that lacks it, where the index knows one.
  std::vector<CallSite> sites;
};

/// A symbol that the team's own code uses, and of which nobody can say whether it links.
struct UndeterminedUse {
  std::string symbol;  ///< As reports name it.
  std::string reason;
};

struct Linkage {
  std::string checked_against;  ///< The release of the index: "2.2.1"; empty where it has none of the target's minor.
  std::uint64_t uses = 0;       ///< Uses of Flink's symbols that were resolved.
  std::uint64_t classes = 0;    ///< Classes of the application that hold them.
  std::vector<LinkageProblem> problems;       ///< Sorted by owner, name, descriptor, fault.
  std::vector<MarkedUse> marked;              ///< Sorted by owner, name, descriptor.
  std::vector<UndeterminedUse> undetermined;  ///< Sorted, each symbol once.
};

/// What the linkage is judged by. `classes` are those that classes_to_link names, read in full.
struct LinkageInputs {
  const ApplicationJar& application;
  std::span<const LinkedClass> classes;
  const ClassOrigins& origins;
  const ApiIndex& api;
  const CompatibilityTable& table;
  FlinkVersion target;
  std::optional<SourceRelease> from;  ///< Which overrides Flink calls today.
  int java = 0;                       ///< The release of Java that will run the job.
};

/// Links every use of Flink's classes, methods and fields against the target, as the JVM would (JVMS 5.3 to 5.4). Code
/// that catches the linkage error is not held against the application: it was written to do without the symbol.
Linkage check_linkage(const LinkageInputs& inputs);

/// The classes of the JAR that linkage depends on, ascending: all of the team's own; those that refer to a class of
/// Flink, or stand on one, or refer to one that does (javac names the application's class where a method is inherited
/// from Flink's); and whatever stands above any of them.
std::vector<std::uint32_t> classes_to_link(const ApplicationJar& application, const ApiIndex& api,
                                           const ClassOrigins& origins);

}  // namespace preflight
