#include "output_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

#include "input/input_error.h"

namespace preflight {
namespace {

[[noreturn]] void refuse(const std::filesystem::path& path, int error) {
  throw InputError(InputErrorKind::unreadable, {path.string()},
                   fmt::format("expected to write a report here, found {}", std::generic_category().message(error)));
}

/// Zero, or the errno of what went wrong.
int write_all(int fd, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(fd, content.data(), content.size());
    if (written < 0 && errno == EINTR)
      continue;
    if (written < 0)
      return errno;
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

int write_and_close(int fd, std::string_view content) {
  int error = write_all(fd, content);
  if (::close(fd) != 0 && error == 0)
    error = errno;
  return error;
}

bool is_special_file(const std::filesystem::path& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
}

void write_directly(const std::filesystem::path& path, std::string_view content) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (fd < 0)
    refuse(path, errno);
  if (const int error = write_and_close(fd, content); error != 0)
    refuse(path, error);
}

/// mkstemp makes the file readable to its owner alone; a report is as readable as any other new file.
void apply_usual_mode(int fd) {
  const mode_t mask = ::umask(0);
  ::umask(mask);
  ::fchmod(fd, static_cast<mode_t>(0666) & ~mask);
}

}  // namespace

void write_whole_file(const std::filesystem::path& path, std::string_view content) {
  if (std::filesystem::is_directory(path))
    refuse(path, EISDIR);
  if (is_special_file(path))
    return write_directly(path, content);
  std::string pattern = path.string() + ".XXXXXX";
  const int fd = ::mkostemp(pattern.data(), O_CLOEXEC);
  if (fd < 0)
    refuse(path, errno);
  apply_usual_mode(fd);
  int error = write_and_close(fd, content);
  if (error == 0 && ::rename(pattern.c_str(), path.c_str()) != 0)
    error = errno;
  if (error != 0) {
    ::unlink(pattern.c_str());
    refuse(path, error);
  }
}

}  // namespace preflight
