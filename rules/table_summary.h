#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "compatibility_table.h"

namespace preflight {

/// A document of the table, and how many rows it has.
struct TableFile {
  std::string name;  ///< "releases"
  std::string path;  ///< For messages: "embedded releases.json", or the user's file.
  std::size_t rows = 0;
};

/// What there is to know of a table before its rows are asked.
struct TableSummary {
  std::string version;
  std::optional<std::chrono::year_month_day> date;  ///< Empty where the version is no date.
  bool old = false;                                 ///< Whether its date lies more than six months back.
  std::vector<FlinkVersion> releases;               ///< Those of Flink that have a row, ascending.
  std::vector<TableFile> files;                     ///< By name; table.json, which has no rows, is not among them.
  std::vector<std::string> api_releases;            ///< Of Flink, in the index of its API.
};

/// Summarises what read_compatibility_table reads of the same documents; `api_releases` stays empty. Throws InputError.
TableSummary summarise_table(std::span<const TableDocument> documents, std::chrono::sys_days today);

/// The date in a table's version, such as "2026.11.20"; nullopt where it has none.
std::optional<std::chrono::year_month_day> date_of_table(const std::string& version);
/// Whether the date lies more than six months back.
bool is_old(std::chrono::year_month_day date, std::chrono::sys_days today);

}  // namespace preflight
