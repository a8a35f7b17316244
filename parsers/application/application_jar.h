#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "application/python_application.h"
#include "application/uid_calls.h"
#include "application/unread_entry.h"
#include "archive/jar.h"
#include "archive/manifest.h"
#include "input/text_store.h"
#include "maven/coordinates.h"

namespace preflight {

/// A library bundled into the JAR, known by META-INF/maven/<group>/<artifact>/pom.properties; a nested JAR without one,
/// as Flink's own are, by its manifest (Implementation-Vendor-Id and Implementation-Version) together with its file
/// name. Classes of Flink's JARs that were shaded into the application carry no such mark.
struct BundledLibrary {
  Coordinates coordinates;
  std::string entry;  ///< The pom.properties, or the nested JAR.

  auto operator<=>(const BundledLibrary&) const = default;
};

/// A class of the application JAR. Names are binary names; that of a module descriptor is module-info. All texts are
/// views, good as long as an ApplicationJar that has the class.
struct ApplicationClass {
  std::string_view name;
  std::string_view super_class;
  std::vector<std::string_view> interfaces;
  std::string_view entry;  ///< The archive entry it came from, "lib/a.jar!a/B.class" when nested.
  std::uint16_t major_version = 0;
  int release = 0;        ///< The N of META-INF/versions/N in a multi-release JAR; 0 for the base.
  bool has_main = false;  ///< public static void main(String[])
  bool preview = false;   ///< Compiled with --enable-preview (JVMS 4.1): runs on the one Java release that it is for.
  std::uint32_t crc = 0;  ///< CRC-32 of the class file: two that have the same are copies of each other.

  /// A module descriptor: on the class path, where Flink has the JAR, no JVM loads it.
  bool is_module() const { return name == "module-info"; }
};

/// A class outside the JAR and outside the JDK that classes of the JAR refer to. Of the JDK is what stands in java.,
/// javax., jdk., sun. or com.sun.: some libraries do too (javax.annotation, javax.inject), and they are not told apart.
struct ExternalClass {
  std::string_view name;                 ///< Good as long as an ApplicationJar that has this.
  std::vector<std::uint32_t> referrers;  ///< Indices into ApplicationJar::classes, ascending.
};

/// A class that stands on the class path more than once. The JVM loads the first. Module descriptors do not count.
struct ShadowedClass {
  std::string name;
  std::string loaded;                 ///< Entry of the first.
  std::vector<std::string> shadowed;  ///< Entries of the others, in class-path order.
  bool copies = true;                 ///< All are the same to the byte, so that it does not matter which is loaded.
};

/// What an application JAR says without running it.
struct ApplicationJar {
  std::filesystem::path path;
  std::uint64_t file_bytes = 0;
  Manifest manifest;
  std::vector<BundledLibrary> libraries;        ///< Sorted by coordinates, then entry.
  std::vector<ApplicationClass> classes;        ///< Sorted by name, then release, then class-path order.
  std::vector<ExternalClass> external_classes;  ///< Sorted by name.
  /// Which classes of the JAR each class refers to, those of its own name left out: those of class i are
  /// `reference_targets` from `reference_starts[i]` to `reference_starts[i + 1]`, ascending indices into `classes`.
  /// Each is the class that find_class finds; a class that has no base release is no target.
  std::vector<std::uint32_t> reference_starts;
  std::vector<std::uint32_t> reference_targets;
  std::vector<UidCall> uid_calls;  ///< Of all classes of the JAR, sorted.
  /// Of all classes, sorted, unique: candidates for uids. Empty where they were left out.
  std::vector<std::string> string_constants;
  std::vector<std::string> nested_jars;        ///< Entry names of the JARs that are scanned, in class-path order.
  std::vector<std::string> duplicate_entries;  ///< The first of each is the one the JVM loads.
  std::vector<std::string> unsafe_names;       ///< Entries that would leave the folder they are unpacked to.
  std::vector<std::string> signature_files;    ///< META-INF/*.SF of the JAR itself: it is, or was, signed.
  std::optional<PythonApplication> python;     ///< Set where the archive is a PyFlink application.
  std::vector<UnreadEntry> unread;
  /// Still open, so that classes can be read once more (read_linked_classes) without listing it again, and from the
  /// same file even where another has taken its path. Not set in an application that was read from no archive.
  std::shared_ptr<const Jar> archive;
  std::shared_ptr<const TextStore> texts;  ///< Keeps, with `archive`, what the views of classes look at.

  std::span<const std::uint32_t> references_of(std::uint32_t class_index) const {
    return std::span(reference_targets)
        .subspan(reference_starts[class_index], reference_starts[class_index + 1] - reference_starts[class_index]);
  }
  /// The base-release class of that name; nullptr where the JAR has none.
  const ApplicationClass* find_class(std::string_view name) const;
  /// The class of that name that Java `java_release` loads: of the first JAR on the class path that has it, the version
  /// for the newest release that is not newer (java.util.jar.JarFile).
  const ApplicationClass* find_class(std::string_view name, int java_release) const;
  /// The nested JAR that the entry of a class is in; empty for one of the JAR itself.
  std::string_view nested_jar_of(std::string_view entry) const;
  /// Sorted by name.
  std::vector<ShadowedClass> shadowed_classes() const;
};

/// Whether string constants are gathered, which takes time and memory: they are of use only where there is something to
/// hold them against: the operator IDs of a savepoint, the property groups of a deployment.
enum class StringConstants : std::uint8_t { gathered, left_out };

/// Reads a JAR and the JARs nested in its lib/ folder (PackagedProgram#extractContainedLibraries; JARs inside those are
/// on no class path). Of a PyFlink application all JARs are read, wherever they stand in the archive. `path` may be "-"
/// for standard input. A JAR without a manifest has an empty one. Classes below META-INF/versions count only where
/// their JAR's manifest says Multi-Release: true, since no JVM loads them otherwise.
///
/// An entry that cannot be read becomes an `unread` entry. Throws InputError where the archive itself cannot be read,
/// and where anything is over a limit. Up to `jobs` threads read, 0 for as many as there are cores; the result does not
/// depend on how many.
ApplicationJar read_application_jar(const std::filesystem::path& path, const JarLimits& limits = {}, unsigned jobs = 0,
                                    StringConstants strings = StringConstants::gathered);

}  // namespace preflight
