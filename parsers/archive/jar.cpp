#include "archive/jar.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "archive/central_directory.h"
#include "archive/end_record.h"
#include "archive/entry_contents.h"
#include "archive/little_endian.h"
#include "input/file_bytes.h"
#include "input/text_numbers.h"
#include "input/text_store.h"

namespace preflight {
namespace {

constexpr const char* kExpected = "a JAR (zip archive)";

[[noreturn]] void fail(InputErrorKind kind, const InputPlace& place, std::string expectation) {
  throw InputError(kind, place, std::move(expectation));
}

EndRecord require_end_record(ByteSource& source, const InputPlace& place) {
  if (source.size() == 0)
    fail(InputErrorKind::not_this_format, place, fmt::format("expected {}, found an empty file", kExpected));
  const auto first = source.view(0, 4);
  const std::vector<std::byte> head(first.begin(), first.end());
  const bool starts_with_entry = head.size() == 4 && little_endian(head, 0, 4) == 0x04034B50;
  const auto end = find_end_record(source);
  // A prefix that is a zip entry itself is no stub: the JAR is cut behind a stored JAR whose end record is met instead.
  if (starts_with_entry && (!end || end->prefix != 0))
    fail(InputErrorKind::truncated, place,
         fmt::format("expected {}, found one that is truncated: it starts with an entry but has no end of central "
                     "directory record for it",
                     kExpected));
  if (!end)
    fail(InputErrorKind::not_this_format, place,
         fmt::format("expected {}, found a file that starts with 0x{:02X} and has no end of central directory record",
                     kExpected, fmt::join(head, "")));
  return *end;
}

}  // namespace

/// What is read once and shared by all that read the JAR.
struct Jar::Listing {
  InputPlace place;
  JarLimits limits;
  std::uint64_t file_bytes = 0;
  std::uint64_t claimed_bytes = 0;
  TextStore names = {};
  std::vector<DirectoryRecord> records = {};
  std::vector<JarEntry> entries = {};
  std::vector<std::string> duplicate_names = {};
  TextNumbers numbers = {};  ///< Of the names of `entries`.

  void add_entries();
  void claim();
};

void Jar::Listing::add_entries() {
  entries.reserve(records.size());
  for (std::size_t i = 0; i < records.size(); ++i) {
    const DirectoryRecord& record = records[i];
    if (record.name.empty() || record.name.back() == '/')
      continue;
    if (numbers.add(record.name) == entries.size())
      entries.push_back({record.name, record.size, record.compressed, record.crc, i});
    else
      duplicate_names.emplace_back(record.name);
  }
  std::sort(duplicate_names.begin(), duplicate_names.end());
  duplicate_names.erase(std::unique(duplicate_names.begin(), duplicate_names.end()), duplicate_names.end());
}

void Jar::Listing::claim() {
  for (const JarEntry& entry : entries)
    claimed_bytes = entry.size > UINT64_MAX - claimed_bytes ? UINT64_MAX : claimed_bytes + entry.size;
  if (claimed_bytes > limits.total_bytes)
    fail(InputErrorKind::over_limit, place,
         fmt::format("expected at most {} bytes in all entries together (limit), found {}", limits.total_bytes,
                     claimed_bytes));
}

Jar::Jar(std::shared_ptr<const Listing> listing, std::unique_ptr<EntryContents> contents)
    : listing_(std::move(listing)), contents_(std::move(contents)) {}
Jar::Jar(Jar&&) noexcept = default;
Jar& Jar::operator=(Jar&&) noexcept = default;
Jar::~Jar() = default;

Jar Jar::open(const std::filesystem::path& path, const JarLimits& limits) {
  if (path == "-")
    return open(read_file(path, limits.total_bytes, kExpected), InputPlace{path.string()}, limits);
  return open(std::make_unique<FileSource>(path, kExpected), InputPlace{path.string()}, limits, 0);
}

Jar Jar::open(std::vector<std::byte> bytes, const InputPlace& place, const JarLimits& limits) {
  return open(std::make_unique<MemorySource>(std::move(bytes)), place, limits, 0);
}

Jar Jar::open(std::unique_ptr<ByteSource> source, const InputPlace& place, const JarLimits& limits,
              std::uint64_t claimed) {
  const EndRecord end = require_end_record(*source, place);
  if (end.entries > limits.entries)
    fail(InputErrorKind::over_limit, place,
         fmt::format("expected at most {} entries (limit), found {}", limits.entries, end.entries));
  auto listing = std::make_shared<Listing>(Listing{place, limits, source->size(), claimed});
  listing->records = read_central_directory(*source, end, limits.entries, place, listing->names);
  listing->add_entries();
  listing->claim();
  return {std::move(listing), std::make_unique<EntryContents>(std::move(source))};
}

Jar Jar::open_again() const {
  return {listing_, std::make_unique<EntryContents>(contents_->source().share())};
}

const std::vector<JarEntry>& Jar::entries() const {
  return listing_->entries;
}

const std::vector<std::string>& Jar::duplicate_names() const {
  return listing_->duplicate_names;
}

std::uint64_t Jar::file_bytes() const {
  return listing_->file_bytes;
}

std::uint64_t Jar::claimed_bytes() const {
  return listing_->claimed_bytes;
}

const JarEntry* Jar::find(std::string_view name) const {
  const auto found = listing_->numbers.find(name);
  return found ? &listing_->entries[*found] : nullptr;
}

InputPlace Jar::place_of(std::string_view entry_name) const {
  InputPlace place = listing_->place;
  if (!place.entry.empty())
    place.entry += '!';
  place.entry += entry_name;
  return place;
}

std::span<const std::byte> Jar::read(const JarEntry& entry) const {
  const Listing& listing = *listing_;
  return contents_->read(listing.records[entry.index], {listing.limits.entry_bytes, listing.limits.ratio},
                         [&] { return place_of(entry); });
}

void Jar::read(const JarEntry& entry, std::vector<std::byte>& bytes) const {
  const std::span<const std::byte> content = read(entry);
  bytes.assign(content.begin(), content.end());
}

Jar Jar::open_nested(const JarEntry& entry, std::uint64_t claimed) const {
  JarLimits limits = listing_->limits;
  const InputPlace place = place_of(entry);
  if (limits.nesting-- <= 0)
    fail(InputErrorKind::over_limit, place, "expected no JAR nested deeper than the limit, found one");
  std::vector<std::byte> bytes;
  read(entry, bytes);
  return open(std::make_unique<MemorySource>(std::move(bytes)), place, limits, claimed);
}

}  // namespace preflight
