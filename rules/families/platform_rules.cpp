#include "families/platform_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "classfile/names.h"

namespace preflight {
namespace {

bool applies(const PlatformReference& reference, const Upgrade& upgrade) {
  return (!reference.platform || *reference.platform == upgrade.platform) &&
         (!reference.since || *reference.since <= upgrade.to) && (!reference.until || upgrade.to <= *reference.until);
}

/// PlatformReference::calls describes the patterns.
bool matches(std::string_view pattern, const SymbolUse& use) {
  const std::size_t hash = pattern.find('#');
  if (pattern.substr(0, hash) != use.owner)
    return false;
  if (hash == std::string_view::npos)
    return true;
  const std::string_view member = pattern.substr(hash + 1);
  return member.ends_with('*') ? use.name.starts_with(member.substr(0, member.size() - 1)) : use.name == member;
}

bool is_call(const SymbolUse& use) {
  using enum SymbolUse::Kind;
  return use.kind == invoke_virtual || use.kind == invoke_special || use.kind == invoke_static ||
         use.kind == invoke_interface;
}

/// "com.acme.Job.main (Job.java:42) calls StreamExecutionEnvironment.setStateBackend"
std::string call_text(std::string_view caller, const LinkedClass& linked, const SymbolUse& use) {
  std::string place;
  if (!linked.source_file.empty())
    place =
        use.line > 0 ? fmt::format(" ({}:{})", linked.source_file, use.line) : fmt::format(" ({})", linked.source_file);
  return use.name == "<init>"
             ? fmt::format("{}.{}{} makes a {}", caller, use.method, place, simple_name(use.owner))
             : fmt::format("{}.{}{} calls {}.{}", caller, use.method, place, simple_name(use.owner), use.name);
}

/// Calls in the team's own classes, in their order.
void gather_calls(const PlatformReference& reference, const Facts& facts, Finding& finding) {
  const ApplicationJar& application = *facts.upgrade.application;
  for (const LinkedClass& linked : facts.upgrade.linked_classes) {
    if (facts.origins.of[linked.index] != ClassOrigin::application)
      continue;
    const ApplicationClass& caller = application.classes[linked.index];
    for (const SymbolUse& use : linked.uses) {
      const bool named = is_call(use) && std::ranges::any_of(reference.calls, [&](const std::string& pattern) {
                           return matches(pattern, use);
                         });
      if (!named)
        continue;
      finding.evidence.push_back(call_text(caller.name, linked, use));
      if (finding.location.entry.empty())
        finding.location.entry = caller.entry;
    }
  }
}

RuleResult check_references(const char* rule, const Facts& facts) {
  RuleResult result;
  for (const PlatformReference& reference : facts.upgrade.table->platform_references) {
    if (reference.rule != rule || !applies(reference, facts.upgrade))
      continue;
    Finding finding{.rule = rule,
                    .severity = reference.severity,
                    .title = reference.title,
                    .message = reference.why,
                    .remedy = reference.remedy,
                    .sources = reference.sources,
                    .subject = {.kind = Subject::Kind::method, .name = reference.id},
                    .location = {.path = facts.upgrade.application->path.string()}};
    gather_calls(reference, facts, finding);
    if (!finding.evidence.empty())
      result.findings.push_back(std::move(finding));
  }
  return result;
}

}  // namespace

Rule configuration_set_in_code() {
  return {.id = "configuration-set-in-code",
          .severity = Severity::medium,
          .title = "The job sets configuration that the platform keeps for itself",
          .rationale =
              "A managed service refuses or overrides configuration that is set in code: checkpointing, restart "
              "strategy, state backend.",
          .remedy = "Set it in the application's configuration at the service, or only where the job runs locally.",
          .sources = {"rules/table/platform_references.json"},
          .fires = "--target 2.2 --platform msf, and the job calls StreamExecutionEnvironment.enableCheckpointing.",
          .does_not_fire = "The same call in a job on Kubernetes; or only a library in the JAR makes it.",
          .needs = {.application = true},
          .check = [](const Facts& facts) { return check_references("configuration-set-in-code", facts); }};
}

Rule local_file_written() {
  return {.id = "local-file-written",
          .severity = Severity::low,
          .title = "The job may write to a file system that is read-only",
          .rationale = "A managed service may leave only the temporary folder writable.",
          .remedy = "Write below /tmp, or to an object store.",
          .sources = {"rules/table/platform_references.json"},
          .fires = "--target 2.2 --platform msf, and a class of the job makes a FileOutputStream.",
          .does_not_fire = "--target 2.2 --platform msf, and the job writes through Flink's sinks alone.",
          .needs = {.application = true},
          .check = [](const Facts& facts) { return check_references("local-file-written", facts); }};
}

Rule instance_metadata_read() {
  return {
      .id = "instance-metadata-read",
      .severity = Severity::medium,
      .title = "The job asks the instance metadata service",
      .rationale = "A managed service may refuse most of its answers.",
      .remedy = "Take what it asks for from the application's properties.",
      .sources = {"rules/table/platform_references.json"},
      .fires = "--target 2.2 --platform msf, and a class of the job calls EC2MetadataUtils.getInstanceId.",
      .does_not_fire = "--target 2.2 --platform msf, and the job reads its region from the application's properties.",
      .needs = {.application = true},
      .check = [](const Facts& facts) { return check_references("instance-metadata-read", facts); }};
}

Rule process_ended() {
  return {.id = "process-ended",
          .severity = Severity::low,
          .title = "The job may end the process that it runs in",
          .rationale = "System.exit ends the JobManager or a TaskManager with all that runs on it.",
          .remedy = "Throw an exception instead.",
          .sources = {"rules/table/platform_references.json"},
          .fires = "A class of the job calls System.exit.",
          .does_not_fire = "A class of the job throws an exception; or only a library in the JAR calls System.exit.",
          .needs = {.application = true},
          .check = [](const Facts& facts) { return check_references("process-ended", facts); }};
}

Rule process_started() {
  return {.id = "process-started",
          .severity = Severity::low,
          .title = "The job starts other programs",
          .rationale = "The containers of a managed service promise no programs beside Java and Python.",
          .remedy = "Do the work in Java, or call a service.",
          .sources = {"rules/table/platform_references.json"},
          .fires = "--target 2.2 --platform msf, and a class of the job calls ProcessBuilder.start.",
          .does_not_fire = "The same call in a job on Kubernetes; or only a library in the JAR makes it.",
          .needs = {.application = true},
          .check = [](const Facts& facts) { return check_references("process-started", facts); }};
}

}  // namespace preflight
