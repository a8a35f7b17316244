#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace preflight {

/// Bytes that can be read at any offset: a file, or memory.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  virtual std::uint64_t size() const = 0;
  /// Fills `target` from `offset` on and returns how many bytes it got: fewer only at the end. Negative where the
  /// operating system refuses. Throws nothing, since libzip's C code calls it.
  virtual std::ptrdiff_t read_at(std::uint64_t offset, std::span<std::byte> target) noexcept = 0;
  /// The same bytes for another thread. Throws InputError (unreadable).
  virtual std::unique_ptr<ByteSource> open_again() const = 0;
};

class MemorySource : public ByteSource {
 public:
  explicit MemorySource(std::vector<std::byte> bytes)
      : bytes_(std::make_shared<const std::vector<std::byte>>(std::move(bytes))) {}
  std::uint64_t size() const override { return bytes_->size(); }
  std::unique_ptr<ByteSource> open_again() const override { return std::make_unique<MemorySource>(*this); }
  std::ptrdiff_t read_at(std::uint64_t offset, std::span<std::byte> target) noexcept override;

 private:
  std::shared_ptr<const std::vector<std::byte>> bytes_;
};

/// A regular file, read through one buffer: entries mostly stand in the order in which they are read, and a system call
/// for each header would cost more than the header.
class FileSource : public ByteSource {
 public:
  /// Throws InputError (unreadable) as require_regular_file does; `expected` names the format for the message.
  FileSource(const std::filesystem::path& path, const std::string& expected);
  ~FileSource() override;
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;
  std::uint64_t size() const override { return size_; }
  std::unique_ptr<ByteSource> open_again() const override { return std::make_unique<FileSource>(path_, expected_); }
  std::ptrdiff_t read_at(std::uint64_t offset, std::span<std::byte> target) noexcept override;

 private:
  std::filesystem::path path_;
  std::string expected_;
  int fd_;
  std::uint64_t size_ = 0;
  std::vector<std::byte> buffer_;
  std::uint64_t buffer_offset_ = 0;
  std::size_t buffered_ = 0;
};

}  // namespace preflight
