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

/// Bytes that can be looked at anywhere: a file, or memory. Each thread needs one of its own (share).
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  virtual std::uint64_t size() const = 0;
  /// `length` bytes from `offset` on: fewer only at the end, or where the operating system refuses. They are good until
  /// the next call.
  virtual std::span<const std::byte> view(std::uint64_t offset, std::uint64_t length) = 0;
  /// The same bytes for another thread.
  virtual std::unique_ptr<ByteSource> share() const = 0;
};

class MemorySource : public ByteSource {
 public:
  explicit MemorySource(std::vector<std::byte> bytes)
      : bytes_(std::make_shared<const std::vector<std::byte>>(std::move(bytes))) {}
  std::uint64_t size() const override { return bytes_->size(); }
  std::span<const std::byte> view(std::uint64_t offset, std::uint64_t length) override;
  std::unique_ptr<ByteSource> share() const override { return std::make_unique<MemorySource>(*this); }

 private:
  std::shared_ptr<const std::vector<std::byte>> bytes_;
};

/// A regular file, read through a window: entries mostly stand in the order in which they are read, and a system call
/// for each would cost more than most entries do. The file is not mapped, since one that shrinks meanwhile would then
/// end the process.
class FileSource : public ByteSource {
 public:
  /// Throws InputError (unreadable) as require_regular_file does; `expected` names the format for the message.
  FileSource(const std::filesystem::path& path, const std::string& expected);
  std::uint64_t size() const override { return size_; }
  std::span<const std::byte> view(std::uint64_t offset, std::uint64_t length) override;
  std::unique_ptr<ByteSource> share() const override {
    return std::unique_ptr<ByteSource>(new FileSource(descriptor_, size_));
  }

 private:
  struct Descriptor;
  FileSource(std::shared_ptr<const Descriptor> descriptor, std::uint64_t size)
      : descriptor_(std::move(descriptor)), size_(size) {}

  std::shared_ptr<const Descriptor> descriptor_;
  std::uint64_t size_ = 0;
  std::unique_ptr<std::byte[]> window_;  ///< Not a vector, which would write zeros where the file is read to.
  std::size_t capacity_ = 0;
  std::uint64_t window_offset_ = 0;
  std::size_t window_bytes_ = 0;
};

}  // namespace preflight
