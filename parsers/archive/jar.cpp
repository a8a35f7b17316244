#include "archive/jar.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "archive/archive_image.h"
#include "archive/end_record.h"
#include "archive/libzip.h"
#include "input/file_bytes.h"

namespace preflight {
namespace {

constexpr const char* kExpected = "a JAR (zip archive)";
constexpr std::uint64_t kRatioAppliesFrom = std::uint64_t{1} << 20U;
constexpr std::uint64_t kLocalHeaderBytes = 30;
constexpr std::size_t kFirstChunk = std::size_t{64} << 10U;

[[noreturn]] void fail(InputErrorKind kind, const InputPlace& place, std::string expectation) {
  throw InputError(kind, place, std::move(expectation));
}

EndRecord require_end_record(ByteSource& source, const InputPlace& place) {
  if (source.size() == 0)
    fail(InputErrorKind::not_this_format, place, fmt::format("expected {}, found an empty file", kExpected));
  std::array<std::byte, 4> bytes{};
  const auto got = static_cast<std::size_t>(std::max<std::ptrdiff_t>(source.read_at(0, bytes), 0));
  const std::span head(bytes.data(), got);
  const bool starts_with_entry = std::string_view(reinterpret_cast<const char*>(bytes.data()), got) == "PK\3\4";
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

InputErrorKind kind_of_read_error(int code) {
  switch (code) {
    case ZIP_ER_EOF:
      return InputErrorKind::truncated;
    case ZIP_ER_READ:
    case ZIP_ER_SEEK:
    case ZIP_ER_OPEN:
      return InputErrorKind::unreadable;
    default:
      return InputErrorKind::corrupt;
  }
}

}  // namespace

/// What is read once and shared by all that read the JAR.
struct Jar::Listing {
  InputPlace place;
  JarLimits limits;
  EndRecord end;
  std::uint64_t file_bytes = 0;
  std::uint64_t claimed_bytes = 0;
  std::vector<JarEntry> entries = {};
  std::vector<std::string> duplicate_names = {};
  std::unordered_map<std::string_view, std::size_t> by_name = {};  ///< Into `entries`, whose names it points to.

  void add_entries(zip_t* zip);
  void check_claims();
};

/// One reader's own libzip handle.
struct Jar::Archive {
  Archive(std::unique_ptr<ByteSource> source, const Listing& listing);
  void check_readable(const JarEntry& entry, const InputPlace& place, const JarLimits& limits) const;

  ArchiveImage image;
  libzip::ImageCursor cursor;
  libzip::Zip zip;  ///< Reads through `cursor`, so it is declared behind it and goes first.
};

Jar::Archive::Archive(std::unique_ptr<ByteSource> source, const Listing& listing)
    : image(std::move(source), listing.end), cursor(image) {
  libzip::Failure failure;
  zip = libzip::open(cursor, failure);
  if (!zip)
    fail(kind_of_read_error(failure.code), listing.place,
         fmt::format("expected a central directory of {} entries before offset {}, found one that cannot be read: {}",
                     listing.end.entries, listing.end.directory_end, failure.text));
}

void Jar::Listing::add_entries(zip_t* zip) {
  const auto count = static_cast<std::uint64_t>(zip_get_num_entries(zip, ZIP_FL_UNCHANGED));
  if (count > limits.entries)
    fail(InputErrorKind::over_limit, place,
         fmt::format("expected at most {} entries (limit), found {}", limits.entries, count));
  entries.reserve(count);
  for (std::uint64_t i = 0; i < count; ++i) {
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_stat_index(zip, i, ZIP_FL_UNCHANGED | ZIP_FL_ENC_RAW, &stat) != 0)
      fail(InputErrorKind::corrupt, place, fmt::format("expected a central directory entry {}, found none", i));
    const std::string_view name = stat.name;
    if (!name.empty() && name.back() != '/')
      entries.push_back({std::string(name), stat.size, stat.comp_size, i});
  }
  by_name.reserve(entries.size());
  std::vector<JarEntry> first;
  first.reserve(entries.size());
  for (JarEntry& entry : entries) {
    first.push_back(std::move(entry));
    if (!by_name.emplace(first.back().name, first.size() - 1).second) {
      duplicate_names.push_back(first.back().name);
      first.pop_back();
    }
  }
  entries = std::move(first);
  std::sort(duplicate_names.begin(), duplicate_names.end());
  duplicate_names.erase(std::unique(duplicate_names.begin(), duplicate_names.end()), duplicate_names.end());
}

/// What the entries together claim, compared with the limits and with the file itself.
///
/// libzip does not tell where an entry's bytes are, so overlapping entries are found by their sum: an archive gains
/// from overlap only by claiming more compressed bytes than the file has, and then some bytes are claimed twice.
void Jar::Listing::check_claims() {
  std::uint64_t left = file_bytes;
  for (const JarEntry& entry : entries) {
    const std::uint64_t header = kLocalHeaderBytes + entry.name.size();
    if (header > left || entry.compressed > left - header)
      fail(InputErrorKind::corrupt, place,
           fmt::format(
               "expected entries that do not overlap, found that those up to {} claim more than the file's {} bytes",
               entry.name, file_bytes));
    left -= header + entry.compressed;
    claimed_bytes = entry.size > UINT64_MAX - claimed_bytes ? UINT64_MAX : claimed_bytes + entry.size;
  }
  if (claimed_bytes > limits.total_bytes)
    fail(InputErrorKind::over_limit, place,
         fmt::format("expected at most {} bytes in all entries together (limit), found {}", limits.total_bytes,
                     claimed_bytes));
}

void Jar::Archive::check_readable(const JarEntry& entry, const InputPlace& place, const JarLimits& limits) const {
  zip_stat_t stat;
  zip_stat_init(&stat);
  zip_stat_index(zip.get(), entry.index, ZIP_FL_UNCHANGED, &stat);
  if (stat.encryption_method != ZIP_EM_NONE)
    fail(InputErrorKind::unsupported, place, "expected an entry that is not encrypted, found an encrypted one");
  if (stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE)
    fail(InputErrorKind::unsupported, place,
         fmt::format("expected an entry that is stored (0) or deflated (8), as java.util.zip reads, found method {}",
                     stat.comp_method));
  if (entry.size > limits.entry_bytes)
    fail(InputErrorKind::over_limit, place,
         fmt::format("expected an entry of at most {} bytes (limit), found {}", limits.entry_bytes, entry.size));
  if (entry.size > kRatioAppliesFrom && entry.size / limits.ratio >= std::max<std::uint64_t>(entry.compressed, 1))
    fail(InputErrorKind::over_limit, place,
         fmt::format("expected an entry that inflates to at most {} times its size (limit), found {} bytes from {}",
                     limits.ratio, entry.size, entry.compressed));
}

Jar::Jar(std::shared_ptr<const Listing> listing, std::unique_ptr<Archive> archive)
    : listing_(std::move(listing)), archive_(std::move(archive)) {}
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
  // The limit comes before libzip allocates by the count; a count modulo 65,536 is met again in add_entries.
  if (end.entries > limits.entries)
    fail(InputErrorKind::over_limit, place,
         fmt::format("expected at most {} entries (limit), found {}", limits.entries, end.entries));
  auto listing = std::make_shared<Listing>(Listing{place, limits, end, source->size(), claimed});
  auto archive = std::make_unique<Archive>(std::move(source), *listing);
  listing->add_entries(archive->zip.get());
  listing->check_claims();
  return {std::move(listing), std::move(archive)};
}

Jar Jar::open_again() const {
  return {listing_, std::make_unique<Archive>(archive_->image.source().open_again(), *listing_)};
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

const JarEntry* Jar::find(const std::string& name) const {
  const auto found = listing_->by_name.find(name);
  return found == listing_->by_name.end() ? nullptr : &listing_->entries[found->second];
}

InputPlace Jar::place_of(const JarEntry& entry) const {
  InputPlace place = listing_->place;
  place.entry = place.entry.empty() ? entry.name : place.entry + "!" + entry.name;
  return place;
}

void Jar::read(const JarEntry& entry, std::vector<std::byte>& bytes) const {
  const InputPlace place = place_of(entry);
  archive_->check_readable(entry, place, listing_->limits);
  const libzip::File file(zip_fopen_index(archive_->zip.get(), entry.index, ZIP_FL_UNCHANGED));
  const auto fail_with = [&](zip_error_t* error) {
    const libzip::Failure failure = libzip::failure_of(error);
    fail(kind_of_read_error(failure.code), place,
         fmt::format("expected {} bytes from {} compressed ones, found an entry that cannot be read: {}", entry.size,
                     entry.compressed, failure.text));
  };
  if (!file)
    fail_with(zip_get_error(archive_->zip.get()));
  // The stated size is a claim: room grows with what really arrives, and one byte more than stated is asked for, so
  // that libzip reaches the end of the data and checks size and CRC.
  const std::uint64_t room = entry.size + 1;
  std::size_t filled = 0;
  bytes.clear();
  while (true) {
    if (filled == bytes.size())
      bytes.resize(static_cast<std::size_t>(
          std::min<std::uint64_t>(room, std::max({bytes.capacity(), 2 * filled, kFirstChunk}))));
    const zip_int64_t got = zip_fread(file.get(), bytes.data() + filled, bytes.size() - filled);
    if (got < 0)
      fail_with(zip_file_get_error(file.get()));
    if (got == 0)
      break;
    filled += static_cast<std::size_t>(got);
    if (filled == room)
      fail(InputErrorKind::corrupt, place, fmt::format("expected {} bytes, found more", entry.size));
  }
  bytes.resize(filled);
  if (filled != entry.size)
    fail(InputErrorKind::truncated, place, fmt::format("expected {} bytes, found {}", entry.size, filled));
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
