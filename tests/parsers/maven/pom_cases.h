#pragma once

#include <string>
#include <utility>
#include <vector>

namespace preflight::test {

/// A tree of poms, and what Maven makes of the first one. All cases were held against the effective pom of Maven 3.8.7:
/// it agrees wherever it builds one (where something is unknown for want of a file or a property, it refuses), but for
/// the environment variable, which it looks up.
struct PomCase {
  std::string name;
  std::vector<std::pair<std::string, std::string>> files;  ///< Path in the tree, content; the first is read.
  /// A line a dependency: "g:a:v scope", then as far as they apply "type=", "classifier=", "optional", "excludes g:a",
  /// "@file:line" of the version unless it is a literal on the line of the dependency, "by property"; then "; " and
  /// what is unknown.
  std::vector<std::string> dependencies;
  std::vector<std::string> unknowns = {};
};

/// `<project>` of g:app:1 with that body; the body's first line is line 2 of the file.
inline std::string app(const std::string& body) {
  return "<project><modelVersion>4.0.0</modelVersion><groupId>g</groupId><artifactId>app</artifactId><version>1</"
         "version>\n" +
         body + "\n</project>\n";
}

/// The same for a pom of packaging "pom" and those coordinates.
inline std::string aggregator(const std::string& artifact, const std::string& version, const std::string& body) {
  return "<project><modelVersion>4.0.0</modelVersion><groupId>g</groupId><artifactId>" + artifact +
         "</artifactId><version>" + version + "</version><packaging>pom</packaging>\n" + body + "\n</project>\n";
}

/// A child of g:parent:1 at the default relativePath, with no group or version of its own.
inline std::string child(const std::string& body) {
  return "<project><modelVersion>4.0.0</modelVersion><parent><groupId>g</groupId><artifactId>parent</artifactId>"
         "<version>1</version></parent><artifactId>app</artifactId>\n" +
         body + "\n</project>\n";
}

inline std::string dependency(const std::string& artifact, const std::string& rest = "") {
  return "<dependency><groupId>o</groupId><artifactId>" + artifact + "</artifactId>" + rest + "</dependency>";
}

inline std::string version(const std::string& text) {
  return "<version>" + text + "</version>";
}

inline std::string dependencies(const std::string& list) {
  return "<dependencies>" + list + "</dependencies>";
}

inline std::string managed(const std::string& list) {
  return "<dependencyManagement>" + dependencies(list) + "</dependencyManagement>";
}

inline std::string import_bom(const std::string& artifact, const std::string& bom_version) {
  return "<dependency><groupId>g</groupId><artifactId>" + artifact + "</artifactId>" + version(bom_version) +
         "<type>pom</type><scope>import</scope></dependency>";
}

inline std::string properties(const std::string& list) {
  return "<properties>" + list + "</properties>";
}

inline std::string profile(const std::string& id, const std::string& activation, const std::string& body) {
  return "<profile><id>" + id + "</id>" + (activation.empty() ? "" : "<activation>" + activation + "</activation>") +
         body + "</profile>";
}

inline std::string profiles(const std::string& list) {
  return "<profiles>" + list + "</profiles>";
}

const std::string kDefault = "<activeByDefault>true</activeByDefault>";

std::vector<PomCase> literal_cases();
std::vector<PomCase> property_cases();
std::vector<PomCase> parent_cases();
std::vector<PomCase> management_cases();
std::vector<PomCase> bom_cases();
std::vector<PomCase> profile_cases();

}  // namespace preflight::test
