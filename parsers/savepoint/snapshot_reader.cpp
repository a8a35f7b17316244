#include "savepoint/snapshot_reader.h"

#include <fmt/format.h>

#include <string_view>

#include "savepoint/legacy_snapshot.h"
#include "savepoint/snapshot_table.h"

namespace preflight {
namespace {

/// Bounds this reader's recursion; types nest a few levels in practice.
constexpr int kMaxDepth = 100;
constexpr std::size_t kMaxUnread = 8;
constexpr std::uint64_t kMemory = std::uint64_t{16} << 20U;
constexpr std::uint64_t kMemoryPerByte = 4;

constexpr std::int32_t kLayoutVersion = 2;
constexpr std::int32_t kConfigLayoutVersion = 1;
/// In place of a version: a config snapshot of Flink 1.6 or older that Flink 1.7 to 1.16 wrote again.
constexpr std::uint32_t kWrappedConfigMarker = 0x7A53C4F0;
constexpr std::uint32_t kCompositeMagic = 911108;
constexpr std::uint32_t kNestedMagic = 1333245;

void expect(ByteReader& reader, std::uint32_t expected, const char* what) {
  const std::uint32_t found = reader.u4(what);
  if (found != expected)
    reader.fail_at(reader.offset() - 4, InputErrorKind::corrupt,
                   fmt::format("expected {} {}, found {}", what, expected, found));
}

[[noreturn]] void fail_version(const ByteReader& reader, const SerializerSnapshot& snapshot, std::int32_t version) {
  reader.fail(InputErrorKind::unsupported,
              fmt::format("expected a known version of {}, found {}", snapshot.snapshot_class, version));
}

/// SimpleTypeSerializerSnapshot: the class says it all.
void read_simple(ByteReader& reader, const SerializerSnapshot& snapshot) {
  constexpr std::int32_t kWithClassName = 2;
  constexpr std::int32_t kEmpty = 3;
  if (snapshot.version == kWithClassName)
    reader.utf("name of a serializer class");
  else if (snapshot.version != kEmpty)
    fail_version(reader, snapshot, snapshot.version);
}

/// CompositeTypeSerializerSnapshot: up to version 2 its own version doubles as that of the outer part.
void read_composite(SnapshotReader& snapshots, ByteReader& reader, const SnapshotRow& row,
                    SerializerSnapshot& snapshot) {
  constexpr std::int32_t kLastWithoutMagic = 2;
  constexpr std::int32_t kNewest = 3;
  if (snapshot.version < 0 || snapshot.version > kNewest)
    fail_version(reader, snapshot, snapshot.version);
  std::int32_t outer_version = snapshot.version;
  if (snapshot.version > kLastWithoutMagic) {
    expect(reader, kCompositeMagic, "the magic of a composite snapshot");
    outer_version = reader.i4("outer version of a composite snapshot");
  }
  if (outer_version < 0 || outer_version > row.newest_version)
    fail_version(reader, snapshot, outer_version);
  if (row.body != nullptr)
    row.body(snapshots, reader, snapshot, outer_version);
  snapshot.nested = snapshots.read_nested(reader);
}

class Level {
 public:
  Level(int& depth, const ByteReader& reader) : depth_(depth) {
    if (depth_ >= kMaxDepth)
      reader.fail(InputErrorKind::over_limit,
                  fmt::format("expected serializer snapshots nested at most {} deep, found more", kMaxDepth));
    ++depth_;
  }
  ~Level() { --depth_; }
  Level(const Level&) = delete;
  Level& operator=(const Level&) = delete;

 private:
  int& depth_;
};

/// As much of a snapshot as a frame that could not be read tells.
SerializerSnapshot leaf_of(ByteReader frame, SnapshotReader::Framed framed, const InputError& error) {
  SerializerSnapshot leaf;
  try {
    if (framed == SnapshotReader::Framed::with_layout_version)
      frame.i4("layout version");
    leaf.snapshot_class = frame.utf("name of a snapshot class");
    leaf.serializer = serializer_name_of(leaf.snapshot_class);
    leaf.version = frame.i4("version of a snapshot");
  } catch (const InputError&) {
    // Not even that much.
  }
  leaf.parameters.push_back({"unread", error.expectation()});
  return leaf;
}

/// What a snapshot takes in the list it goes to: itself and its parameters, but for what was spent as it was read
/// (lists of texts, nested snapshots).
std::uint64_t memory_of(const SerializerSnapshot& snapshot) {
  std::uint64_t bytes =
      kGrowingElement<SerializerSnapshot> + snapshot.snapshot_class.capacity() + snapshot.serializer.capacity();
  for (const SnapshotParameter& parameter : snapshot.parameters) {
    const auto* text = std::get_if<std::string>(&parameter.value);
    bytes += kGrowingElement<SnapshotParameter> + (text == nullptr ? 0 : text->capacity());
  }
  return bytes;
}

}  // namespace

SnapshotReader::SnapshotReader(std::uint64_t input_bytes) : memory_(kMemory, kMemoryPerByte, input_bytes) {}

void SnapshotReader::spend(const ByteReader& reader, std::uint64_t bytes) {
  if (!memory_.take(bytes))
    reader.fail(InputErrorKind::over_limit,
                fmt::format("expected a header that takes at most {} bytes of memory, found more", memory_.limit()));
}

void SnapshotReader::spend_text(const ByteReader& reader, const std::string& text) {
  spend(reader, kGrowingElement<std::string> + text.capacity());
}

SerializerSnapshot SnapshotReader::read_with_layout_version(ByteReader& reader) {
  const std::int32_t layout = reader.i4("layout version of a serializer snapshot");
  if (layout == kLayoutVersion)
    return read(reader);
  if (layout != kConfigLayoutVersion)
    reader.fail_at(reader.offset() - 4, InputErrorKind::unsupported,
                   fmt::format("expected a serializer snapshot's layout version {} or {}, found {}",
                               kConfigLayoutVersion, kLayoutVersion, layout));
  const Level level(depth_, reader);
  SerializerSnapshot snapshot = read_config_snapshot(*this, reader, reader.utf("name of a config snapshot class"));
  spend(reader, memory_of(snapshot));
  return snapshot;
}

SerializerSnapshot SnapshotReader::read(ByteReader& reader) {
  const Level level(depth_, reader);
  const std::uint64_t start = reader.offset();
  SerializerSnapshot snapshot = read_body(reader, reader.utf("name of a snapshot class"), start);
  spend(reader, memory_of(snapshot));
  return snapshot;
}

SerializerSnapshot SnapshotReader::read_body(ByteReader& reader, std::string snapshot_class, std::uint64_t start) {
  SerializerSnapshot snapshot;
  snapshot.snapshot_class = std::move(snapshot_class);
  const std::uint32_t version = reader.u4("version of a snapshot");
  if (version == kWrappedConfigMarker) {
    expect(reader, 1, "the layout version of a serializer");
    reader.skip(reader.count(1, "length of a serialized serializer"), "serialized serializer");
    return read_config_snapshot(*this, reader, std::move(snapshot.snapshot_class));
  }
  snapshot.version = static_cast<std::int32_t>(version);
  snapshot.serializer = serializer_name_of(snapshot.snapshot_class);
  const SnapshotRow* row = find_snapshot_row(snapshot.snapshot_class);
  if (row == nullptr)
    reader.fail_at(start, InputErrorKind::unsupported,
                   fmt::format("expected a known serializer snapshot class, found {} version {}",
                               snapshot.snapshot_class, snapshot.version));
  if (row->serializer != nullptr)
    snapshot.serializer = row->serializer;
  switch (row->layout) {
    case SnapshotLayout::simple:
      read_simple(reader, snapshot);
      break;
    case SnapshotLayout::generic:
      snapshot.parameters.push_back({"class", reader.utf("name of a type class")});
      break;
    case SnapshotLayout::composite:
      read_composite(*this, reader, *row, snapshot);
      break;
    case SnapshotLayout::own:
      if (snapshot.version < row->oldest_version || snapshot.version > row->newest_version)
        fail_version(reader, snapshot, snapshot.version);
      row->body(*this, reader, snapshot, snapshot.version);
      break;
  }
  return snapshot;
}

std::vector<SerializerSnapshot> SnapshotReader::read_nested(ByteReader& reader) {
  constexpr std::uint64_t kSmallestSnapshot = 6;
  expect(reader, kNestedMagic, "the magic of nested snapshots");
  expect(reader, 1, "the version of nested snapshots");
  std::vector<SerializerSnapshot> nested;
  const std::uint32_t count = reader.count(kSmallestSnapshot, "number of nested snapshots");
  for (std::uint32_t i = 0; i < count; ++i)
    nested.push_back(read(reader));
  return nested;
}

SerializerSnapshot SnapshotReader::read_frame(const ByteReader& frame, Framed framed) {
  ByteReader reader = frame;
  try {
    SerializerSnapshot snapshot = framed == Framed::nested ? read(reader) : read_with_layout_version(reader);
    if (!reader.at_end())
      reader.fail(InputErrorKind::corrupt,
                  fmt::format("expected the end of a framed snapshot, found {} more bytes", reader.remaining()));
    return snapshot;
  } catch (const InputError& error) {
    if (unread_.size() < kMaxUnread)
      unread_.emplace_back(error.what());
    SerializerSnapshot leaf = leaf_of(frame, framed, error);
    spend(frame, memory_of(leaf));
    return leaf;
  }
}

std::string serializer_name_of(const std::string& snapshot_class) {
  constexpr std::string_view kSerializer = "Serializer";
  std::string_view name = snapshot_class;
  name.remove_prefix(name.find_last_of('.') + 1);
  const std::size_t last = name.find_last_of('$');
  // The class that encloses the snapshot is the serializer, unless it is merely called Serializer.
  if (last != std::string_view::npos) {
    std::string_view enclosing = name.substr(0, last);
    enclosing.remove_prefix(enclosing.find_last_of('$') + 1);
    if (enclosing.ends_with(kSerializer) && enclosing != kSerializer)
      return std::string(enclosing);
    name.remove_prefix(last + 1);
  }
  for (const std::string_view suffix : {"ConfigSnapshot", "Config", "Snapshot", "SnapshotV2"})
    if (name.ends_with(suffix))
      return std::string(name.substr(0, name.size() - suffix.size()));
  return std::string(name);
}

}  // namespace preflight
