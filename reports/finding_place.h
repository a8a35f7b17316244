#pragma once

#include <string>

#include "report.h"

namespace preflight {

/// Where formats that want a place for each finding show it: its own, else the first input that is a file of the
/// application; with an empty path where there is none. A list of findings in a merge request, for example, drops those
/// without one.
Location shown_place(const Report& report, const Finding& finding);

/// `path` as a URI reference (RFC 3986): relative paths stay relative, absolute ones become file:// URIs.
std::string uri_of(const std::string& path);

/// Everything that a finding says below its title, as paragraphs of visible text: waiver, message, evidence, remedy.
std::string explanation_of(const Finding& finding);

/// "waived until 2027-01-31 by M. Maier: the reason", as it was written; empty where the finding has no waiver.
std::string waiver_text(const Finding& finding);

/// Why the gate passes over the finding: its waiver, or that it is in the baseline; empty where it does not.
std::string passed_over_text(const Finding& finding);

}  // namespace preflight
