#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "input/input_error.h"

namespace preflight {

/// What Flink promises of a class or member, by its annotations (org.apache.flink.annotation). A member without one of
/// its own has its class's promise.
enum class ApiStability : std::uint8_t { unmarked, public_api, public_evolving, experimental, internal };

/// One release that an index knows. Releases of one line stand together, oldest first; the place in that order is a
/// release's ordinal.
struct ApiRelease {
  std::string line;     ///< "flink"; a connector released apart: "flink-connector-kafka"; "java" for the JDK.
  std::string version;  ///< "1.20.1", "3.4.0-1.20", "17"

  auto operator<=>(const ApiRelease&) const = default;
};

/// Ordinals of releases of one line, both ends included.
struct ApiSpan {
  std::uint16_t first = 0;
  std::uint16_t last = 0;

  bool contains(std::uint16_t ordinal) const { return first <= ordinal && ordinal <= last; }
  auto operator<=>(const ApiSpan&) const = default;
};

/// A field or method as it was in a span of releases. Where its flags or promise changed, there is one for each form.
struct ApiMember {
  enum class Kind : std::uint8_t { field, method };
  Kind kind = Kind::method;
  std::string_view name;
  std::string_view descriptor;     ///< As in a class file: (Ljava/lang/String;)V
  std::uint16_t access_flags = 0;  ///< JVMS tables 4.5-A and 4.6-A. Private members are not in the index.
  ApiStability stability = ApiStability::unmarked;
  bool deprecated = false;
  ApiSpan span;
};

/// What a class was in a span of releases.
struct ApiClassForm {
  ApiSpan span;
  std::uint16_t access_flags = 0;  ///< JVMS table 4.1-B; of a nested class those of its InnerClasses entry.
  std::string_view super_class;    ///< Binary name; empty for java.lang.Object.
  std::vector<std::string_view> interfaces;
  std::string_view module;  ///< Artifact it was packed in, without Scala suffix: "flink-streaming-java".
  ApiStability stability = ApiStability::unmarked;
  bool deprecated = false;
};

/// The history of a class. Forms are in the order of their spans, which do not overlap; members by kind, name,
/// descriptor, span.
struct ApiClass {
  std::string_view name;  ///< Binary name: a.b.Outer$Inner
  std::vector<ApiClassForm> forms;
  std::vector<ApiMember> members;

  /// The form in that release; nullptr where the class was not there.
  const ApiClassForm* form(std::uint16_t ordinal) const;
  /// The member that the class itself declares in that release; nullptr where it declares none.
  const ApiMember* member(ApiMember::Kind kind, std::string_view name, std::string_view descriptor,
                          std::uint16_t ordinal) const;
};

/// Whether version `a` of a line comes before `b`: by their numbers from the left ("1.9.3", "1.10.0"; "3.4.0-1.19",
/// "3.4.0-1.20", "3.4.1-1.19"); a pre-release ("2.0.0-rc1", "2.0-SNAPSHOT") before its release.
bool is_older_version(std::string_view a, std::string_view b);

/// Classes and members of many releases, as `api build` wrote them. The file's format is described in api_format.h.
///
/// A package is decompressed when one of its classes is first asked for, so that a run pays for what its JAR refers to.
/// Not for use by several threads at once.
class ApiIndex {
 public:
  /// Reads the header and the list of packages; `bytes` must outlive the index. Throws InputError: not_this_format,
  /// unsupported (a newer format), truncated, corrupt.
  static ApiIndex read(std::span<const std::byte> bytes, const InputPlace& place);
  /// Keeps the bytes.
  static ApiIndex read(std::vector<std::byte> bytes, const InputPlace& place);
  /// Several indexes as one, merged package by package as it is asked for. A release that more than one has is taken
  /// from the last that has it. Lines are ordered by name, releases by version (is_older_version).
  static ApiIndex overlay(std::vector<ApiIndex> layers);

  ApiIndex(ApiIndex&&) noexcept;
  ApiIndex& operator=(ApiIndex&&) noexcept;
  ~ApiIndex();

  const std::vector<ApiRelease>& releases() const;
  /// Ordinals of a line's releases; nullopt for a line the index does not have.
  std::optional<ApiSpan> line(std::string_view line) const;
  std::optional<std::uint16_t> ordinal(std::string_view line, std::string_view version) const;
  /// Whether any release has classes in that package (binary name: org.apache.flink.api.common).
  bool has_package(std::string_view package) const;
  /// nullptr where no release has it. The pointer and its views live as long as the index. Throws InputError: corrupt.
  const ApiClass* find_class(std::string_view binary_name) const;
  /// Whether any release has the class. Of a package that nobody asked more of, members are left packed.
  bool has_class(std::string_view binary_name) const;
  /// Names of all packages, sorted.
  std::vector<std::string_view> packages() const;
  /// All classes of a package, sorted by name. Throws InputError: corrupt.
  std::span<const ApiClass> classes_of(std::string_view package) const;

 private:
  struct State;
  explicit ApiIndex(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace preflight
