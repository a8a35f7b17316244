#pragma once

// Private to the readers of deployments.

#include <string>
#include <string_view>

#include "document/document.h"

namespace preflight {

/// The structure of a Terraform file (HCL native syntax) as the mapping that its JSON syntax would have: an attribute
/// is an entry; a block with labels is mappings one in the other, one label each; blocks without labels are a list.
/// Literals, lists, objects and heredocs are values; whatever has to be computed is an unresolved_node() that quotes
/// it. Throws InputError with the line: not_this_format, corrupt (a name stands twice), over_limit.
DocumentNode parse_hcl(std::string_view text, const std::string& name, const DocumentLimits& limits = {});

}  // namespace preflight
