#pragma once

#include <cstddef>
#include <iosfwd>

#include "report.h"

namespace preflight {

/// The longest comment that GitHub takes, in characters; GitLab takes more.
inline constexpr std::size_t kLongestComment = 65'536;

/// The report as GitHub's and GitLab's Markdown, for a comment on a pull request: verdict, findings gravest first, the
/// outcome of each state, what was not checked, and each finding's explanation to open. At most kLongestComment bytes:
/// what is beyond is left out from the end, explanations before states before findings, and it says how much.
/// Names from inputs can neither format, nor link, nor mention anyone.
void write_markdown(const Report& report, std::ostream& out);

}  // namespace preflight
