#pragma once

#include <string>
#include <string_view>

#include "document/document.h"

namespace preflight {

/// A TOML text as a tree: its tables are mappings in the order of the file. `name` stands for the file in messages.
/// Throws InputError, with the line: not_this_format, over_limit.
DocumentNode parse_toml(std::string_view text, const std::string& name, const DocumentLimits& limits = {});

}  // namespace preflight
