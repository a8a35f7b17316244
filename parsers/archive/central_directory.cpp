#include "archive/central_directory.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <span>
#include <string_view>
#include <utility>

#include "archive/libzip.h"
#include "archive/little_endian.h"

namespace preflight {
namespace {

constexpr std::uint32_t kSignature = 0x02014B50;
constexpr std::uint64_t kRecordBytes = 46;
constexpr std::uint16_t kEncrypted = 1;
constexpr std::uint16_t kZip64Extra = 1;
constexpr std::uint16_t kUnicodePathExtra = 0x7075;
constexpr std::uint64_t kInZip64 = 0xFFFFFFFF;
/// Twice what the entries of real JARs take with their long names, on average.
constexpr std::uint64_t kMostBytesPerEntry = 256;

using Bytes = std::span<const std::byte>;

/// The bytes of the extra field `id` (APPNOTE 4.5.1); none where there is none.
Bytes extra_field(Bytes extra, std::uint16_t id) {
  constexpr std::size_t kHead = 4;
  while (extra.size() >= kHead) {
    const std::uint64_t length = little_endian(extra, 2, 2);
    const Bytes rest = extra.subspan(kHead);
    if (length > rest.size())
      break;
    if (little_endian(extra, 0, 2) == id)
      return rest.first(length);
    extra = rest.subspan(length);
  }
  return {};
}

/// Of size, compressed size and offset those that do not fit 32 bits stand in the extra field, in this order.
void take_from_zip64(DirectoryRecord& record, Bytes zip64) {
  constexpr std::size_t kWidth = 8;
  for (std::uint64_t* value : {&record.size, &record.compressed, &record.header})
    if (*value == kInZip64 && zip64.size() >= kWidth) {
      *value = little_endian(zip64, 0, kWidth);
      zip64 = zip64.subspan(kWidth);
    }
}

/// Finds local headers: one record of the central directory for each that libzip lists, in the same order.
class HeaderFinder {
 public:
  HeaderFinder(ByteSource& source, const EndRecord& end, const InputPlace& place, TextStore& names)
      : source_(source), end_(end), place_(place), names_(names), position_(end.directory_end - end.directory_bytes) {}

  /// Sets the offset of the local header of `listed`, which must be what the next record says, too.
  void find(DirectoryRecord& listed) {
    const Bytes head = view(kRecordBytes);
    if (head.size() < kRecordBytes || little_endian(head, 0, 4) != kSignature)
      fail(listed.name);
    const std::uint64_t name_bytes = little_endian(head, 28, 2);
    const std::uint64_t extra_bytes = little_endian(head, 30, 2);
    const std::uint64_t whole = kRecordBytes + name_bytes + extra_bytes + little_endian(head, 32, 2);
    const Bytes bytes = view(whole);
    if (bytes.size() < whole)
      fail(listed.name);
    const Bytes extra = bytes.subspan(kRecordBytes + name_bytes, extra_bytes);
    DirectoryRecord own;
    own.encrypted = (little_endian(bytes, 8, 2) & kEncrypted) != 0;
    own.method = static_cast<std::uint16_t>(little_endian(bytes, 10, 2));
    own.crc = static_cast<std::uint32_t>(little_endian(bytes, 16, 4));
    own.compressed = little_endian(bytes, 20, 4);
    own.size = little_endian(bytes, 24, 4);
    own.header = little_endian(bytes, 42, 4);
    take_from_zip64(own, extra_field(extra, kZip64Extra));
    take_name(listed, text_of(bytes.subspan(kRecordBytes, name_bytes)), extra);
    // libzip looks through the method 99 of an encrypted entry (AES), which is not read in either case.
    if (own.encrypted != listed.encrypted || (own.method != listed.method && !own.encrypted) || own.crc != listed.crc ||
        own.compressed != listed.compressed || own.size != listed.size)
      fail(listed.name);
    // An offset beyond all archives stays beyond this one.
    listed.header = own.header > UINT64_MAX - end_.prefix ? UINT64_MAX : own.header + end_.prefix;
    position_ += whole;
  }

 private:
  static std::string_view text_of(Bytes bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

  /// libzip gives an entry the name of its Unicode Path extra field (APPNOTE 4.6.9) where it has one, which
  /// java.util.zip does not look at.
  void take_name(DirectoryRecord& listed, std::string_view stored, Bytes extra) {
    if (listed.name == stored)
      return;
    if (extra_field(extra, kUnicodePathExtra).empty())
      fail(listed.name);
    listed.name = names_.keep(stored);
  }

  Bytes view(std::uint64_t length) { return source_.view(position_, std::min(length, end_.directory_end - position_)); }
  [[noreturn]] void fail(std::string_view name) const {
    InputPlace at = place_;
    at.offset = position_;
    throw InputError(
        InputErrorKind::corrupt, std::move(at),
        fmt::format("expected the central directory's record of {}, found one that says something else than "
                    "libzip reads there",
                    name));
  }

  ByteSource& source_;
  const EndRecord& end_;
  const InputPlace& place_;
  TextStore& names_;
  std::uint64_t position_;
};

std::uint64_t smallest_end(const DirectoryRecord& record) {
  const std::uint64_t data = record.header + kLocalHeaderBytes + record.name.size();
  return record.compressed > UINT64_MAX - data ? UINT64_MAX : data + record.compressed;
}

/// Sets the limits, in the order in which the entries stand in the file.
void divide_file(std::vector<DirectoryRecord>& records, std::uint64_t directory, const InputPlace& place) {
  std::vector<std::uint32_t> order(records.size());
  std::iota(order.begin(), order.end(), 0U);
  const auto earlier = [&](std::uint32_t a, std::uint32_t b) { return records[a].header < records[b].header; };
  if (!std::is_sorted(order.begin(), order.end(), earlier))
    std::stable_sort(order.begin(), order.end(), earlier);
  const DirectoryRecord* next = nullptr;
  for (std::size_t i = order.size(); i-- > 0;) {
    DirectoryRecord& record = records[order[i]];
    if (record.header >= directory || smallest_end(record) > directory) {
      record.limit = directory;  // Not within the archive: reading it fails.
      continue;
    }
    record.limit = next == nullptr ? directory : next->header;
    if (smallest_end(record) > record.limit)
      throw InputError(
          InputErrorKind::corrupt, place,
          fmt::format("expected entries that do not overlap, found that {} at offset {} takes {} bytes and "
                      "{} begins at offset {}",
                      record.name, record.header, smallest_end(record) - record.header, next->name, next->header));
    next = &record;
  }
}

}  // namespace

std::vector<DirectoryRecord> read_central_directory(ByteSource& source, const EndRecord& end,
                                                    std::uint64_t most_entries, const InputPlace& place,
                                                    TextStore& names) {
  // libzip keeps all of it in memory, before it can be asked how many entries there are.
  if (end.directory_bytes / kMostBytesPerEntry > most_entries)
    throw InputError(
        InputErrorKind::over_limit, place,
        fmt::format("expected a central directory of at most {} bytes for each of {} entries (limit), found "
                    "{} bytes",
                    kMostBytesPerEntry, most_entries, end.directory_bytes));
  std::vector<DirectoryRecord> records;
  records.reserve(std::min(end.entries, end.directory_bytes / kRecordBytes));  // As many as are stated, or fit.
  list_with_libzip(source, end, most_entries, place, [&](const ListedEntry& listed) {
    records.push_back(
        {names.keep(listed.name), listed.method, listed.encrypted, listed.crc, listed.compressed, listed.size});
  });
  HeaderFinder finder(source, end, place, names);
  for (DirectoryRecord& record : records)
    finder.find(record);
  divide_file(records, end.directory_end - end.directory_bytes, place);
  return records;
}

}  // namespace preflight
