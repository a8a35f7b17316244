#pragma once

#include <string>

namespace preflight {

/// One element of a pom to write anew: the text between its tags, on one line.
struct PomEdit {
  std::string path;     ///< Of the pom, as it was read.
  int line = 0;         ///< Of the element's start tag.
  std::string element;  ///< The tag's name: groupId, artifactId, version, or that of a property: flink.version.
  std::string before;   ///< The text as it is written now: "1.20.5", "${flink.version}".
  std::string after;

  bool operator==(const PomEdit&) const = default;
};

}  // namespace preflight
