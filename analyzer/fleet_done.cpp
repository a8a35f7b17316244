#include "fleet_done.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <system_error>

#include "fleet_manifest.h"
#include "input/input_error.h"

namespace preflight {
namespace {

bool is_standard_output(const std::filesystem::path& path) {
  struct stat file {};
  struct stat output {};
  return ::stat(path.c_str(), &file) == 0 && ::fstat(STDOUT_FILENO, &output) == 0 && S_ISREG(file.st_mode) &&
         file.st_dev == output.st_dev && file.st_ino == output.st_ino;
}

[[noreturn]] void refuse(const std::filesystem::path& path, const std::string& expected, int error) {
  throw InputError(InputErrorKind::unreadable, {path.string()},
                   expected + ", found " + std::generic_category().message(error));
}

/// Cuts off what follows the last line feed.
void remove_torn_line(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::uintmax_t at = 0;
  std::uintmax_t end_of_lines = 0;
  std::string block(std::size_t{1} << 16U, '\0');
  while (file.read(block.data(), static_cast<std::streamsize>(block.size())) || file.gcount() > 0) {
    const auto read = static_cast<std::size_t>(file.gcount());
    const std::size_t feed = std::string_view(block.data(), read).rfind('\n');
    if (feed != std::string_view::npos)
      end_of_lines = at + feed + 1;
    at += read;
  }
  std::error_code error;
  std::filesystem::resize_file(path, end_of_lines, error);
  if (error)
    refuse(path, "expected to take a torn last line out of it", error.value());
}

}  // namespace

std::unordered_set<std::string> ids_done(const std::filesystem::path& path) {
  std::unordered_set<std::string> ids;
  std::error_code error;
  if (!std::filesystem::exists(path, error))
    return ids;
  std::ifstream file(path, std::ios::binary);
  if (!file || std::filesystem::is_directory(path))
    refuse(path, "expected the results of an earlier run", std::filesystem::is_directory(path) ? EISDIR : errno);
  JsonLines lines(file);
  while (const auto line = lines.next()) {
    // The ID stands first, so that a longer line is known by its start.
    if (line->torn) {
      if (is_standard_output(path))
        remove_torn_line(path);
    } else if (auto id = id_of_result(line->text)) {
      ids.insert(*std::move(id));
    }
  }
  return ids;
}

}  // namespace preflight
