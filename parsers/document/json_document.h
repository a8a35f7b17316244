#pragma once

#include <string>
#include <string_view>

#include "document/tree_builder.h"

namespace preflight {

/// Feeds the one JSON document of `text` to `tree`. Throws InputError (not_this_format) with the line.
void parse_json_document(std::string_view text, const std::string& name, TreeBuilder& tree);

}  // namespace preflight
