#include "archive/central_directory.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <span>
#include <utility>

#include "archive/little_endian.h"

namespace preflight {
namespace {

constexpr std::uint32_t kSignature = 0x02014B50;
constexpr std::uint64_t kRecordBytes = 46;
constexpr std::uint16_t kZip64Extra = 1;
constexpr std::uint64_t kInZip64 = 0xFFFFFFFF;

using Bytes = std::span<const std::byte>;

/// The zip64 extra field's bytes; none where there is none.
Bytes zip64_extra(Bytes extra) {
  constexpr std::size_t kHead = 4;
  while (extra.size() >= kHead) {
    const std::uint64_t length = little_endian(extra, 2, 2);
    const Bytes rest = extra.subspan(kHead);
    if (length > rest.size())
      break;
    if (little_endian(extra, 0, 2) == kZip64Extra)
      return rest.first(length);
    extra = rest.subspan(length);
  }
  return {};
}

/// Of size, compressed size and offset those that do not fit 32 bits stand in the extra field, in this order.
void take_from_zip64(DirectoryRecord& record, Bytes extra) {
  constexpr std::size_t kWidth = 8;
  Bytes zip64 = zip64_extra(extra);
  for (std::uint64_t* value : {&record.size, &record.compressed, &record.header})
    if (*value == kInZip64 && zip64.size() >= kWidth) {
      *value = little_endian(zip64, 0, kWidth);
      zip64 = zip64.subspan(kWidth);
    }
}

class DirectoryReader {
 public:
  DirectoryReader(ByteSource& source, const EndRecord& end, const InputPlace& place)
      : source_(source), end_(end), place_(place), position_(end.directory_end - end.directory_bytes) {}

  bool at_end() const { return position_ == end_.directory_end; }

  DirectoryRecord next() {
    const Bytes head = view(kRecordBytes);
    if (head.size() < kRecordBytes || little_endian(head, 0, 4) != kSignature)
      fail("a record");
    DirectoryRecord record;
    record.flags = static_cast<std::uint16_t>(little_endian(head, 8, 2));
    record.method = static_cast<std::uint16_t>(little_endian(head, 10, 2));
    record.crc = static_cast<std::uint32_t>(little_endian(head, 16, 4));
    record.compressed = little_endian(head, 20, 4);
    record.size = little_endian(head, 24, 4);
    record.header = little_endian(head, 42, 4);
    const std::uint64_t name = little_endian(head, 28, 2);
    const std::uint64_t extra = little_endian(head, 30, 2);
    const std::uint64_t whole = kRecordBytes + name + extra + little_endian(head, 32, 2);
    const Bytes bytes = view(whole);
    if (bytes.size() < whole)
      fail("a whole record");
    const Bytes text = bytes.subspan(kRecordBytes, name);
    record.name.assign(reinterpret_cast<const char*>(text.data()), text.size());
    take_from_zip64(record, bytes.subspan(kRecordBytes + name, extra));
    // An offset beyond all archives stays beyond this one.
    record.header = record.header > UINT64_MAX - end_.prefix ? UINT64_MAX : record.header + end_.prefix;
    position_ += whole;
    return record;
  }

 private:
  Bytes view(std::uint64_t length) { return source_.view(position_, std::min(length, end_.directory_end - position_)); }
  [[noreturn]] void fail(const char* expected) const {
    InputPlace at = place_;
    at.offset = position_;
    throw InputError(InputErrorKind::corrupt, std::move(at),
                     fmt::format("expected {} of the central directory, which ends at offset {}, found other bytes",
                                 expected, end_.directory_end));
  }

  ByteSource& source_;
  const EndRecord& end_;
  const InputPlace& place_;
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
                                                    std::uint64_t most_entries, const InputPlace& place) {
  DirectoryReader reader(source, end, place);
  std::vector<DirectoryRecord> records;
  // The stated count is a claim until the records have been seen.
  records.reserve(static_cast<std::size_t>(std::min(end.entries, end.directory_bytes / kRecordBytes)));
  while (!reader.at_end()) {
    if (records.size() == most_entries)
      throw InputError(InputErrorKind::over_limit, place,
                       fmt::format("expected at most {} entries (limit), found more", most_entries));
    records.push_back(reader.next());
  }
  // Without zip64 some writers state the number modulo 65,536, as Info-ZIP did.
  const std::uint64_t counted = end.zip64 ? records.size() : records.size() % 0x10000;
  if (counted != end.entries)
    throw InputError(InputErrorKind::corrupt, place,
                     fmt::format("expected a central directory of {} entries before offset {}, found {}", end.entries,
                                 end.directory_end, records.size()));
  divide_file(records, end.directory_end - end.directory_bytes, place);
  return records;
}

}  // namespace preflight
