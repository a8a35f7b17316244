#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "maven/coordinates.h"

namespace preflight {

/// A local Maven repository in the default layout (maven2): what earlier builds downloaded or installed. Nothing is
/// fetched. Names come from poms that anyone may have written: those that would lead out of the repository are not
/// found in it.
class LocalRepository {
 public:
  /// Throws InputError (unreadable) where `folder` is no directory; none is a repository that has nothing.
  explicit LocalRepository(std::optional<std::filesystem::path> folder);

  bool exists() const { return folder_.has_value(); }

  /// The pom of those coordinates; none where there is no regular file.
  std::optional<std::filesystem::path> pom(const Coordinates& coordinates) const;

  /// The versions that the repository's copies of maven-metadata.xml list for an artifact: what Maven chooses from when
  /// it is offline and a version is a range. Empty where there is no readable copy.
  std::vector<std::string> versions(const std::string& group, const std::string& artifact) const;

 private:
  std::optional<std::filesystem::path> artifact_folder(const std::string& group, const std::string& artifact) const;

  std::optional<std::filesystem::path> folder_;
};

}  // namespace preflight
