#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "document/document.h"
#include "input/input_error.h"

namespace preflight {

// What the files that steer a check (waivers, configuration) have in common: a mapping, JSON or YAML, whose keys are
// all known. A misspelt key must not go unnoticed.

/// The one document of `path`, which is a mapping. `what` names the file in messages: "a waiver file". Throws
/// InputError.
DocumentNode read_policy_document(const std::filesystem::path& path, const std::string& what);

/// An error at a line of the file.
InputError policy_error(const std::filesystem::path& path, int line, const std::string& expectation);

/// Throws InputError at the first key of `mapping` that is none of `keys`, with the one that is near it. "$schema",
/// which editors read, is passed over.
void require_known_keys(const std::filesystem::path& path, const DocumentNode& mapping,
                        const std::vector<std::string>& keys, const std::string& what);

/// "a list", "a mapping", "nothing", or the text in quotes: what was found in the place of something else.
std::string found_text(const DocumentNode& node);

}  // namespace preflight
