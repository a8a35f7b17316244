#pragma once

#include <string>
#include <vector>

#include "rule.h"

namespace preflight {

/// An input that a rule needs: the options that can give it, any one of them.
using NeededInput = std::vector<const char*>;

std::vector<NeededInput> needed_inputs(const Needs& needs);

/// "--app or --sql-plan; --savepoint or --running-app"; "--target alone" for a rule that needs nothing else.
std::string needs_text(const Needs& needs);

}  // namespace preflight
