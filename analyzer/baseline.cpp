#include "baseline.h"

#include <fmt/format.h>

#include <charconv>
#include <map>
#include <set>

#include "document/document.h"
#include "json_report.h"
#include "policy_document.h"
#include "subject_kind.h"

namespace preflight {
namespace {

constexpr const char* kExpected = "a JSON report of flink-preflight check";

/// A report as a plain tree.
class ReportReader {
 public:
  explicit ReportReader(const std::filesystem::path& path) : path_(path) {}

  const DocumentNode& required(const DocumentNode& node, std::initializer_list<std::string_view> keys) const {
    const DocumentNode* value = find(node, keys);
    if (value == nullptr)
      throw policy_error(path_, node.line,
                         fmt::format("expected {}, found none of its \"{}\"", kExpected, fmt::join(keys, ".")));
    return *value;
  }

  const std::string& text(const DocumentNode& node, std::initializer_list<std::string_view> keys) const {
    const DocumentNode& value = required(node, keys);
    if (!value.is_scalar())
      throw policy_error(path_, value.line,
                         fmt::format("{}: expected a text, found {}", fmt::join(keys, "."), found_text(value)));
    return value.text;
  }

  BaselineFinding finding(const DocumentNode& node) const {
    if (!node.is_mapping())
      throw policy_error(path_, node.line, fmt::format("expected a finding, found {}", found_text(node)));
    BaselineFinding read{.finding = {.rule = text(node, {"rule"}),
                                     .severity = severity(node),
                                     .title = text(node, {"title"}),
                                     .message = text(node, {"message"}),
                                     .remedy = text(node, {"remedy"}),
                                     .subject = subject(node),
                                     .location = location(node)},
                         .fingerprint = text(node, {"fingerprint"}),
                         .waived = required(node, {"waiver"}).is_mapping()};
    constexpr std::size_t kDigits = 32;
    if (read.fingerprint.size() != kDigits ||
        read.fingerprint.find_first_not_of("0123456789abcdef") != std::string::npos)
      throw policy_error(path_, required(node, {"fingerprint"}).line,
                         fmt::format("fingerprint: expected {} hex digits, found \"{}\"", kDigits, read.fingerprint));
    return read;
  }

 private:
  Severity severity(const DocumentNode& node) const {
    const std::string& name = text(node, {"severity"});
    const auto severity = severity_of(name);
    if (!severity)
      throw policy_error(path_, required(node, {"severity"}).line,
                         fmt::format("severity: expected blocker, high, medium, low or info, found \"{}\"", name));
    return *severity;
  }

  static std::string text_or_nothing(const DocumentNode& node, std::string_view key) {
    const DocumentNode* value = find(node, {key});
    return value != nullptr && value->is_scalar() ? value->text : "";
  }

  Subject subject(const DocumentNode& node) const {
    const DocumentNode& json = required(node, {"subject"});
    const std::string& name = text(json, {"kind"});
    const auto kind = subject_kind_of(name);
    if (!kind)
      throw policy_error(path_, json.line, fmt::format("subject.kind: expected a kind, found \"{}\"", name));
    return {.kind = *kind,
            .name = text(json, {"name"}),
            .operator_id = text_or_nothing(json, "operator_id"),
            .uid = text_or_nothing(json, "uid"),
            .state = text_or_nothing(json, "state"),
            .class_name = text_or_nothing(json, "class"),
            .coordinates = text_or_nothing(json, "coordinates")};
  }

  Location location(const DocumentNode& node) const {
    const DocumentNode& json = required(node, {"location"});
    if (!json.is_mapping())
      return {};
    Location location{.path = text(json, {"path"}), .line = {}, .entry = text_or_nothing(json, "entry")};
    const std::string line = text_or_nothing(json, "line");
    int number = 0;
    if (std::from_chars(line.data(), line.data() + line.size(), number).ec == std::errc{})
      location.line = number;
    return location;
  }

  const std::filesystem::path& path_;
};

void require_same_upgrade(const std::filesystem::path& path, const ReportReader& reader, const DocumentNode& report,
                          const FlinkVersion& target, Platform platform) {
  const std::string& to = reader.text(report, {"upgrade", "to"});
  const auto version = FlinkVersion::parse(to);
  const int line = reader.required(report, {"upgrade"}).line;
  if (!version || version->minor_text() != target.minor_text())
    throw policy_error(path, line,
                       fmt::format("expected a report of an upgrade to Flink {}, found one to {}; what was accepted "
                                   "for one release says nothing about another",
                                   target.minor_text(), to));
  const std::string& found = reader.text(report, {"upgrade", "platform"});
  if (found != to_string(platform))
    throw policy_error(
        path, line, fmt::format("expected a report of an upgrade on {}, found one on {}", to_string(platform), found));
}

}  // namespace

Baseline read_baseline(const std::filesystem::path& path, const FlinkVersion& target, Platform platform) {
  const std::vector<DocumentNode> documents = read_documents(path, kExpected);
  if (documents.size() != 1 || !documents.front().is_mapping())
    throw policy_error(path, 1, fmt::format("expected {}, found another document", kExpected));
  const DocumentNode& report = documents.front();
  const ReportReader reader(path);
  if (const std::string& version = reader.text(report, {"schema_version"}); version != kReportSchemaVersion)
    throw InputError(InputErrorKind::unsupported, {.path = path.string(), .line = 1},
                     fmt::format("expected a report of schema version {}, found {}", kReportSchemaVersion, version));
  require_same_upgrade(path, reader, report, target, platform);
  const DocumentNode& findings = reader.required(report, {"findings"});
  if (!findings.is_sequence())
    throw policy_error(path, findings.line, fmt::format("findings: expected a list, found {}", found_text(findings)));
  Baseline baseline{.path = path.string(), .summary = {}, .findings = {}};
  for (const DocumentNode& node : findings.items)
    baseline.findings.push_back(reader.finding(node));
  baseline.summary =
      fmt::format("{} {}, of flink-preflight {} with table {}", baseline.findings.size(),
                  baseline.findings.size() == 1 ? "finding" : "findings", reader.text(report, {"tool", "version"}),
                  reader.text(report, {"tool", "table_version"}));
  return baseline;
}

std::vector<Finding> apply_baseline(const Baseline& baseline, std::vector<Finding>& findings) {
  std::map<std::string_view, const BaselineFinding*> known;
  for (const BaselineFinding& earlier : baseline.findings) {
    const BaselineFinding*& gravest = known[earlier.fingerprint];
    if (gravest == nullptr || gravest->finding.severity < earlier.finding.severity)
      gravest = &earlier;
  }
  std::set<std::string> present;
  for (Finding& finding : findings) {
    const std::string print = fingerprint(finding);
    const auto earlier = known.find(print);
    const bool accepted = earlier != known.end() && finding.severity <= earlier->second->finding.severity &&
                          (finding.waiver || !earlier->second->waived);
    finding.baseline = accepted ? BaselineState::unchanged : BaselineState::new_;
    present.insert(print);
  }
  std::vector<Finding> fixed;
  for (const BaselineFinding& earlier : baseline.findings)
    if (present.insert(earlier.fingerprint).second)
      fixed.push_back(earlier.finding);
  return fixed;
}

}  // namespace preflight
