#pragma once

#include <string>
#include <string_view>

#include "document/tree_builder.h"

namespace preflight {

/// Feeds every YAML document of `text` to `tree`. Throws InputError (not_this_format) with the line.
void parse_yaml_documents(std::string_view text, const std::string& name, TreeBuilder& tree);

}  // namespace preflight
