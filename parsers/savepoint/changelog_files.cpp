#include "savepoint/changelog_files.h"

#include <fmt/format.h>

#include <algorithm>

namespace preflight {
namespace {

constexpr std::uint64_t kFirstRead = std::uint64_t{4} << 10U;
constexpr std::uint64_t kReadGrowth = 16;
/// A metadata change is about as long as the part of a stream header for the same state.
constexpr std::uint64_t kMaxRead = std::uint64_t{16} << 20U;
constexpr std::uint64_t kFlagBytes = 1;

using OnMetadata = std::function<void(StreamHeader)>;

void read_metadata_changes(ByteReader reader, const OnMetadata& on_metadata) {
  constexpr std::uint64_t kSmallestChange = 4;
  constexpr std::int32_t kMetadataKeyGroup = -1;
  if (reader.u4("number of groups of changes") == 0)
    return;
  ByteReader group = reader;
  reader.skip(4, "number of changes");
  if (reader.i4("key group of changes") != kMetadataKeyGroup)
    return;
  const std::uint32_t changes = group.count(kSmallestChange, "number of changes");
  for (std::uint32_t i = 0; i < changes; ++i)
    on_metadata(read_changelog_metadata(reader.slice(reader.u4("length of a change"), "change")));
}

void require_uncompressed(const StreamHandle& stream, const InputPlace& metadata_place, StateFiles& files) {
  StreamBytes flag = files.read(stream, metadata_place, 0, kFlagBytes);
  ByteReader reader(flag.bytes, flag.place, flag.offset);
  if (reader.boolean("whether the changelog is compressed"))
    reader.fail_at(flag.offset, InputErrorKind::unsupported,
                   "expected an uncompressed changelog, found a compressed one");
}

/// Reads more where the metadata changes are longer than what was read.
void read_change_set(const StreamHandle& stream, std::uint64_t offset, const InputPlace& metadata_place,
                     StateFiles& files, const OnMetadata& on_metadata) {
  for (std::uint64_t length = kFirstRead;; length = std::min(length * kReadGrowth, kMaxRead)) {
    const StreamBytes bytes = files.read(stream, metadata_place, saturating_sum(offset, kFlagBytes), length);
    try {
      return read_metadata_changes({bytes.bytes, bytes.place, bytes.offset}, on_metadata);
    } catch (const InputError& error) {
      const bool may_be_cut = error.kind() == InputErrorKind::truncated || error.kind() == InputErrorKind::corrupt;
      if (!may_be_cut || bytes.complete || length == kMaxRead)
        throw;
    }
  }
}

}  // namespace

void read_changelog_files(const KeyedStatePart& part, const InputPlace& metadata_place, StateFiles& files,
                          const ChangelogVisitor& visitor) {
  ByteReader change_sets = part.changes.reader(metadata_place);
  std::string_view known_path;
  bool readable = false;
  for (std::uint32_t i = 0; i < part.change_count; ++i) {
    const std::uint64_t offset = read_size(change_sets, "offset in a changelog stream");
    StreamHandle stream = read_stream_handle(change_sets);
    // Of the changes, without the flag and before compression: it says nothing of the file.
    stream.size = 0;
    const std::string_view path(reinterpret_cast<const char*>(stream.path.data()), stream.path.size());
    const bool known = i != 0 && path == known_path;
    if (known && !readable)
      continue;
    known_path = path;
    readable = false;
    try {
      if (!known)
        require_uncompressed(stream, metadata_place, files);
      read_change_set(stream, offset, metadata_place, files, visitor.on_metadata);
      readable = true;
    } catch (const InputError& error) {
      visitor.on_unread(
          fmt::format("{}: states made after the last materialization may be missing here", error.what()));
    }
  }
}

}  // namespace preflight
