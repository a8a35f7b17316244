#include "archive/byte_source.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "input/file_bytes.h"
#include "input/input_error.h"

namespace preflight {
namespace {

constexpr std::size_t kBuffer = std::size_t{256} << 10U;

std::ptrdiff_t read_file_at(int fd, std::uint64_t offset, std::span<std::byte> target) noexcept {
  std::size_t filled = 0;
  while (filled < target.size()) {
    const ssize_t got =
        ::pread(fd, target.data() + filled, target.size() - filled, static_cast<off_t>(offset + filled));
    if (got == 0)
      break;
    if (got > 0)
      filled += static_cast<std::size_t>(got);
    else if (errno != EINTR)
      return -1;
  }
  return static_cast<std::ptrdiff_t>(filled);
}

}  // namespace

std::ptrdiff_t MemorySource::read_at(std::uint64_t offset, std::span<std::byte> target) noexcept {
  const std::uint64_t left = bytes_->size() - std::min<std::uint64_t>(offset, bytes_->size());
  const auto length = static_cast<std::size_t>(std::min<std::uint64_t>(left, target.size()));
  if (length != 0)
    std::memcpy(target.data(), bytes_->data() + offset, length);
  return static_cast<std::ptrdiff_t>(length);
}

FileSource::FileSource(const std::filesystem::path& path, const std::string& expected)
    : path_(path), expected_(expected) {
  require_regular_file(path, expected);
  fd_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat status {};
  if (fd_ < 0 || ::fstat(fd_, &status) != 0) {
    const int error = errno;
    if (fd_ >= 0)
      ::close(fd_);
    throw InputError(InputErrorKind::unreadable, {path.string()},
                     fmt::format("expected {}, found {}", expected, std::generic_category().message(error)));
  }
  size_ = static_cast<std::uint64_t>(status.st_size);
  buffer_.resize(static_cast<std::size_t>(std::min<std::uint64_t>(size_, kBuffer)));
}

FileSource::~FileSource() {
  ::close(fd_);
}

std::ptrdiff_t FileSource::read_at(std::uint64_t offset, std::span<std::byte> target) noexcept {
  if (offset >= size_)
    return 0;
  if (target.size() >= buffer_.size())
    return read_file_at(fd_, offset, target);
  if (offset < buffer_offset_ || offset + target.size() > buffer_offset_ + buffered_) {
    const std::ptrdiff_t got = read_file_at(fd_, offset, buffer_);
    if (got < 0)
      return got;
    buffer_offset_ = offset;
    buffered_ = static_cast<std::size_t>(got);
  }
  const std::size_t start = static_cast<std::size_t>(offset - buffer_offset_);
  const std::size_t length = std::min(target.size(), buffered_ - start);
  std::memcpy(target.data(), buffer_.data() + start, length);
  return static_cast<std::ptrdiff_t>(length);
}

}  // namespace preflight
