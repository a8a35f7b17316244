#include "families/bundled_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

namespace preflight {
namespace {

constexpr const char* kParentFirst = "org.apache.flink.configuration.CoreOptions: classloader.parent-first-patterns";

Finding packing_finding(const char* rule, Severity severity, std::string name, const Facts& facts) {
  Finding finding;
  finding.rule = rule;
  finding.severity = severity;
  finding.subject = {.kind = Subject::Kind::dependency, .name = std::move(name)};
  finding.location = {.path = facts.upgrade.application->path.string()};
  return finding;
}

std::string entry_of(const PackedLibrary& library) {
  return library.entries.empty() ? std::string() : library.entries.front();
}

/// "org.x:y 1.0, relocated to com.acme.shaded., 12 classes", as far as it is known.
std::string description_of(const PackedLibrary& library) {
  std::string text =
      fmt::format("{} {}", library.key(), library.version.empty() ? "(version unknown)" : library.version);
  if (!library.relocated_under.empty())
    text += fmt::format(", relocated to {}", library.relocated_under);
  if (library.classes > 0)
    text += fmt::format(", {} {}", library.classes, library.classes == 1 ? "class" : "classes");
  return text;
}

bool is_packed(const PackedLibrary& library, KnownLibrary::Role role) {
  return library.known != nullptr && library.known->role == role && library.marked && library.relocated_under.empty();
}

Finding runtime_finding(const Facts& facts, KnownLibrary::Role role) {
  const bool planner = role == KnownLibrary::Role::planner;
  Finding finding =
      packing_finding("flink-runtime-packed", planner ? Severity::high : Severity::medium,
                      planner ? "org.apache.flink:flink-table-planner" : "org.apache.flink:flink-runtime", facts);
  for (const PackedLibrary& library : facts.packing.libraries)
    if (is_packed(library, role)) {
      finding.evidence.push_back("the JAR packs " + description_of(library));
      finding.title +=
          (finding.title.empty() ? "" : ", ") + (library.artifact.empty() ? library.key() : library.artifact);
    }
  finding.title = fmt::format("{} packed into the JAR: {}", planner ? "Flink's planner is" : "Flink's own runtime is",
                              finding.title);
  finding.message =
      planner
          ? "Flink has a planner in its lib folder and loads it apart from all else. A second one in the JAR is found "
            "as well, and the Table environment is refused (\"Multiple factories for identifier 'default'\"), or "
            "planner classes of two releases meet."
          : "Flink loads classes of org.apache.flink from its own lib folder first, so that the packed copy lies "
            "idle, except for the classes that the target release no longer has: those come from the JAR, call what "
            "the target has in another form, and fail with NoSuchMethodError or IllegalAccessError in the middle of "
            "the job.";
  finding.remedy =
      "Give Flink's own artifacts (flink-streaming-java, flink-clients, flink-runtime, flink-table-planner) the scope "
      "provided; pack connectors, formats and libraries only.";
  finding.sources = {kParentFirst, "Flink documentation: project configuration, packaging", "FLINK-25128"};
  return finding;
}

RuleResult check_flink_runtime_packed(const Facts& facts) {
  RuleResult result;
  for (const auto role : {KnownLibrary::Role::planner, KnownLibrary::Role::runtime}) {
    Finding finding = runtime_finding(facts, role);
    if (!finding.evidence.empty())
      result.findings.push_back(std::move(finding));
  }
  return result;
}

RuleResult check_library_in_two_versions(const Facts& facts) {
  std::map<std::string, std::vector<const PackedLibrary*>> by_key;
  for (const PackedLibrary& library : facts.packing.libraries)
    if (!library.version.empty())
      by_key[library.key()].push_back(&library);
  RuleResult result;
  for (const auto& [key, versions] : by_key) {
    if (versions.size() < 2)
      continue;
    Finding finding = packing_finding("library-in-two-versions", Severity::medium, key, facts);
    std::string text;
    for (const PackedLibrary* library : versions) {
      text += (text.empty() ? "" : " and ") + library->version;
      for (const std::string& entry : library->entries)
        finding.evidence.push_back(fmt::format("{} is in {}", library->version, entry));
    }
    finding.title = fmt::format("{} is packed as {}", key, text);
    finding.message =
        "Of a class that both versions have, the JVM takes the first on the class path (the JAR's own classes, then "
        "its "
        "lib folder); classes that only the other version has are mixed in. Which code runs is then a matter of order.";
    finding.remedy = "Decide for one version (dependencyManagement), and pack the library once.";
    finding.sources = {"org.apache.flink.client.program.PackagedProgram#extractContainedLibraries"};
    finding.location.entry = entry_of(*versions.front());
    result.findings.push_back(std::move(finding));
  }
  return result;
}

/// "lib/a.jar", or "the JAR itself".
std::string home_of(const std::string& entry) {
  const std::size_t end = entry.find('!');
  return end == std::string::npos ? "the JAR itself" : entry.substr(0, end);
}

RuleResult check_class_packed_twice(const Facts& facts) {
  std::map<std::string, std::size_t> hidden;  // By what hides what.
  std::vector<ShadowedClass> different;
  for (ShadowedClass& shadowed : facts.upgrade.application->shadowed_classes()) {
    if (shadowed.copies)
      continue;
    for (const std::string& entry : shadowed.shadowed)
      ++hidden[fmt::format("of {} hide those of {}", home_of(shadowed.loaded), home_of(entry))];
    different.push_back(std::move(shadowed));
  }
  if (different.empty())
    return {};
  Finding finding = packing_finding("class-packed-twice", Severity::low, "duplicate classes", facts);
  finding.title = fmt::format(
      "{} in the JAR more than once, and not the same each time",
      different.size() == 1 ? different.front().name + " is" : fmt::format("{} classes are", different.size()));
  finding.message = fmt::format(
      "The JVM loads the first on the class path and never looks at the others: of {} the one in {}. The code that was "
      "compiled against another one may miss methods there, and the next build may turn the order around.",
      different.front().name, different.front().loaded);
  finding.remedy = "Pack each library once, in one version: either unpacked, or as a JAR in lib/.";
  for (const auto& [how, count] : hidden)
    finding.evidence.push_back(fmt::format("{} {} {}", count, count == 1 ? "class" : "classes", how));
  finding.sources = {"org.apache.flink.client.program.PackagedProgram#extractContainedLibraries"};
  finding.location.entry = different.front().loaded;
  return {.findings = {finding}};
}

/// A library's signature in a JAR that was merged from many. One that the team made over the whole JAR looks the same.
RuleResult check_signature_left(const Facts& facts) {
  const ApplicationJar& application = *facts.upgrade.application;
  const bool merged = std::ranges::any_of(facts.packing.libraries, [](const PackedLibrary& library) {
    return library.classes > 0 || std::ranges::any_of(library.entries, [](const std::string& entry) {
             return entry.find('!') == std::string::npos && !entry.ends_with(".jar");
           });
  });
  if (application.signature_files.empty() || !merged)
    return {};
  Finding finding =
      packing_finding("signature-left-in-jar", Severity::medium, application.signature_files.front(), facts);
  finding.subject.kind = Subject::Kind::manifest;
  finding.title =
      fmt::format("A merged JAR still holds the signature of a part: {}", application.signature_files.front());
  finding.message =
      "The JVM checks the classes of a signed JAR against its manifest. A signature that was made over one library "
      "does "
      "not fit the merged JAR: loading fails with \"SecurityException: Invalid signature file digest for Manifest main "
      "attributes\". Only a signature that was made over the whole JAR afterwards is good.";
  finding.remedy = "Exclude META-INF/*.SF, META-INF/*.DSA and META-INF/*.RSA (maven-shade-plugin: filters).";
  for (const std::string& name : application.signature_files)
    finding.evidence.push_back("the JAR has " + name);
  finding.sources = {"java.util.jar.JarVerifier", "Flink documentation: project configuration, how to use Maven"};
  finding.location.entry = application.signature_files.front();
  return {.findings = {finding}};
}

/// "2.12" for scala-library 2.12.18, and for an artifact with the suffix _2.12.
std::string scala_version_of(const PackedLibrary& library) {
  if (library.key() == "org.scala-lang:scala-library") {
    const std::size_t dot = library.version.find('.');
    return dot == std::string::npos ? "" : library.version.substr(0, library.version.find('.', dot + 1));
  }
  const std::size_t underscore = library.artifact.rfind('_');
  if (underscore == std::string::npos)
    return "";
  const std::string suffix = library.artifact.substr(underscore + 1);
  return suffix == "2.10" || suffix == "2.11" || suffix == "2.12" || suffix == "2.13" || suffix == "3" ? suffix : "";
}

RuleResult check_scala_versions_mixed(const Facts& facts) {
  std::map<std::string, std::set<std::string>> artifacts;  // By Scala version.
  for (const PackedLibrary& library : facts.packing.libraries) {
    const std::string version = scala_version_of(library);
    // Scala 3 runs on the library of Scala 2.13.
    if (!version.empty())
      artifacts[version == "3" ? "2.13" : version].insert(library.key());
  }
  if (artifacts.size() < 2)
    return {};
  Finding finding = packing_finding("scala-versions-mixed", Severity::high, "org.scala-lang:scala-library", facts);
  std::string versions;
  for (const auto& [version, keys] : artifacts) {
    versions += (versions.empty() ? "" : " and ") + version;
    for (const std::string& key : keys)
      finding.evidence.push_back(fmt::format("{} is for Scala {}", key, version));
  }
  finding.title = fmt::format("Libraries for Scala {} are packed together", versions);
  finding.message =
      "Scala's minor releases are not binary compatible: code that was compiled for another one fails with "
      "NoSuchMethodError or NoClassDefFoundError when it is first called.";
  finding.remedy = "Use artifacts of one Scala version throughout.";
  finding.sources = {"Scala documentation: binary compatibility of Scala releases", "FLINK-20845"};
  return {.findings = {finding}};
}

std::vector<const PackedLibrary*> packed_of(const Facts& facts, const std::vector<std::string>& ids) {
  std::vector<const PackedLibrary*> found;
  for (const PackedLibrary& library : facts.packing.libraries) {
    // A relocated library has its own name for everything, and is nobody's rival.
    const bool there = library.marked || !library.entries.empty();
    if (library.known != nullptr && there && library.relocated_under.empty() &&
        std::ranges::find(ids, library.known->id) != ids.end())
      found.push_back(&library);
  }
  return found;
}

RuleResult check_libraries_in_conflict(const Facts& facts) {
  RuleResult result;
  for (const LibraryConflict& conflict : facts.upgrade.table.library_conflicts) {
    Finding finding = packing_finding("libraries-in-conflict", conflict.severity, conflict.id, facts);
    bool all = true;
    for (const std::vector<std::string>& ids : conflict.libraries) {
      const auto packed = packed_of(facts, ids);
      all = all && !packed.empty();
      for (const PackedLibrary* library : packed)
        finding.evidence.push_back("the JAR packs " + description_of(*library));
    }
    if (!all)
      continue;
    finding.title = conflict.title;
    finding.message = conflict.why;
    finding.remedy = conflict.remedy;
    finding.sources = conflict.sources;
    result.findings.push_back(std::move(finding));
  }
  return result;
}

RuleResult check_library_ended(const Facts& facts) {
  RuleResult result;
  for (const EndedLibrary& ended : facts.upgrade.table.ended_libraries) {
    Finding finding = packing_finding("library-ended", Severity::low, ended.library, facts);
    for (const PackedLibrary& library : facts.packing.libraries)
      if (library.known != nullptr && library.known->id == ended.library) {
        finding.evidence.push_back("the JAR packs " + description_of(library));
        finding.title = fmt::format("{} is not supported any more since {}", library.known->name, ended.ended);
        finding.subject.coordinates = library.version.empty() ? "" : library.key() + ":" + library.version;
      }
    if (finding.evidence.empty())
      continue;
    finding.message = ended.why;
    finding.remedy = ended.remedy;
    finding.sources = ended.sources;
    result.findings.push_back(std::move(finding));
  }
  return result;
}

RuleResult check_kryo_version_mismatch(const Facts& facts) {
  const FlinkRelease* release = facts.upgrade.table.find_release(facts.upgrade.to);
  RuleResult result;
  for (const PackedLibrary& library : facts.packing.libraries) {
    const bool in_its_own_packages =
        library.known != nullptr && library.known->id == "kryo" && library.relocated_under.empty() && library.marked;
    if (!in_its_own_packages || (release != nullptr && library.version == release->kryo))
      continue;
    if (release == nullptr) {
      result.unknowns.push_back({"the target's version of Kryo",
                                 fmt::format("the table has no row for Flink {}", facts.upgrade.to.minor_text())});
      continue;
    }
    const bool unknown = library.version.empty();
    Finding finding =
        packing_finding("kryo-version-mismatch", unknown ? Severity::info : Severity::medium, library.key(), facts);
    finding.title =
        unknown ? fmt::format("Kryo is packed; Flink {} uses its own {}", release->version.minor_text(), release->kryo)
                : fmt::format("Kryo {} is packed; Flink {} uses its own {}", library.version,
                              release->version.minor_text(), release->kryo);
    finding.message = fmt::format(
        "Flink loads com.esotericsoftware.kryo from its own lib folder first: the job gets Kryo {}, whatever the JAR "
        "packs, and code that was compiled against another version fails with NoSuchMethodError or "
        "NoClassDefFoundError "
        "when it calls what changed.",
        release->kryo);
    finding.remedy = fmt::format(
        "Compile serializers against Kryo {}, and do not pack it; a library that needs another version has to be "
        "relocated together with it.",
        release->kryo);
    finding.evidence.push_back("the JAR packs " + description_of(library));
    finding.sources = {kParentFirst, "rules/table/releases.json"};
    finding.location.entry = entry_of(library);
    result.findings.push_back(std::move(finding));
  }
  return result;
}

RuleResult check_application_too_large(const Facts& facts) {
  RuleResult result;
  const ApplicationJar& application = *facts.upgrade.application;
  constexpr double kMebibyte = 1024.0 * 1024.0;
  for (const PlatformLimit& limit : facts.upgrade.table.platform_limits) {
    if (limit.platform != facts.upgrade.platform || application.file_bytes <= limit.application_bytes)
      continue;
    Finding finding = packing_finding("application-too-large", limit.severity, limit.id, facts);
    finding.subject.kind = Subject::Kind::runtime;
    finding.title = fmt::format("The JAR has {:.0f} MiB, more than the {:.0f} MiB that the platform recommends",
                                static_cast<double>(application.file_bytes) / kMebibyte,
                                static_cast<double>(limit.application_bytes) / kMebibyte);
    finding.message = limit.why;
    finding.remedy = limit.remedy;
    finding.sources = limit.sources;
    result.findings.push_back(std::move(finding));
  }
  return result;
}

}  // namespace

Rule flink_runtime_packed() {
  return {.id = "flink-runtime-packed",
          .severity = Severity::high,
          .title = "Flink's own runtime or planner is packed into the JAR",
          .rationale =
              "What Flink's lib folder holds is loaded from there; a packed copy is dead weight at best, and mixes "
              "classes of two releases at worst.",
          .remedy = "Give Flink's own artifacts the scope provided.",
          .sources = {kParentFirst, "Flink documentation: project configuration, packaging"},
          .needs = {.application = true},
          .check = check_flink_runtime_packed};
}

Rule library_in_two_versions() {
  return {.id = "library-in-two-versions",
          .severity = Severity::medium,
          .title = "The JAR packs two versions of one library",
          .rationale = "Which version a class comes from depends on the order of the class path.",
          .remedy = "Decide for one version and pack it once.",
          .sources = {"org.apache.flink.client.program.PackagedProgram#extractContainedLibraries"},
          .needs = {.application = true},
          .check = check_library_in_two_versions};
}

Rule class_packed_twice() {
  return {.id = "class-packed-twice",
          .severity = Severity::low,
          .title = "Classes are in the JAR more than once",
          .rationale = "The first on the class path is loaded; the others are never looked at.",
          .remedy = "Pack each library once.",
          .sources = {"org.apache.flink.client.program.PackagedProgram#extractContainedLibraries"},
          .needs = {.application = true},
          .check = check_class_packed_twice};
}

Rule signature_left_in_jar() {
  return {.id = "signature-left-in-jar",
          .severity = Severity::medium,
          .title = "A merged JAR still holds the signature of one of its parts",
          .rationale = "The JVM refuses classes of a signed JAR that do not fit its signature.",
          .remedy = "Exclude META-INF/*.SF, *.DSA and *.RSA when the JAR is merged.",
          .sources = {"java.util.jar.JarVerifier"},
          .needs = {.application = true},
          .check = check_signature_left};
}

Rule scala_versions_mixed() {
  return {.id = "scala-versions-mixed",
          .severity = Severity::high,
          .title = "Libraries for different Scala versions are packed together",
          .rationale = "Scala's minor releases (2.11, 2.12, 2.13) are not binary compatible.",
          .remedy = "Use artifacts of one Scala version.",
          .sources = {"Scala documentation: binary compatibility of Scala releases"},
          .needs = {.application = true},
          .check = check_scala_versions_mixed};
}

Rule libraries_in_conflict() {
  return {.id = "libraries-in-conflict",
          .severity = Severity::high,
          .title = "Libraries are packed that do not go together, or not with Flink",
          .rationale = "Logging bridges that lead to each other, and bindings beside the one that Flink brings.",
          .remedy = "Exclude what the finding names.",
          .sources = {"rules/table/library_conflicts.json"},
          .needs = {.application = true},
          .check = check_libraries_in_conflict};
}

Rule library_ended() {
  return {.id = "library-ended",
          .severity = Severity::low,
          .title = "A library is packed that its maintainers have ended",
          .rationale = "It gets no fixes any more, security fixes among them.",
          .remedy = "Move to its successor.",
          .sources = {"rules/table/ended_libraries.json"},
          .needs = {.application = true},
          .check = check_library_ended};
}

Rule kryo_version_mismatch() {
  return {.id = "kryo-version-mismatch",
          .severity = Severity::medium,
          .title = "The packed Kryo is not the one that the target loads",
          .rationale = "com.esotericsoftware.kryo is loaded from Flink's lib folder first, whatever the JAR packs.",
          .remedy = "Compile against the target's Kryo and do not pack it.",
          .sources = {kParentFirst, "rules/table/releases.json"},
          .needs = {.application = true},
          .check = check_kryo_version_mismatch};
}

Rule application_too_large() {
  return {.id = "application-too-large",
          .severity = Severity::low,
          .title = "The JAR is larger than the platform takes",
          .rationale = "Managed platforms limit the size of the application's file.",
          .remedy = "Leave out what the runtime brings and what the job does not use.",
          .sources = {"rules/table/platform_limits.json"},
          .needs = {.application = true},
          .check = check_application_too_large};
}

}  // namespace preflight
