#pragma once

// Private to the HTML report: the parts of its page, in the order in which they stand there.

#include "html_writer.h"
#include "report.h"

namespace preflight {

void write_verdict(HtmlWriter& html, const Report& report);
void write_steps(HtmlWriter& html, const std::vector<Finding>& findings);
void write_findings(HtmlWriter& html, const std::vector<Finding>& findings);
void write_restore(HtmlWriter& html, const RestorePrediction& restore);
void write_not_checked(HtmlWriter& html, const Report& report);
void write_inputs(HtmlWriter& html, const Report& report);
void write_glossary(HtmlWriter& html);

/// The id of a finding's element, for links within the page.
std::string finding_anchor(std::size_t index);

}  // namespace preflight
