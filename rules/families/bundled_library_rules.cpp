#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "families/bundled_rules.h"
#include "families/packing_evidence.h"

namespace preflight {
namespace {

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
  for (const LibraryConflict& conflict : facts.upgrade.table->library_conflicts) {
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
  for (const EndedLibrary& ended : facts.upgrade.table->ended_libraries) {
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
  const FlinkRelease* release = facts.upgrade.table->find_release(facts.upgrade.to);
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

}  // namespace

Rule scala_versions_mixed() {
  return {.id = "scala-versions-mixed",
          .severity = Severity::high,
          .title = "Libraries for different Scala versions are packed together",
          .rationale = "Scala's minor releases (2.11, 2.12, 2.13) are not binary compatible.",
          .remedy = "Use artifacts of one Scala version.",
          .sources = {"Scala documentation: binary compatibility of Scala releases"},
          .fires = "A library for Scala 2.12 and a library for Scala 2.13 are packed.",
          .does_not_fire = "Libraries for Scala 2.13 and for Scala 3, which runs on the library of 2.13.",
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
          .fires = "log4j-to-slf4j and log4j-slf4j-impl are both packed, and send each message back and forth.",
          .does_not_fire = "No logging binding or bridge is packed: Flink brings its own.",
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
          .fires = "The JAR packs Log4j 1, which ended in 2015.",
          .does_not_fire = "The JAR packs Log4j 2.",
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
          .fires = "Kryo 4.0.2 is packed in its own packages, and Flink loads another version from its lib folder.",
          .does_not_fire = "Kryo is relocated to another package, or is the version that the target has.",
          .needs = {.application = true},
          .check = check_kryo_version_mismatch};
}

}  // namespace preflight
