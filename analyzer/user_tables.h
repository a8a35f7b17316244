#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "api/api_index.h"
#include "compatibility_table.h"

namespace preflight {

// The tables that the program carries, with those of --table: a file, or every .json and .api file of a directory.

/// The documents of all tables in JSON, the user's behind the program's own. Throws InputError.
std::vector<TableDocument> read_table_documents(const std::optional<std::filesystem::path>& user_table);

/// Tables in JSON; the user's take the place of those of the same name. Throws InputError.
std::shared_ptr<const CompatibilityTable> read_table(const std::optional<std::filesystem::path>& user_table);

/// Indexes of Flink's API; the user's are laid over the built-in one. Throws InputError.
ApiIndex read_api_index(const std::optional<std::filesystem::path>& user_table);

/// An index as `api build` writes it. Throws InputError.
ApiIndex read_api_file(const std::filesystem::path& path);

}  // namespace preflight
