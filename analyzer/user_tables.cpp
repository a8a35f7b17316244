#include "user_tables.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "embedded_api_index.h"
#include "input/file_bytes.h"
#include "input/input_error.h"

namespace preflight {
namespace {

constexpr std::uint64_t kLargestTable = std::uint64_t{64} << 20U;

/// The files of --table with that extension, sorted.
std::vector<std::filesystem::path> files_of(const std::optional<std::filesystem::path>& user_table,
                                            std::string_view extension) {
  if (!user_table)
    return {};
  std::vector<std::filesystem::path> files;
  if (!std::filesystem::is_directory(*user_table)) {
    // A file of another name is taken for JSON, whose reader says what is wrong with it.
    if ((user_table->extension() == ".api") == (extension == ".api"))
      files.push_back(*user_table);
    return files;
  }
  bool any_table = false;
  for (const auto& entry : std::filesystem::directory_iterator(*user_table)) {
    const std::filesystem::path& path = entry.path();
    any_table = any_table || path.extension() == ".json" || path.extension() == ".api";
    if (path.extension() == extension)
      files.push_back(path);
  }
  if (!any_table)
    throw InputError(InputErrorKind::not_this_format, {user_table->string()},
                     "expected a directory with tables in .json or .api files, found none");
  std::ranges::sort(files);
  return files;
}

TableDocument read_document(const std::filesystem::path& path) {
  const auto bytes = read_file(path, kLargestTable, "a table in JSON");
  std::string text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  return {path.stem().string(), path.string(), std::move(text)};
}

}  // namespace

std::vector<TableDocument> read_table_documents(const std::optional<std::filesystem::path>& user_table) {
  const auto embedded = embedded_table_documents();
  std::vector<TableDocument> documents(embedded.begin(), embedded.end());
  for (const std::filesystem::path& file : files_of(user_table, ".json"))
    documents.push_back(read_document(file));
  return documents;
}

std::shared_ptr<const CompatibilityTable> read_table(const std::optional<std::filesystem::path>& user_table) {
  return std::make_shared<const CompatibilityTable>(read_compatibility_table(read_table_documents(user_table)));
}

ApiIndex read_api_index(const std::optional<std::filesystem::path>& user_table) {
  std::vector<ApiIndex> added;
  for (const std::filesystem::path& file : files_of(user_table, ".api"))
    added.push_back(read_api_file(file));
  return api_index(std::move(added));
}

ApiIndex read_api_file(const std::filesystem::path& path) {
  return ApiIndex::read(read_file(path, kLargestTable, "an API index"), {path.string()});
}

}  // namespace preflight
