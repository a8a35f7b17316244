#include "families/bundled_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "families/packing_evidence.h"

namespace preflight {
namespace {

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

RuleResult check_application_too_large(const Facts& facts) {
  RuleResult result;
  const ApplicationJar& application = *facts.upgrade.application;
  constexpr double kMebibyte = 1024.0 * 1024.0;
  for (const PlatformLimit& limit : facts.upgrade.table->platform_limits) {
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
          .fires = "flink-runtime, or the Table planner, is packed into the JAR in its own packages.",
          .does_not_fire = "Flink's own artifacts have the scope provided; connectors and formats are packed.",
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
          .fires = "lib/ of the JAR holds jackson-core 2.15.2 and jackson-core 2.17.1.",
          .does_not_fire =
              "A library is packed twice in the same version; or in two, and one of the versions is not told by any "
              "metadata.",
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
          .fires = "A class is in the JAR itself and in a JAR below lib/, and the two differ.",
          .does_not_fire = "A class is there twice, and the two are the same bytes.",
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
          .fires = "A shaded JAR still has META-INF/BCKEY.SF of a library that was merged into it.",
          .does_not_fire = "The signed library lies whole in lib/, with its own signature.",
          .needs = {.application = true},
          .check = check_signature_left};
}

Rule application_too_large() {
  return {.id = "application-too-large",
          .severity = Severity::low,
          .title = "The JAR is larger than the platform takes",
          .rationale = "Managed platforms limit the size of the application's file.",
          .remedy = "Leave out what the runtime brings and what the job does not use.",
          .sources = {"rules/table/platform_limits.json"},
          .fires = "--platform msf, and the JAR has more than 512 MiB.",
          .does_not_fire = "--platform msf with a JAR of 512 MiB or less; or any JAR on Kubernetes.",
          .needs = {.application = true},
          .check = check_application_too_large};
}

}  // namespace preflight
