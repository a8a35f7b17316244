#include "application/application_jar.h"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>

#include "application/class_reader.h"
#include "application/java_properties.h"

namespace preflight {
namespace {

constexpr std::string_view kMetaInf = "META-INF/";
constexpr std::string_view kMaven = "META-INF/maven/";
constexpr std::string_view kVersions = "META-INF/versions/";
constexpr int kFirstVersion = 9;  ///< java.util.jar.JarFile: older numbers below META-INF/versions are ignored.

/// Flink's own test (PackagedProgram#getContainedJarEntries).
bool is_nested_library(std::string_view name) {
  return name.size() > 8 && name.starts_with("lib/") && name.ends_with(".jar");
}

/// Signature files stand in META-INF itself (JAR file specification, "Signed JAR File").
bool is_signature_file(std::string_view name) {
  return name.starts_with(kMetaInf) && name.ends_with(".SF") && name.find('/', kMetaInf.size()) == name.npos;
}

/// Absolute names, of drives too, and those that climb: nothing here unpacks them, but whoever does may be harmed.
bool leaves_its_folder(std::string_view name) {
  const auto is_slash = [](char c) { return c == '/' || c == '\\'; };
  if (is_slash(name.front()) || (name.size() > 1 && name[1] == ':'))
    return true;
  for (std::size_t at = name.find(".."); at != name.npos; at = name.find("..", at + 1))
    if ((at == 0 || is_slash(name[at - 1])) && (at + 2 == name.size() || is_slash(name[at + 2])))
      return true;
  return false;
}

/// META-INF/maven/GROUP/ARTIFACT/pom.properties, written by maven-archiver.
bool is_pom_properties(std::string_view name) {
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
std::optional<Coordinates> coordinates_of(std::string_view name, const Manifest& manifest) {
  const auto group = manifest.attribute("Implementation-Vendor-Id");
  const auto version = manifest.attribute("Implementation-Version");
  if (!group || !version || version->empty())
    return std::nullopt;
  const std::string end = "-" + *version + ".jar";
  const std::size_t start = name.rfind('/') + 1;
  if (!name.ends_with(end) || name.size() <= start + end.size())
    return std::nullopt;
  return Coordinates{*group, std::string(name.substr(start, name.size() - start - end.size())), *version};
}

/// Reads one JAR after the other into one result.
class JarScan {
 public:
  JarScan(ApplicationJar& result, unsigned jobs, StringConstants strings)
      : result_(result), jobs_(jobs), classes_(strings) {}

  void scan_application(const Jar& jar) {
    claimed_bytes_ = jar.claimed_bytes();
    result_.manifest = scan(jar);
    if (!result_.manifest.entry_class())
      result_.python = read_python_application(jar, result_.unread);
    for (const JarEntry& entry : jar.entries()) {
      if (is_signature_file(entry.name))
        result_.signature_files.emplace_back(entry.name);
      if (is_nested_library(entry.name) || (result_.python && entry.name.ends_with(".jar"))) {
        const std::string& name = result_.nested_jars.emplace_back(entry.name);
        read_or_note(result_.unread, name, [&] { scan_nested(jar, entry); });
      }
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
        result_.libraries.push_back({std::move(*coordinates), std::string(entry.name)});
  }

  Manifest scan(const Jar& jar) {
    const Manifest manifest = read_manifest(jar);
    const bool multi_release = manifest.multi_release();
    std::vector<ClassEntry> classes;
    for (const JarEntry& entry : jar.entries()) {
      if (leaves_its_folder(entry.name))
        result_.unsafe_names.push_back(jar.place_of(entry).entry);
      if (entry.name.ends_with(".class")) {
        if (const auto release = release_of(entry.name, multi_release))
          classes.push_back({&entry, *release});
      } else if (is_pom_properties(entry.name)) {
        read_or_note(result_.unread, jar.place_of(entry).entry, [&] { read_library(jar, entry); });
      }
    }
    read_classes(jar, classes, jobs_, classes_, result_.unread);
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
    const std::string_view folders = entry.name;
    properties.try_emplace("groupId", folders.substr(kMaven.size(), artifact - 1 - kMaven.size()));
    properties.try_emplace("artifactId", folders.substr(artifact, folders.find('/', artifact) - artifact));
    result_.libraries.push_back(
        {{properties["groupId"], properties["artifactId"], properties["version"]}, place.entry});
  }

  ApplicationJar& result_;
  unsigned jobs_;
  ClassScan classes_;
  std::uint64_t claimed_bytes_ = 0;  ///< By all JARs opened so far.
};

std::span<const ApplicationClass> classes_of_name(const std::vector<ApplicationClass>& classes, std::string_view name) {
  const auto range = std::ranges::equal_range(classes, name, {}, &ApplicationClass::name);
  return {range.begin(), range.end()};
}

/// 0 for the JAR itself, and then the nested JARs.
std::size_t class_path_position(const ApplicationJar& jar, const ApplicationClass& of) {
  const std::string_view nested = jar.nested_jar_of(of.entry);
  return nested.empty()
             ? 0
             : static_cast<std::size_t>(std::ranges::find(jar.nested_jars, nested) - jar.nested_jars.begin()) + 1;
}

}  // namespace

const ApplicationClass* ApplicationJar::find_class(std::string_view name) const {
  const std::span<const ApplicationClass> found = classes_of_name(classes, name);
  return !found.empty() && found.front().release == 0 ? &found.front() : nullptr;
}

const ApplicationClass* ApplicationJar::find_class(std::string_view name, int java_release) const {
  const auto is_better = [&](const ApplicationClass& a, const ApplicationClass& b) {
    return std::pair(class_path_position(*this, a), -a.release) < std::pair(class_path_position(*this, b), -b.release);
  };
  const ApplicationClass* best = nullptr;
  for (const ApplicationClass& candidate : classes_of_name(classes, name))
    if (candidate.release <= java_release && (best == nullptr || is_better(candidate, *best)))
      best = &candidate;
  return best;
}

std::string_view ApplicationJar::nested_jar_of(std::string_view entry) const {
  // A '!' may be part of an entry's name, so only the name of a nested JAR before it tells.
  const auto nested = std::ranges::find_if(nested_jars, [&](const std::string& jar) {
    return entry.size() > jar.size() && entry.starts_with(jar) && entry[jar.size()] == '!';
  });
  return nested == nested_jars.end() ? std::string_view() : *nested;
}

std::vector<ShadowedClass> ApplicationJar::shadowed_classes() const {
  std::vector<ShadowedClass> shadowed;
  for (std::size_t i = 1; i < classes.size(); ++i) {
    const ApplicationClass& before = classes[i - 1];
    const ApplicationClass& behind = classes[i];
    if (before.name != behind.name || before.release != 0 || behind.release != 0 || behind.is_module())
      continue;
    if (shadowed.empty() || shadowed.back().name != before.name)
      shadowed.push_back({std::string(before.name), std::string(before.entry), {}, true});
    shadowed.back().shadowed.emplace_back(behind.entry);
    shadowed.back().copies = shadowed.back().copies && before.crc == behind.crc;
  }
  return shadowed;
}

ApplicationJar read_application_jar(const std::filesystem::path& path, const JarLimits& limits, unsigned jobs,
                                    StringConstants strings) {
  ApplicationJar result;
  result.archive = std::make_shared<const Jar>(Jar::open(path, limits));
  result.path = path;
  result.file_bytes = result.archive->file_bytes();
  JarScan scan(result, jobs, strings);
  scan.scan_application(*result.archive);
  scan.finish();
  return result;
}

}  // namespace preflight
