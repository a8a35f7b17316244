#include "archive/entry_contents.h"

#include <fmt/format.h>
#include <libdeflate.h>

#include <algorithm>
#include <new>
#include <utility>

#include "archive/little_endian.h"

namespace preflight {
namespace {

constexpr std::uint16_t kStored = 0;
constexpr std::uint16_t kDeflated = 8;
constexpr std::uint32_t kLocalSignature = 0x04034B50;
constexpr std::uint64_t kRatioAppliesFrom = std::uint64_t{1} << 20U;

/// Enough for nearly every class file.
constexpr std::size_t kFirstCapacity = std::size_t{64} << 10U;

using Place = std::function<InputPlace()>;

[[noreturn]] void fail(InputErrorKind kind, const Place& place, std::string expectation) {
  throw InputError(kind, place(), std::move(expectation));
}

void check_readable(const DirectoryRecord& record, const EntryLimits& limits, const Place& place) {
  if (record.encrypted)
    fail(InputErrorKind::unsupported, place, "expected an entry that is not encrypted, found an encrypted one");
  if (record.method != kStored && record.method != kDeflated)
    fail(InputErrorKind::unsupported, place,
         fmt::format("expected an entry that is stored (0) or deflated (8), as java.util.zip reads, found method {}",
                     record.method));
  if (record.size > limits.bytes)
    fail(InputErrorKind::over_limit, place,
         fmt::format("expected an entry of at most {} bytes (limit), found {}", limits.bytes, record.size));
  if (record.size > kRatioAppliesFrom && record.size / limits.ratio >= std::max<std::uint64_t>(record.compressed, 1))
    fail(InputErrorKind::over_limit, place,
         fmt::format("expected an entry that inflates to at most {} times its size (limit), found {} bytes from {}",
                     limits.ratio, record.size, record.compressed));
}

/// The entry's data as it stands in the file. The local header has lengths of its own, for name and extra field
/// (APPNOTE 4.3.7), which writers are free to choose: they may not lead beyond the entry's limit.
std::span<const std::byte> stored_data(ByteSource& source, const DirectoryRecord& record, const Place& place) {
  const std::uint64_t room = record.header < record.limit ? record.limit - record.header : 0;
  const auto header = source.view(record.header, std::min(room, kLocalHeaderBytes));
  if (header.size() < kLocalHeaderBytes || little_endian(header, 0, 4) != kLocalSignature)
    fail(InputErrorKind::corrupt, place,
         fmt::format("expected a local header at offset {}, found none", record.header));
  const std::uint64_t before_data = kLocalHeaderBytes + little_endian(header, 26, 2) + little_endian(header, 28, 2);
  if (before_data > room || record.compressed > room - before_data)
    fail(InputErrorKind::corrupt, place,
         fmt::format("expected {} bytes from offset {} on, found that the entry's part of the archive ends at {}",
                     record.compressed, record.header + before_data, record.limit));
  const auto data = source.view(record.header + before_data, record.compressed);
  if (data.size() != record.compressed)
    fail(InputErrorKind::truncated, place,
         fmt::format("expected {} bytes from offset {} on, found {}", record.compressed, record.header + before_data,
                     data.size()));
  return data;
}

}  // namespace

void EntryContents::FreeDecompressor::operator()(libdeflate_decompressor* decompressor) const {
  libdeflate_free_decompressor(decompressor);
}

EntryContents::EntryContents(std::unique_ptr<ByteSource> source)
    : source_(std::move(source)),
      decompressor_(libdeflate_alloc_decompressor()),
      inflated_(std::make_unique_for_overwrite<std::byte[]>(kFirstCapacity)),
      capacity_(kFirstCapacity) {
  if (!decompressor_)
    throw std::bad_alloc();
}

std::span<const std::byte> EntryContents::read(const DirectoryRecord& record, const EntryLimits& limits,
                                               const Place& place) {
  check_readable(record, limits, place);
  const auto stored = stored_data(*source_, record, place);
  const auto bytes = record.method == kDeflated ? inflate(stored, record.size, place) : stored;
  if (bytes.size() != record.size)
    fail(bytes.size() < record.size ? InputErrorKind::truncated : InputErrorKind::corrupt, place,
         fmt::format("expected {} bytes, found {}", record.size, bytes.size()));
  if (const std::uint32_t crc = libdeflate_crc32(0, bytes.data(), bytes.size()); crc != record.crc)
    fail(InputErrorKind::corrupt, place,
         fmt::format("expected bytes whose CRC-32 is 0x{:08X}, found 0x{:08X}", record.crc, crc));
  return bytes;
}

std::span<const std::byte> EntryContents::inflate(std::span<const std::byte> compressed, std::uint64_t size,
                                                  const Place& place) {
  if (size > capacity_) {
    capacity_ = 0;
    inflated_.reset();  // Before the next is there: the two together would be too much.
    inflated_ = std::make_unique_for_overwrite<std::byte[]>(static_cast<std::size_t>(size));
    capacity_ = size;
  }
  std::size_t length = 0;
  switch (libdeflate_deflate_decompress(decompressor_.get(), compressed.data(), compressed.size(), inflated_.get(),
                                        static_cast<std::size_t>(size), &length)) {
    case LIBDEFLATE_SUCCESS:
      return {inflated_.get(), length};
    case LIBDEFLATE_INSUFFICIENT_SPACE:
      fail(InputErrorKind::corrupt, place, fmt::format("expected {} bytes, found more", size));
    default:
      fail(InputErrorKind::corrupt, place,
           fmt::format("expected {} bytes from {} compressed ones, found that these are no deflate stream (RFC 1951)",
                       size, compressed.size()));
  }
}

}  // namespace preflight
