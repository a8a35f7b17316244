#include "families/application_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "classfile/class_file.h"
#include "target_java.h"

namespace preflight {
namespace {

std::string in_jar(const ApplicationJar& application) {
  return application.path.filename().string();
}

/// Where Class#getMethod finds main: in the class, or in a super class.
enum class Main { found, missing, beyond_the_jar };
Main find_main(const ApplicationJar& application, const ApplicationClass& entry_class) {
  const ApplicationClass* one = &entry_class;
  for (std::size_t steps = 0; steps < application.classes.size(); ++steps) {  // Damaged classes may go in circles.
    if (one->has_main)
      return Main::found;
    if (one->super_class.empty() || one->super_class == "java.lang.Object")
      return Main::missing;
    one = application.find_class(one->super_class);
    if (one == nullptr)
      return Main::beyond_the_jar;
  }
  return Main::missing;
}

RuleResult check_entry_class_missing(const Facts& facts) {
  const ApplicationJar& application = *facts.upgrade.application;
  const auto entry_class = facts.upgrade.entry_class ? facts.upgrade.entry_class : application.manifest.entry_class();
  if (!entry_class && application.python)
    return {.unknowns = {{fmt::format("the job in {}", application.python->entry_scripts.front()),
                          "it is written in Python, of which nothing is read but the JARs beside it"}}};
  Finding finding;
  finding.rule = "entry-class-missing";
  finding.sources = {"org.apache.flink.client.program.PackagedProgram"};
  finding.location = {.path = application.path.string(), .entry = "META-INF/MANIFEST.MF"};
  if (!entry_class) {
    finding.severity = facts.upgrade.platform == Platform::msf ? Severity::blocker : Severity::medium;
    finding.title = "The JAR's manifest names no entry class";
    finding.message =
        facts.upgrade.platform == Platform::msf
            ? "The managed service finds the job's main method through Main-Class in META-INF/MANIFEST.MF, "
              "and there is none."
            : "Without Main-Class in META-INF/MANIFEST.MF the class has to be named when the job is "
              "submitted (--class, or entryClass in the FlinkDeployment).";
    finding.remedy = "Set Main-Class in the manifest (maven-shade-plugin: ManifestResourceTransformer, mainClass).";
    finding.subject = {.kind = Subject::Kind::manifest, .name = "Main-Class"};
    return {.findings = {finding}};
  }
  const ApplicationClass* main_class = application.find_class(*entry_class);
  const Main main = main_class == nullptr ? Main::missing : find_main(application, *main_class);
  if (main == Main::found)
    return {};
  if (main == Main::beyond_the_jar)
    return {.unknowns = {{fmt::format("entry class {}", *entry_class),
                          "it has no main method of its own; one may be inherited from a class outside the JAR"}}};
  finding.severity = Severity::blocker;
  finding.subject = {.kind = Subject::Kind::manifest, .name = "Main-Class", .class_name = *entry_class};
  if (main_class == nullptr) {
    finding.title = fmt::format("The entry class {} is not in the JAR", *entry_class);
    finding.message = fmt::format(
        "META-INF/MANIFEST.MF names it, and {} has no such class: submission fails with \"The program's entry point "
        "class was not found in the jar file\".",
        in_jar(application));
    finding.remedy = "Correct Main-Class, or pack the module that holds the class.";
  } else {
    finding.title = fmt::format("The entry class {} has no main method", *entry_class);
    finding.message =
        "Neither it nor a super class has public static void main(String[]): submission fails with \"The class … has "
        "no main(String[]) "
        "method\".";
    finding.remedy = "Name the class with the job's main method in Main-Class.";
  }
  return {.findings = {finding}};
}

/// Those below META-INF/versions are for that release and newer ones; without a known release only the base is sure.
bool is_loadable(const ApplicationClass& candidate, const TargetJava& java) {
  return candidate.release <= java.release && !candidate.is_module();
}

RuleResult check_class_file_too_new(const Facts& facts) {
  const ApplicationJar& application = *facts.upgrade.application;
  const TargetJava java = target_java(facts.upgrade);
  if (java.release == 0)
    return {.unknowns = {{"the target's Java release",
                          fmt::format("the table has no row for Flink {}", facts.upgrade.to.minor_text())}}};
  std::vector<const ApplicationClass*> too_new;
  for (const ApplicationClass& candidate : application.classes)
    if (is_loadable(candidate, java) && !candidate.preview && java_release(candidate.major_version) > java.release)
      too_new.push_back(&candidate);
  if (too_new.empty())
    return {};
  const auto newest = *std::ranges::max_element(too_new, {}, &ApplicationClass::major_version);
  const int compiled_for = java_release(newest->major_version);
  Finding finding;
  finding.rule = "class-file-too-new";
  finding.severity = Severity::blocker;
  finding.title = fmt::format("{} of {} classes are compiled for a newer Java than the target's {}", too_new.size(),
                              application.classes.size(), java.release);
  finding.message = fmt::format(
      "{} is a class file of Java {} (major version {}), and {}. The JVM refuses it with UnsupportedClassVersionError.",
      newest->name, compiled_for, newest->major_version, java.why);
  finding.remedy = java.exact ? fmt::format("Compile with --release {} (maven.compiler.release).", java.release)
                              : fmt::format(
                                    "Compile with --release {} or lower (maven.compiler.release), to match the "
                                    "Java of your image.",
                                    java.release);
  for (const ApplicationClass* candidate : too_new)
    finding.evidence.push_back(fmt::format("{} (Java {})", candidate->name, java_release(candidate->major_version)));
  finding.sources = {"JVMS 4.1, table 4.1-A", "rules/table/runtimes.json"};
  finding.subject = {
      .kind = Subject::Kind::class_, .name = "class-file version", .class_name = std::string(newest->name)};
  finding.location = {.path = application.path.string(), .entry = std::string(newest->entry)};
  return {.findings = {finding}};
}

/// Why no start of the JVM can make it load class files of a preview of Java `release`; empty where one may.
std::string why_refused(int release, const TargetJava& java, Platform platform) {
  if (java.release != 0 && (java.exact ? release != java.release : release > java.release))
    return java.why;
  if (platform == Platform::msf)
    return "the managed service starts the JVM, and an application cannot give it options (only a support case may)";
  return "";
}

/// `classes` are those of a preview of Java `release`, at least one.
Finding preview_finding(int release, const std::vector<const ApplicationClass*>& classes, const Facts& facts) {
  const ApplicationClass& first = *classes.front();
  const std::string refused = why_refused(release, target_java(facts.upgrade), facts.upgrade.platform);
  Finding finding;
  finding.rule = "preview-class-file";
  finding.severity = refused.empty() ? Severity::high : Severity::blocker;
  finding.title = fmt::format(
      "{} compiled with preview features of Java {}",
      classes.size() == 1 ? fmt::format("{} is", first.name) : fmt::format("{} classes are", classes.size()), release);
  finding.message = fmt::format(
      "{} is marked as compiled with --enable-preview (class file version {}.65535): it runs on Java {} alone, and "
      "only "
      "where the JVM is started with --enable-preview; all else refuses it with UnsupportedClassVersionError.{}",
      first.name, first.major_version, release, refused.empty() ? "" : fmt::format(" Here {}.", refused));
  finding.remedy =
      refused.empty()
          ? fmt::format(
                "Compile without --enable-preview; or run Java {} on every JobManager and TaskManager, with "
                "--enable-preview in env.java.opts.all (env.java.opts before Flink 1.17).",
                release)
          : "Compile without --enable-preview, for the target's Java.";
  for (const ApplicationClass* one : classes)
    finding.evidence.push_back(fmt::format("{} (preview of Java {})", one->name, release));
  finding.sources = {"JVMS 4.1", "JEP 12: Preview Features"};
  finding.subject = {.kind = Subject::Kind::class_,
                     .name = fmt::format("preview of Java {}", release),
                     .class_name = std::string(first.name)};
  finding.location = {.path = facts.upgrade.application->path.string(), .entry = std::string(first.entry)};
  return finding;
}

RuleResult check_preview_class_file(const Facts& facts) {
  const TargetJava java = target_java(facts.upgrade);
  std::map<int, std::vector<const ApplicationClass*>> previews;  // By Java release.
  for (const ApplicationClass& candidate : facts.upgrade.application->classes)
    if (candidate.preview && is_loadable(candidate, java))
      previews[java_release(candidate.major_version)].push_back(&candidate);
  RuleResult result;
  for (const auto& [release, classes] : previews)
    result.findings.push_back(preview_finding(release, classes, facts));
  return result;
}

}  // namespace

Rule entry_class_missing() {
  return {.id = "entry-class-missing",
          .severity = Severity::blocker,
          .title = "The JAR's entry class cannot be started",
          .rationale =
              "Flink starts the main method of the class that the manifest names; without it the job is refused "
              "at submission.",
          .remedy = "Name a class of the JAR that has public static void main(String[]) in Main-Class.",
          .sources = {"org.apache.flink.client.program.PackagedProgram"},
          .fires = "Main-Class in META-INF/MANIFEST.MF names a class that is not in the JAR.",
          .does_not_fire = "The class that Main-Class names inherits its main method from a class of the JAR.",
          .needs = {.application = true},
          .check = check_entry_class_missing};
}

Rule class_file_too_new() {
  return {.id = "class-file-too-new",
          .severity = Severity::blocker,
          .title = "Class files are compiled for a newer Java than the target runs",
          .rationale = "A JVM refuses class files of a newer Java release (UnsupportedClassVersionError).",
          .remedy = "Compile for the target's Java release.",
          .sources = {"JVMS 4.1, table 4.1-A"},
          .fires = "A class is compiled for Java 21, and the target runs Java 17.",
          .does_not_fire = "Classes for Java 21 below META-INF/versions/21, and all others for Java 11.",
          .needs = {.application = true},
          .check = check_class_file_too_new};
}

Rule preview_class_file() {
  return {.id = "preview-class-file",
          .severity = Severity::blocker,
          .title = "Class files use preview features of one Java release",
          .rationale =
              "A class file that was compiled with --enable-preview runs on exactly one Java release, and only where "
              "the JVM is started with --enable-preview.",
          .remedy = "Compile without --enable-preview.",
          .sources = {"JVMS 4.1", "JEP 12: Preview Features"},
          .fires = "A class was compiled with --enable-preview.",
          .does_not_fire = "Classes were compiled for Java 17 without --enable-preview.",
          .needs = {.application = true},
          .check = check_preview_class_file};
}

}  // namespace preflight
