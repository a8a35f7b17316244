#include "application/application_jar.h"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>

#include "application/class_reader.h"
#include "application/java_properties.h"

namespace preflight {
namespace {

constexpr std::string_view kMaven = "META-INF/maven/";
constexpr std::string_view kVersions = "META-INF/versions/";
constexpr int kFirstVersion = 9;  ///< java.util.jar.JarFile: older numbers below META-INF/versions are ignored.

/// Flink's own test (PackagedProgram#getContainedJarEntries).
bool is_nested_library(const std::string& name) {
  return name.size() > 8 && name.starts_with("lib/") && name.ends_with(".jar");
}

/// META-INF/maven/GROUP/ARTIFACT/pom.properties, written by maven-archiver.
bool is_pom_properties(const std::string& name) {
  return name.starts_with(kMaven) && name.ends_with("/pom.properties") &&
         std::count(name.begin(), name.end(), '/') == 4;
}

/// 0 for an entry of the base, N below META-INF/versions/N, nothing for what no JVM loads.
std::optional<int> release_of(std::string_view name, bool multi_release) {
  if (!name.starts_with(kVersions))
    return 0;
  const std::string_view rest = name.substr(kVersions.size());
  int release = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), release);
  const bool valid =
      error == std::errc{} && end != rest.data() + rest.size() && *end == '/' && release >= kFirstVersion;
  return multi_release && valid ? std::optional(release) : std::nullopt;
}

bool equal_without_case(std::string_view a, std::string_view b) {
  const auto upper = [](char c) { return c >= 'a' && c <= 'z' ? c - 'a' + 'A' : int{c}; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return upper(x) == upper(y); });
}

/// java.util.jar.JarFile finds the manifest without case.
const JarEntry* find_manifest(const Jar& jar) {
  const std::string name = "META-INF/MANIFEST.MF";
  if (const JarEntry* entry = jar.find(name))
    return entry;
  const auto& entries = jar.entries();
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [&](const JarEntry& entry) { return equal_without_case(entry.name, name); });
  return found == entries.end() ? nullptr : &*found;
}

/// What a nested JAR's manifest says where its file name says the same: lib/ARTIFACT-VERSION.jar.
std::optional<Coordinates> coordinates_of(const std::string& name, const Manifest& manifest) {
  const auto group = manifest.attribute("Implementation-Vendor-Id");
  const auto version = manifest.attribute("Implementation-Version");
  if (!group || !version || version->empty())
    return std::nullopt;
  const std::string end = "-" + *version + ".jar";
  const std::size_t start = name.rfind('/') + 1;
  if (!name.ends_with(end) || name.size() <= start + end.size())
    return std::nullopt;
  return Coordinates{*group, name.substr(start, name.size() - start - end.size()), *version};
}

/// Reads one JAR after the other into one result.
class JarScan {
 public:
  explicit JarScan(ApplicationJar& result) : result_(result) {}

  void scan_application(const Jar& jar) {
    claimed_bytes_ = jar.claimed_bytes();
    result_.manifest = scan(jar);
    for (const JarEntry& entry : jar.entries())
      if (is_nested_library(entry.name)) {
        result_.nested_jars.push_back(entry.name);
        read_or_note(result_.unread, entry.name, [&] { scan_nested(jar, entry); });
      }
  }

  void finish() {
    classes_.finish(result_);
    std::sort(result_.libraries.begin(), result_.libraries.end());
    std::sort(result_.unread.begin(), result_.unread.end());
  }

 private:
  void scan_nested(const Jar& jar, const JarEntry& entry) {
    const Jar nested = jar.open_nested(entry, claimed_bytes_);
    claimed_bytes_ = nested.claimed_bytes();
    const std::size_t known = result_.libraries.size();
    const Manifest manifest = scan(nested);
    if (result_.libraries.size() == known)
      if (auto coordinates = coordinates_of(entry.name, manifest))
        result_.libraries.push_back({std::move(*coordinates), entry.name});
  }

  Manifest scan(const Jar& jar) {
    const Manifest manifest = read_manifest(jar);
    std::vector<ClassEntry> classes;
    for (const JarEntry& entry : jar.entries()) {
      if (entry.name.ends_with(".class")) {
        if (const auto release = release_of(entry.name, manifest.multi_release()))
          classes.push_back({&entry, *release});
      } else if (is_pom_properties(entry.name)) {
        read_or_note(result_.unread, jar.place_of(entry).entry, [&] { read_library(jar, entry); });
      }
    }
    read_classes(jar, classes, classes_, result_.unread);
    for (const std::string& name : jar.duplicate_names())
      result_.duplicate_entries.push_back(jar.place_of(name).entry);
    return manifest;
  }

  Manifest read_manifest(const Jar& jar) {
    Manifest manifest;
    if (const JarEntry* entry = find_manifest(jar)) {
      const InputPlace place = jar.place_of(*entry);
      read_or_note(result_.unread, place.entry, [&] { manifest = parse_manifest(jar.read(*entry), place); });
    }
    return manifest;
  }

  void read_library(const Jar& jar, const JarEntry& entry) {
    const InputPlace place = jar.place_of(entry);
    auto properties = parse_java_properties(jar.read(entry), place);
    // META-INF/maven/GROUP/ARTIFACT/pom.properties: the folders say the same where the file does not.
    const std::size_t artifact = entry.name.find('/', kMaven.size()) + 1;
    properties.try_emplace("groupId", entry.name.substr(kMaven.size(), artifact - 1 - kMaven.size()));
    properties.try_emplace("artifactId", entry.name.substr(artifact, entry.name.find('/', artifact) - artifact));
    result_.libraries.push_back(
        {{properties["groupId"], properties["artifactId"], properties["version"]}, place.entry});
  }

  ApplicationJar& result_;
  ClassScan classes_;
  std::uint64_t claimed_bytes_ = 0;  ///< By all JARs opened so far.
};

}  // namespace

const ApplicationClass* ApplicationJar::find_class(const std::string& name) const {
  const auto found =
      std::lower_bound(classes.begin(), classes.end(), name,
                       [](const ApplicationClass& c, const std::string& wanted) { return c.name < wanted; });
  return found != classes.end() && found->name == name && found->release == 0 ? &*found : nullptr;
}

ApplicationJar read_application_jar(const std::filesystem::path& path, const JarLimits& limits) {
  const Jar jar = Jar::open(path, limits);
  ApplicationJar result;
  result.path = path;
  result.file_bytes = jar.file_bytes();
  JarScan scan(result);
  scan.scan_application(jar);
  scan.finish();
  return result;
}

}  // namespace preflight
