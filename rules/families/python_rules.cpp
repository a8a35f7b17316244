#include "families/python_rules.h"

#include <fmt/format.h>

#include "python_version.h"

namespace preflight {
namespace {

/// A package of the Python files, and the file.
void for_each_package(const Upgrade& upgrade, std::string_view name, const auto& visit) {
  for (const DeclaredBuild& build : upgrade.builds)
    for (const BuildDependency& package : build.dependencies)
      if (package.coordinates.group.empty() && package.coordinates.artifact == name)
        visit(build, package);
}

Finding package_finding(const char* rule, const DeclaredBuild& build, const BuildDependency& package) {
  Finding finding;
  finding.rule = rule;
  finding.severity = Severity::blocker;
  finding.subject = {.kind = Subject::Kind::dependency, .name = package.coordinates.artifact};
  finding.location = {.path = build.path.string(), .line = package.line};
  return finding;
}

RuleResult check_pyflink_version_mismatch(const Facts& facts) {
  const Upgrade& upgrade = facts.upgrade;
  RuleResult result;
  for_each_package(upgrade, "apache-flink", [&](const DeclaredBuild& build, const BuildDependency& package) {
    const auto version = FlinkVersion::parse(package.coordinates.version);
    if (!version) {
      result.unknowns.push_back(
          {"apache-flink", package.unknown.empty() ? "its version names no release of Flink" : package.unknown});
      return;
    }
    if (*version == upgrade.to)
      return;
    Finding finding = package_finding("pyflink-version-mismatch", build, package);
    finding.title =
        fmt::format("apache-flink is {}, the target is Flink {}", package.coordinates.version, upgrade.to.minor_text());
    finding.message =
        "PyFlink calls Java classes of its own release by name and by signature, and the cluster has those of the "
        "target: the job fails when it is built, or its Python workers do not start.";
    finding.remedy = fmt::format("Require apache-flink=={}.* and test the job with it.", upgrade.to.minor_text());
    finding.sources = {"apache/flink: flink-python/setup.py", "Flink documentation: Python API, Installation"};
    result.findings.push_back(std::move(finding));
  });
  return result;
}

/// The releases of Python that the job can get on the target.
struct Offered {
  PythonVersion first, last;
  std::string by;  ///< "the runtime FLINK-2_2"
  std::vector<std::string> sources;
};

std::optional<Offered> offered_python(const Upgrade& upgrade) {
  const PlatformRuntime* runtime = upgrade.table->find_runtime(upgrade.platform, upgrade.to);
  if (runtime != nullptr && !runtime->python.empty()) {
    const auto only = PythonVersion::parse(runtime->python);
    return only ? std::optional(Offered{*only, *only, "the runtime " + runtime->name, runtime->sources}) : std::nullopt;
  }
  const FlinkRelease* release = upgrade.table->find_release(upgrade.to);
  const auto first = release != nullptr ? PythonVersion::parse(release->python_min) : std::nullopt;
  const auto last = release != nullptr ? PythonVersion::parse(release->python_max) : std::nullopt;
  if (!first || !last)
    return std::nullopt;
  return Offered{*first, *last, "PyFlink " + upgrade.to.minor_text(), release->sources};
}

std::string text_of(const PythonVersion& version) {
  return fmt::format("{}.{}", version.major, version.minor);
}

/// Whether a specifier lets in any of the releases; nullopt where it is not understood.
std::optional<bool> admits_any(const std::string& specifier, const Offered& offered) {
  for (PythonVersion release = offered.first; release <= offered.last; ++release.minor) {
    const auto admitted = admits(specifier, release);
    if (!admitted || *admitted)
      return admitted;
  }
  return false;
}

RuleResult check_python_release_unsupported(const Facts& facts) {
  const Upgrade& upgrade = facts.upgrade;
  RuleResult result;
  const auto offered = offered_python(upgrade);
  for_each_package(upgrade, "python", [&](const DeclaredBuild& build, const BuildDependency& package) {
    const std::string& specifier =
        package.coordinates.version.empty() ? package.version_text : package.coordinates.version;
    const auto admitted = offered ? admits_any(specifier, *offered) : std::nullopt;
    if (!admitted) {
      result.unknowns.push_back({"the release of Python", offered ? fmt::format("\"{}\" is not understood", specifier)
                                                                  : "the table does not say which the target has"});
      return;
    }
    if (*admitted)
      return;
    const std::string releases = offered->first == offered->last
                                     ? text_of(offered->first)
                                     : fmt::format("{} to {}", text_of(offered->first), text_of(offered->last));
    Finding finding = package_finding("python-release-unsupported", build, package);
    finding.title = fmt::format("The project asks for Python {}, {} has {}", specifier, offered->by, releases);
    finding.message =
        "Packages that were built for another release of Python do not load, and PyFlink itself is built for these "
        "alone.";
    finding.remedy = fmt::format("Make the project run on Python {}, and build what it packs for it.", releases);
    finding.sources = offered->sources;
    result.findings.push_back(std::move(finding));
  });
  return result;
}

}  // namespace

Rule pyflink_version_mismatch() {
  return {.id = "pyflink-version-mismatch",
          .severity = Severity::blocker,
          .title = "The version of apache-flink differs from the target",
          .rationale = "PyFlink works with the Java classes of its own release alone.",
          .remedy = "Require apache-flink of the target release.",
          .sources = {"apache/flink: flink-python/setup.py"},
          .fires = "requirements.txt has apache-flink==1.20.0, and the target is Flink 2.2.",
          .does_not_fire = "requirements.txt has apache-flink==2.2.1, and the target is Flink 2.2.",
          .needs = {.build = true},
          .check = check_pyflink_version_mismatch};
}

Rule python_release_unsupported() {
  return {.id = "python-release-unsupported",
          .severity = Severity::blocker,
          .title = "The project asks for a release of Python that the target does not have",
          .rationale = "A managed runtime has one release of Python, and each PyFlink is built for some.",
          .remedy = "Make the project run on a release of Python that the target has.",
          .sources = {"rules/table/runtimes.json", "rules/table/releases.json"},
          .fires = "pyproject.toml has requires-python = \"<3.9\", and the target is Flink 2.2.",
          .does_not_fire = "pyproject.toml has requires-python = \">=3.9\", and the target is Flink 2.2.",
          .needs = {.build = true},
          .check = check_python_release_unsupported};
}

}  // namespace preflight
