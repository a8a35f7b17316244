#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace preflight {

/// A Flink release: "1.20", or "1.20.1" where the patch is known. Savepoints, runtimes and connectors are compatible by
/// minor, so comparison looks at major and minor alone.
struct FlinkVersion {
  int major = 0;
  int minor = 0;
  std::optional<int> patch = std::nullopt;

  /// "1.20", "1.20.3", and the managed service's "FLINK-1_20" and Kubernetes operator's "v1_20"; a qualifier after the
  /// patch ("1.20.0-rc1", "2.2-SNAPSHOT") is accepted and dropped. nullopt for anything else.
  static std::optional<FlinkVersion> parse(std::string_view text);

  std::string minor_text() const;  ///< "1.20"
  std::string text() const;        ///< "1.20.3", or "1.20" where the patch is not known

  std::strong_ordering operator<=>(const FlinkVersion& other) const {
    return major != other.major ? major <=> other.major : minor <=> other.minor;
  }
  bool operator==(const FlinkVersion& other) const { return major == other.major && minor == other.minor; }
};

/// What is known of the release that runs now: exactly one minor, or the span that the savepoint's format leaves open.
struct SourceRelease {
  FlinkVersion lowest;
  FlinkVersion highest;
  std::string how;  ///< "--from", "metadata version 4 of the savepoint"

  bool exact() const { return lowest == highest; }
  std::string text() const;  ///< "1.20", or "1.16 to 1.20"
};

}  // namespace preflight
