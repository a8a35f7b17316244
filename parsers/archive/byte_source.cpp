#include "archive/byte_source.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "input/file_bytes.h"
#include "input/input_error.h"

namespace preflight {
namespace {

/// Large enough that system calls do not count, small enough to stay in the processor's cache.
constexpr std::size_t kWindow = std::size_t{256} << 10U;
/// What is read for an entry far from the one before: its neighbours are then unlikely to be wanted.
constexpr std::size_t kSmallWindow = std::size_t{8} << 10U;

std::size_t read_file_at(int fd, std::uint64_t offset, std::span<std::byte> target) {
  std::size_t filled = 0;
  while (filled < target.size()) {
    const ssize_t got =
        ::pread(fd, target.data() + filled, target.size() - filled, static_cast<off_t>(offset + filled));
    if (got > 0)
      filled += static_cast<std::size_t>(got);
    else if (got == 0 || errno != EINTR)
      break;
  }
  return filled;
}

}  // namespace

struct FileSource::Descriptor {
  explicit Descriptor(int opened) : fd(opened) {}
  ~Descriptor() {
    if (fd >= 0)
      ::close(fd);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int fd;
};

std::span<const std::byte> MemorySource::view(std::uint64_t offset, std::uint64_t length) {
  const std::span all(*bytes_);
  const auto start = static_cast<std::size_t>(std::min<std::uint64_t>(offset, all.size()));
  return all.subspan(start, static_cast<std::size_t>(std::min<std::uint64_t>(length, all.size() - start)));
}

FileSource::FileSource(const std::filesystem::path& path, const std::string& expected) {
  require_regular_file(path, expected);
  descriptor_ = std::make_shared<const Descriptor>(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat status {};
  if (descriptor_->fd < 0 || ::fstat(descriptor_->fd, &status) != 0)
    throw InputError(InputErrorKind::unreadable, {path.string()},
                     fmt::format("expected {}, found {}", expected, std::generic_category().message(errno)));
  size_ = static_cast<std::uint64_t>(status.st_size);
}

std::span<const std::byte> FileSource::view(std::uint64_t offset, std::uint64_t length) {
  const std::uint64_t start = std::min(offset, size_);
  const auto wanted = static_cast<std::size_t>(std::min(length, size_ - start));
  if (start < window_offset_ || start + wanted > window_offset_ + window_bytes_) {
    const bool goes_on = start >= window_offset_ && start <= window_offset_ + window_bytes_ + kSmallWindow;
    const std::size_t room = std::max(wanted, goes_on ? kWindow : kSmallWindow);
    if (room > capacity_) {
      window_ = std::make_unique_for_overwrite<std::byte[]>(room);
      capacity_ = room;
    }
    window_offset_ = start;
    window_bytes_ = read_file_at(descriptor_->fd, start, {window_.get(), room});
  }
  const std::span window(window_.get(), window_bytes_);
  const auto at = static_cast<std::size_t>(start - window_offset_);
  return window.subspan(at, std::min(wanted, window.size() - at));
}

}  // namespace preflight
