#pragma once

// Private to the HTML report: the parts of its page, in the order in which they stand there.

#include "html_writer.h"
#include "report.h"

namespace preflight {

void write_verdict(HtmlWriter& html, const Report& report);
void write_steps(HtmlWriter& html, const std::vector<Finding>& findings);
void write_restore(HtmlWriter& html, const RestorePrediction& restore);
void write_findings(HtmlWriter& html, const std::vector<Finding>& findings);
void write_waived(HtmlWriter& html, const std::vector<Finding>& findings);
void write_fixed(HtmlWriter& html, const std::vector<Finding>& fixed);
void write_plan(HtmlWriter& html, const UpgradePlan& plan);
void write_not_checked(HtmlWriter& html, const Report& report);
void write_inputs(HtmlWriter& html, const Report& report);
void write_glossary(HtmlWriter& html);

bool has_waived(const Report& report);

/// The id of a finding's element, for links within the page.
std::string finding_anchor(std::size_t index);

/// A finding with all that is known of it. `with_remedy` is false where what is around it says what to do.
void write_finding(HtmlWriter& html, const Finding& finding, std::size_t index, bool open, bool with_remedy);

/// A state, which opens to its serializers before and after.
void write_state(HtmlWriter& html, const StatePrediction& state, const char* mark);
void write_outcome(HtmlWriter& html, const char* mark, const char* outcome);

void write_badge(HtmlWriter& html, Severity severity);

/// Buttons that open and close what is folded in a section; without the page's script they are not shown.
void write_fold_buttons(HtmlWriter& html);

}  // namespace preflight
