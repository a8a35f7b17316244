#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "api/api_index.h"
#include "compatibility_table.h"

namespace preflight {

// What the releases of an API index mean for an upgrade.

/// The release of the line "flink" to check a target against: its own patch release where the index has it, else the
/// newest of its minor; nothing where the index does not know the minor.
std::optional<std::uint16_t> flink_ordinal(const ApiIndex& api, const FlinkVersion& target);

/// The release of the line "java" that stands for `java`: itself, else the newest before it, else the oldest; nothing
/// where the index has no such line.
std::optional<std::uint16_t> java_ordinal(const ApiIndex& api, int java);

/// The releases of Flink that the job may run on now: those of the source release where it is known, else all; nothing
/// where the index has none.
std::optional<ApiSpan> releases_of(const ApiIndex& api, const std::optional<SourceRelease>& from);

/// The form of a class in an artifact that is released apart from Flink (a connector), for this Flink minor.
struct FormApart {
  const ApiClassForm* form = nullptr;
  std::uint16_t ordinal = 0;
};
std::optional<FormApart> form_released_apart(const ApiIndex& api, const ApiClass& of, const FlinkVersion& flink);

/// "1.20.1"; of a line other than Flink's with its name: "flink-connector-kafka 3.4.0-1.20".
std::string release_text(const ApiIndex& api, std::uint16_t ordinal);

/// Whether a class of that package prefix is the JDK's, and so is loaded before all others.
bool is_of_the_jdk(std::string_view binary_name);

/// Whether Flink's distribution puts the artifact on the class path of a job.
bool on_class_path(const CompatibilityTable& table, std::string_view module, const FlinkVersion& flink);

}  // namespace preflight
