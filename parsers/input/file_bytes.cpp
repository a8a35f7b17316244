#include "input/file_bytes.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "input/input_error.h"

namespace preflight {
namespace {

constexpr std::size_t kChunk = std::size_t{1} << 20U;

[[noreturn]] void refuse(const std::filesystem::path& path, const std::string& expected, const std::string& found) {
  throw InputError(InputErrorKind::unreadable, {path.string()}, fmt::format("expected {}, found {}", expected, found));
}

std::string reason_of(int error) {
  if (error == ENOENT || error == ENOTDIR)
    return "no such file";
  return std::generic_category().message(error);
}

const char* kind_of(mode_t mode) {
  if (S_ISDIR(mode))
    return "a directory";
  if (S_ISFIFO(mode))
    return "a FIFO";
  if (S_ISSOCK(mode))
    return "a socket";
  return "a device";
}

class FileDescriptor {
 public:
  explicit FileDescriptor(int fd) : fd_(fd) {}
  ~FileDescriptor() {
    if (fd_ > STDIN_FILENO)
      ::close(fd_);
  }
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

/// Opens without blocking on a FIFO (O_NONBLOCK) and accepts regular files only.
int open_regular_file(const std::filesystem::path& path, const std::string& expected) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0)
    refuse(path, expected, reason_of(errno));
  struct stat status {};
  if (::fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) {
    ::close(fd);
    refuse(path, expected, kind_of(status.st_mode));
  }
  return fd;
}

/// The next bytes of `fd`, at most `room`; zero at the end.
std::size_t read_some(int fd, std::byte* target, std::size_t room, const std::filesystem::path& path,
                      const std::string& expected) {
  while (true) {
    const ssize_t got = ::read(fd, target, room);
    if (got >= 0)
      return static_cast<std::size_t>(got);
    if (errno != EINTR)
      refuse(path, expected, reason_of(errno));
  }
}

std::vector<std::byte> read_to_end(int fd, const std::filesystem::path& path, std::uint64_t limit,
                                   const std::string& expected) {
  std::vector<std::byte> bytes;
  struct stat status {};
  if (::fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0)
    bytes.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(static_cast<std::uint64_t>(status.st_size), limit)) +
                  1);
  while (true) {
    const std::size_t filled = bytes.size();
    const std::size_t room = bytes.capacity() > filled ? std::min(bytes.capacity() - filled, kChunk) : kChunk;
    bytes.resize(filled + room);
    const std::size_t got = read_some(fd, bytes.data() + filled, room, path, expected);
    bytes.resize(filled + got);
    if (bytes.size() > limit)
      throw InputError(InputErrorKind::over_limit, {path.string()},
                       fmt::format("expected {} of at most {} bytes, found more", expected, limit));
    if (got == 0)
      return bytes;
  }
}

}  // namespace

void require_regular_file(const std::filesystem::path& path, const std::string& expected) {
  const FileDescriptor file(open_regular_file(path, expected));
}

std::vector<std::byte> read_file(const std::filesystem::path& path, std::uint64_t limit, const std::string& expected) {
  const FileDescriptor file(path == "-" ? STDIN_FILENO : open_regular_file(path, expected));
  return read_to_end(file.get(), path, limit, expected);
}

std::vector<std::byte> read_file_range(const std::filesystem::path& path, std::uint64_t offset, std::uint64_t length,
                                       const std::string& expected) {
  const FileDescriptor file(open_regular_file(path, expected));
  struct stat status {};
  if (::fstat(file.get(), &status) != 0)
    refuse(path, expected, reason_of(errno));
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (offset >= size)
    return {};
  if (::lseek(file.get(), static_cast<off_t>(offset), SEEK_SET) < 0)
    refuse(path, expected, reason_of(errno));
  std::vector<std::byte> bytes(static_cast<std::size_t>(std::min(length, size - offset)));
  std::size_t filled = 0;
  while (filled < bytes.size()) {
    const std::size_t got = read_some(file.get(), bytes.data() + filled, bytes.size() - filled, path, expected);
    if (got == 0)
      break;
    filled += got;
  }
  bytes.resize(filled);
  return bytes;
}

}  // namespace preflight
