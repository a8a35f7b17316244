#include "families/deployment_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

#include "families/deployment_facts.h"

namespace preflight {
namespace {

bool is_running(const Upgrade& upgrade, const FlinkVersion& release) {
  return !upgrade.from || (upgrade.from->lowest <= release && release <= upgrade.from->highest);
}

Finding runtime_finding(Severity severity, const Deployment& deployment) {
  return deployment_finding("deployment-runtime-mismatch", severity, deployment, "runtime", deployment.runtime->place);
}

/// What runs is not what --from says.
void check_running(const Upgrade& upgrade, const Deployment& deployment, const FlinkVersion& release,
                   RuleResult& result) {
  if (is_running(upgrade, release) || release == upgrade.to)
    return;
  Finding finding = runtime_finding(Severity::high, deployment);
  finding.title = fmt::format("Flink {} runs now, and not {}", release.minor_text(), upgrade.from->text());
  finding.message = fmt::format("The description of {} has runtime {}; the check was made for an upgrade from {} ({}).",
                                named(deployment), deployment.runtime->value, upgrade.from->text(), upgrade.from->how);
  finding.remedy =
      fmt::format("Check with --from {}, or give the description of the right application.", release.minor_text());
  result.findings.push_back(std::move(finding));
}

/// What will be deployed is not the target.
void check_planned(const Upgrade& upgrade, const Deployment& deployment, const FlinkVersion& release,
                   RuleResult& result) {
  if (release == upgrade.to)
    return;
  const bool old = upgrade.from && is_running(upgrade, release);
  Finding finding = runtime_finding(old ? Severity::medium : Severity::high, deployment);
  finding.title =
      fmt::format("The deployment names Flink {}, and the target is {}", release.minor_text(), upgrade.to.minor_text());
  finding.message =
      old ? fmt::format(
                "It still has the runtime that runs now, {}: whoever deploys it next takes the application back.",
                deployment.runtime->value)
          : fmt::format("It has runtime {}; what it starts is not what was checked here.", deployment.runtime->value);
  finding.remedy =
      fmt::format("Write the runtime of Flink {} there, with the code that is built for it.", upgrade.to.minor_text());
  result.findings.push_back(std::move(finding));
}

RuleResult check_deployment_runtime_mismatch(const Facts& facts) {
  RuleResult result;
  for (const Deployment& deployment : facts.upgrade.deployments) {
    if (!deployment.runtime || deployment.kind == DeploymentKind::msf_snapshots)
      continue;
    const auto release = FlinkVersion::parse(deployment.runtime->value);
    if (!release)
      result.unknowns.push_back({fmt::format("the runtime of {}", named(deployment)),
                                 fmt::format("\"{}\" names no release of Flink", deployment.runtime->value)});
    else if (is_planned(deployment))
      check_planned(facts.upgrade, deployment, *release, result);
    else
      check_running(facts.upgrade, deployment, *release, result);
  }
  for (Finding& finding : result.findings)
    finding.sources = {"rules/table/runtimes.json"};
  return result;
}

/// "registry/flink:1.20.1-scala_2.12-java17" as {"flink", "1.20.1-scala_2.12-java17"}.
struct ImageName {
  std::string_view name;
  std::string_view tag;
};

ImageName split_image(std::string_view image) {
  image = image.substr(0, image.find('@'));
  const std::string_view last = image.substr(image.rfind('/') + 1);
  const std::size_t colon = last.find(':');
  return {last.substr(0, colon), colon == std::string_view::npos ? "" : last.substr(colon + 1)};
}

/// 17 of "1.20.1-scala_2.12-java17"; 0 where the tag does not say.
int java_of(std::string_view tag) {
  const std::size_t at = tag.rfind("-java");
  int java = 0;
  if (at != std::string_view::npos)
    std::from_chars(tag.data() + at + 5, tag.data() + tag.size(), java);
  return java;
}

Finding image_finding(Severity severity, const Deployment& deployment) {
  Finding finding =
      deployment_finding("deployment-image-mismatch", severity, deployment, "image", deployment.image->place);
  finding.sources = {"Flink Kubernetes Operator documentation: custom resource reference, flinkVersion",
                     "rules/table/releases.json"};
  return finding;
}

void check_image_release(const Upgrade& upgrade, const Deployment& deployment, const FlinkVersion& release,
                         RuleResult& result) {
  const auto named_release = deployment.runtime ? FlinkVersion::parse(deployment.runtime->value) : std::nullopt;
  const FlinkVersion wanted = named_release.value_or(upgrade.to);
  if (release == wanted)
    return;
  Finding finding = image_finding(Severity::blocker, deployment);
  finding.title =
      fmt::format("The image holds Flink {}, and {} is asked for", release.minor_text(), wanted.minor_text());
  finding.message = fmt::format(
      "The image is {}. What decides how the job is submitted and configured, and what runs, have to be one minor "
      "release.",
      deployment.image->value);
  finding.remedy = fmt::format("Use an image of Flink {}.", upgrade.to.minor_text());
  result.findings.push_back(std::move(finding));
}

/// The first class file that needs a newer Java than `java`.
const ApplicationClass* class_above(const Upgrade& upgrade, int java) {
  constexpr int kJavaOfClassFile = 44;  // Class files of Java 8 have major version 52.
  if (!upgrade.application)
    return nullptr;
  const auto& classes = upgrade.application->classes;
  const auto found = std::ranges::find_if(classes, [&](const ApplicationClass& one) {
    return one.release == 0 && one.major_version > kJavaOfClassFile + java;
  });
  return found == classes.end() ? nullptr : &*found;
}

void check_image_java(const Upgrade& upgrade, const Deployment& deployment, int java, RuleResult& result) {
  const FlinkRelease* release = upgrade.table->find_release(upgrade.to);
  if (release != nullptr && java < release->java_min) {
    Finding finding = image_finding(Severity::blocker, deployment);
    finding.title = fmt::format("The image has Java {}, and Flink {} needs {} or later", java, upgrade.to.minor_text(),
                                release->java_min);
    finding.message = fmt::format("The image is {}. The JVM cannot load Flink's own classes.", deployment.image->value);
    finding.remedy = fmt::format("Use an image with Java {} or later.", release->java_min);
    result.findings.push_back(std::move(finding));
  } else if (const ApplicationClass* above = class_above(upgrade, java); above != nullptr) {
    Finding finding = image_finding(Severity::blocker, deployment);
    finding.title = fmt::format("The image has Java {}, and the JAR has class files for a later one", java);
    finding.message = fmt::format("Loading {} fails with UnsupportedClassVersionError.", above->name);
    finding.remedy = "Use an image with a later Java, or compile with --release for the Java that it has.";
    finding.evidence.push_back(fmt::format("{} has class-file version {}", above->name, above->major_version));
    result.findings.push_back(std::move(finding));
  }
}

RuleResult check_deployment_image_mismatch(const Facts& facts) {
  RuleResult result;
  for (const Deployment& deployment : facts.upgrade.deployments) {
    if (!deployment.image)
      continue;
    const auto [name, tag] = split_image(deployment.image->value);
    const auto release = name == "flink" ? FlinkVersion::parse(tag.substr(0, tag.find('-'))) : std::nullopt;
    if (!release) {
      // Only the official image's tag tells what is in it.
      result.unknowns.push_back({fmt::format("the Flink release in the image of {}", named(deployment)),
                                 fmt::format("\"{}\" does not tell it", deployment.image->value)});
      continue;
    }
    check_image_release(facts.upgrade, deployment, *release, result);
    if (const int java = java_of(tag); java > 0)
      check_image_java(facts.upgrade, deployment, java, result);
  }
  return result;
}

/// Settings of which two files that are to be deployed cannot both be right.
constexpr std::array<std::string_view, 5> kOneOf{"runtime", "restore", "allow-non-restored-state", "parallelism",
                                                 "snapshots"};

bool of_one_application(const Deployment& one, const Deployment& other) {
  return is_planned(one) && is_planned(other) && (one.name == other.name || one.name.empty() || other.name.empty());
}

void compare(const Deployment& one, const Deployment& other, RuleResult& result) {
  const auto before = settings_of(one);
  for (const NamedSetting& setting : settings_of(other)) {
    const auto first = std::ranges::find(before, setting.name, &NamedSetting::name);
    if (std::ranges::find(kOneOf, setting.name) == kOneOf.end() || first == before.end() ||
        first->value == setting.value)
      continue;
    Finding finding = deployment_finding("deployments-disagree", Severity::medium, other, setting.name, setting.place);
    finding.title = fmt::format("Two deployments differ in {}: {} and {}", setting.name, first->value, setting.value);
    finding.message = "Both are to be deployed; which one comes last decides what runs.";
    finding.remedy = "Set it in one place, or to one value.";
    finding.evidence.push_back(fmt::format("{} in {}", first->place.pointer, one.path.string()));
    finding.sources = {"the deployments that were given"};
    result.findings.push_back(std::move(finding));
  }
}

RuleResult check_deployments_disagree(const Facts& facts) {
  RuleResult result;
  const std::vector<Deployment>& deployments = facts.upgrade.deployments;
  // Each against the first of its application: of n files that differ, n - 1 findings.
  for (std::size_t i = 1; i < deployments.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (of_one_application(deployments[j], deployments[i])) {
        compare(deployments[j], deployments[i], result);
        break;
      }
  return result;
}

}  // namespace

Rule deployment_runtime_mismatch() {
  return {.id = "deployment-runtime-mismatch",
          .severity = Severity::high,
          .title = "The deployment is of another release than the one that is checked",
          .rationale =
              "A deployment that still names the old runtime takes the application back, and a check against another "
              "release than the one that runs proves nothing.",
          .remedy = "Name the target's runtime where the application is described.",
          .sources = {"rules/table/runtimes.json"},
          .fires = "--target 2.2, and the Terraform plan has runtime_environment = \"FLINK-1_20\".",
          .does_not_fire = "--from 1.20 --target 2.2, and describe-application says FLINK-1_20: that is what runs now.",
          .needs = {.deployment = true},
          .check = check_deployment_runtime_mismatch};
}

Rule deployment_image_mismatch() {
  return {.id = "deployment-image-mismatch",
          .severity = Severity::blocker,
          .title = "The container image does not fit the release or the application",
          .rationale = "The image decides which Flink and which Java run; flinkVersion does not change what is in it.",
          .remedy = "Change the image together with flinkVersion.",
          .sources = {"Flink Kubernetes Operator documentation: custom resource reference, flinkVersion"},
          .fires = "The FlinkDeployment has flinkVersion: v2_2 and image: flink:1.20-java11.",
          .does_not_fire =
              "It has flinkVersion: v2_2 and image: flink:2.2-java17. Of an image with a name of one's own nothing is "
              "claimed: what is in it is unknown.",
          .needs = {.deployment = true},
          .check = check_deployment_image_mismatch};
}

Rule deployments_disagree() {
  return {.id = "deployments-disagree",
          .severity = Severity::medium,
          .title = "Two files deploy one application with different settings",
          .rationale = "Which of them comes last decides, and nothing says so.",
          .remedy = "Set it in one place, or to one value.",
          .sources = {"the deployments that were given"},
          .fires = "A CloudFormation template has Parallelism: 4, and a .tfvars file of the same application has 8.",
          .does_not_fire =
              "describe-application says FLINK-1_20 and the request of update-application FLINK-2_2: one is what runs, "
              "the other what will.",
          .needs = {.deployment = true},
          .check = check_deployments_disagree};
}

}  // namespace preflight
