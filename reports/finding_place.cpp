#include "finding_place.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "unicode_text.h"

namespace preflight {
namespace {

bool stands_for_itself(char c) {
  constexpr std::string_view kOthers = "-._~/";
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         kOthers.find(c) != std::string_view::npos;
}

}  // namespace

Location shown_place(const Report& report, const Finding& finding) {
  if (!finding.location.path.empty())
    return finding.location;
  const auto file = std::ranges::find_if(report.inputs, [](const ReportInput& input) {
    return input.path != "-" && input.kind != "waivers" && input.kind != "baseline";
  });
  return {.path = file == report.inputs.end() ? "" : file->path};
}

std::string uri_of(const std::string& path) {
  std::string uri = path.starts_with('/') ? "file://" : "";
  for (const char c : path)
    uri += stands_for_itself(c) ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  return uri;
}

std::string explanation_of(const Finding& finding) {
  std::string text = visible_text(waiver_text(finding));
  text += (text.empty() ? "" : "\n\n") + visible_text(finding.message);
  for (const std::string& evidence : finding.evidence)
    text += "\n- " + visible_text(evidence);
  if (!finding.remedy.empty())
    text += "\n\nFix: " + visible_text(finding.remedy);
  return text;
}

std::string waiver_text(const Finding& finding) {
  if (!finding.waiver)
    return "";
  const Waiver& waiver = *finding.waiver;
  const std::string by = waiver.approved_by.empty() ? "" : " by " + waiver.approved_by;
  const std::string until = waiver.expires.empty() ? "without an end" : "until " + waiver.expires;
  return fmt::format("waived {}{}: {}", until, by, waiver.reason);
}

std::string passed_over_text(const Finding& finding) {
  if (finding.waiver)
    return waiver_text(finding);
  return finding.baseline == BaselineState::unchanged ? "in the baseline already" : "";
}

}  // namespace preflight
