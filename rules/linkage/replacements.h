#pragma once

#include <string>
#include <vector>

#include "linkage/linkage.h"

namespace preflight {

class ClassWorld;

/// What the target has in place of a missing symbol, as far as the index alone tells: methods of the same name with
/// other parameters, fields of the same name with another type, a class of the same simple name in another package.
/// At most a handful, sorted.
std::vector<std::string> replacements(ClassWorld& target, const ApiIndex& api, const LinkageProblem& problem);

}  // namespace preflight
