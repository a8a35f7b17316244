#pragma once

#include "finding.h"
#include "text_page.h"

namespace preflight {

/// The colour of a severity in every text.
Ink ink_of(Severity severity);

}  // namespace preflight
