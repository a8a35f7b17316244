#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>

namespace preflight {

/// What a Maven build is started with beside its files: its command line, and what the machine has.
struct PomSettings {
  std::map<std::string, std::string> user_properties;  ///< -D NAME=VALUE.
  std::map<std::string, std::string> environment;      ///< Environment variables, which poms name as env.X.
  std::set<std::string> active_profiles;               ///< -P a
  std::set<std::string> inactive_profiles;             ///< -P !a
  /// The local repository, in Maven's default layout; nothing that is not in the tree is looked up without one.
  std::optional<std::filesystem::path> repository;
};

}  // namespace preflight
