#pragma once

#include <string_view>

namespace preflight {

/// The part of a connector's version that its own releases are counted by: "3.4.0" of "3.4.0-1.20", "1.1.5" of
/// "1.18.1_1.1.5"; else all of it.
std::string_view own_version(std::string_view version);

/// Whether a version lies from `first` to `last` (own versions, both included, in Maven's order; empty: no bound).
bool is_release_within(std::string_view version, std::string_view first, std::string_view last);

/// Whether "group:artifact" is what a pattern of the table means: a trailing "_*" stands for a Scala suffix, "-*" for
/// the Flink release in the name ("iceberg-flink-runtime-*", with a Scala suffix or without).
bool is_artifact(std::string_view pattern, std::string_view group, std::string_view artifact);

}  // namespace preflight
