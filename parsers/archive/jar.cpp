#include "archive/jar.h"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <string_view>
#include <system_error>
#include <unordered_map>
#include <utility>

#include "archive/end_record.h"
#include "input/file_bytes.h"

namespace preflight {
namespace {

const std::string kExpected = "a JAR (zip archive)";
constexpr std::uint64_t kRatioAppliesFrom = std::uint64_t{1} << 20U;
constexpr std::uint64_t kLocalHeaderBytes = 30;
constexpr std::size_t kFirstChunk = std::size_t{64} << 10U;

struct CloseZip {
  void operator()(zip_t* zip) const { zip_discard(zip); }
};
struct CloseZipFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};
struct FreeSource {
  void operator()(zip_source_t* source) const { zip_source_free(source); }
};
using Zip = std::unique_ptr<zip_t, CloseZip>;
using ZipFile = std::unique_ptr<zip_file_t, CloseZipFile>;
using Source = std::unique_ptr<zip_source_t, FreeSource>;

/// libzip's error value, released with the scope.
class ZipError {
 public:
  ZipError() { zip_error_init(&error_); }
  ~ZipError() { zip_error_fini(&error_); }
  ZipError(const ZipError&) = delete;
  ZipError& operator=(const ZipError&) = delete;
  zip_error_t* get() { return &error_; }
  int code() const { return zip_error_code_zip(&error_); }
  std::string text() { return zip_error_strerror(&error_); }

 private:
  zip_error_t error_{};
};

[[noreturn]] void fail(InputErrorKind kind, const InputPlace& place, std::string expectation) {
  throw InputError(kind, place, std::move(expectation));
}

/// "0x504B0304": the first bytes of a file, for a message that says what it is instead.
std::string hex(const std::vector<std::byte>& bytes) {
  std::string text = "0x";
  for (const std::byte byte : bytes)
    text += fmt::format("{:02X}", std::to_integer<unsigned>(byte));
  return text;
}

EndRecord require_end_record(std::uint64_t size, const ReadRange& read, const InputPlace& place) {
  if (size == 0)
    fail(InputErrorKind::not_this_format, place, fmt::format("expected {}, found an empty file", kExpected));
  if (const auto end = find_end_record(size, read))
    return *end;
  const std::vector<std::byte> head = read(0, 4);
  if (head == std::vector<std::byte>{std::byte{'P'}, std::byte{'K'}, std::byte{3}, std::byte{4}})
    fail(InputErrorKind::truncated, place,
         fmt::format(
             "expected {}, found one that is truncated: it starts as one but has no end of central directory record",
             kExpected));
  fail(InputErrorKind::not_this_format, place,
       fmt::format("expected {}, found a file that starts with {} and has no end of central directory record",
                   kExpected, hex(head)));
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

struct Jar::Archive {
  Archive(InputPlace its_place, const JarLimits& its_limits, std::vector<std::byte> its_bytes = {})
      : place(std::move(its_place)), limits(its_limits), bytes(std::move(its_bytes)) {}

  InputPlace place;
  JarLimits limits;
  std::vector<std::byte> bytes;  ///< What `zip` reads from where it is no file; declared first, so that it goes last.
  Zip zip;
  std::vector<JarEntry> entries;
  std::vector<std::string> duplicate_names;
  std::unordered_map<std::string_view, std::size_t> by_name;  ///< Into `entries`, whose names it points to.
  std::uint64_t file_bytes = 0;
  std::uint64_t claimed_bytes = 0;

  void open(Source source, ZipError& error, const EndRecord& end);
  void list_entries();
  void check_claims();
  void check_readable(const JarEntry& entry, const InputPlace& entry_place) const;
};

void Jar::Archive::open(Source source, ZipError& error, const EndRecord& end) {
  // The limit comes before libzip allocates by the count; a count modulo 65,536 is met again in list_entries.
  if (end.entries > limits.entries)
    fail(InputErrorKind::over_limit, place,
         fmt::format("expected at most {} entries (limit), found {}", limits.entries, end.entries));
  if (source)
    zip.reset(zip_open_from_source(source.get(), ZIP_RDONLY, error.get()));
  if (!zip)
    fail(kind_of_read_error(error.code()), place,
         fmt::format("expected a central directory of {} entries before offset {}, found one that cannot be read: {}",
                     end.entries, end.offset, error.text()));
  source.release();  // NOLINT(bugprone-unused-return-value): the archive owns it now.
  list_entries();
  // libzip may settle on another end record, inside a comment for one; which of the two a JVM takes must not be a
  // guess.
  const auto found = static_cast<std::uint64_t>(zip_get_num_entries(zip.get(), ZIP_FL_UNCHANGED));
  if (found % 0x10000U != end.entries % 0x10000U)
    fail(InputErrorKind::corrupt, place,
         fmt::format("expected one end of central directory record, found several that disagree ({} and {} entries)",
                     end.entries, found));
  check_claims();
}

void Jar::Archive::list_entries() {
  const auto count = static_cast<std::uint64_t>(zip_get_num_entries(zip.get(), ZIP_FL_UNCHANGED));
  if (count > limits.entries)
    fail(InputErrorKind::over_limit, place,
         fmt::format("expected at most {} entries (limit), found {}", limits.entries, count));
  entries.reserve(count);
  for (std::uint64_t i = 0; i < count; ++i) {
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_stat_index(zip.get(), i, ZIP_FL_UNCHANGED | ZIP_FL_ENC_RAW, &stat) != 0)
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
void Jar::Archive::check_claims() {
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

void Jar::Archive::check_readable(const JarEntry& entry, const InputPlace& entry_place) const {
  zip_stat_t stat;
  zip_stat_init(&stat);
  zip_stat_index(zip.get(), entry.index, ZIP_FL_UNCHANGED, &stat);
  if (stat.encryption_method != ZIP_EM_NONE)
    fail(InputErrorKind::unsupported, entry_place, "expected an entry that is not encrypted, found an encrypted one");
  if (stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE)
    fail(InputErrorKind::unsupported, entry_place,
         fmt::format("expected an entry that is stored (0) or deflated (8), as java.util.zip reads, found method {}",
                     stat.comp_method));
  if (entry.size > limits.entry_bytes)
    fail(InputErrorKind::over_limit, entry_place,
         fmt::format("expected an entry of at most {} bytes (limit), found {}", limits.entry_bytes, entry.size));
  if (entry.size > kRatioAppliesFrom && entry.size / limits.ratio >= std::max<std::uint64_t>(entry.compressed, 1))
    fail(InputErrorKind::over_limit, entry_place,
         fmt::format("expected an entry that inflates to at most {} times its size (limit), found {} bytes from {}",
                     limits.ratio, entry.size, entry.compressed));
}

Jar::Jar(std::unique_ptr<Archive> archive) : archive_(std::move(archive)) {}
Jar::Jar(Jar&&) noexcept = default;
Jar& Jar::operator=(Jar&&) noexcept = default;
Jar::~Jar() = default;

Jar Jar::open(const std::filesystem::path& path, const JarLimits& limits) {
  if (path == "-")
    return open(read_file(path, limits.total_bytes, kExpected), InputPlace{path.string()}, limits);
  require_regular_file(path, kExpected);
  const InputPlace place{path.string()};
  const auto read = [&](std::uint64_t offset, std::uint64_t length) {
    return read_file_range(path, offset, length, kExpected);
  };
  std::error_code error_code;
  const std::uintmax_t size = std::filesystem::file_size(path, error_code);
  if (error_code)
    fail(InputErrorKind::unreadable, place, fmt::format("expected {}, found {}", kExpected, error_code.message()));
  const EndRecord end = require_end_record(size, read, place);
  auto archive = std::make_unique<Archive>(place, limits);
  ZipError error;
  archive->file_bytes = size;
  archive->open(Source(zip_source_file_create(path.c_str(), end.prefix, -1, error.get())), error, end);
  return Jar(std::move(archive));
}

Jar Jar::open(std::vector<std::byte> bytes, const InputPlace& place, const JarLimits& limits) {
  const auto read = [&](std::uint64_t offset, std::uint64_t length) {
    const auto from = bytes.begin() + static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(offset, bytes.size()));
    const auto left = static_cast<std::uint64_t>(bytes.end() - from);
    return std::vector<std::byte>(from, from + static_cast<std::ptrdiff_t>(std::min(length, left)));
  };
  const EndRecord end = require_end_record(bytes.size(), read, place);
  auto archive = std::make_unique<Archive>(place, limits, std::move(bytes));
  ZipError error;
  archive->file_bytes = archive->bytes.size();
  archive->open(Source(zip_source_buffer_create(archive->bytes.data() + end.prefix, archive->bytes.size() - end.prefix,
                                                0, error.get())),
                error, end);
  return Jar(std::move(archive));
}

const std::vector<JarEntry>& Jar::entries() const {
  return archive_->entries;
}

const std::vector<std::string>& Jar::duplicate_names() const {
  return archive_->duplicate_names;
}

std::uint64_t Jar::file_bytes() const {
  return archive_->file_bytes;
}

const JarEntry* Jar::find(const std::string& name) const {
  const auto found = archive_->by_name.find(name);
  return found == archive_->by_name.end() ? nullptr : &archive_->entries[found->second];
}

InputPlace Jar::place_of(const JarEntry& entry) const {
  InputPlace place = archive_->place;
  place.entry = place.entry.empty() ? entry.name : place.entry + "!" + entry.name;
  return place;
}

void Jar::read(const JarEntry& entry, std::vector<std::byte>& bytes) const {
  const InputPlace place = place_of(entry);
  archive_->check_readable(entry, place);
  const ZipFile file(zip_fopen_index(archive_->zip.get(), entry.index, ZIP_FL_UNCHANGED));
  const auto fail_with = [&](zip_error_t* error) {
    const int code = zip_error_code_zip(error);
    fail(kind_of_read_error(code), place,
         fmt::format("expected {} bytes from {} compressed ones, found an entry that cannot be read: {}", entry.size,
                     entry.compressed, zip_error_strerror(error)));
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

Jar Jar::open_nested(const JarEntry& entry) const {
  JarLimits limits = archive_->limits;
  const InputPlace place = place_of(entry);
  if (limits.nesting-- <= 0)
    fail(InputErrorKind::over_limit, place, "expected no JAR nested deeper than the limit, found one");
  limits.total_bytes -= std::min(limits.total_bytes, archive_->claimed_bytes);
  std::vector<std::byte> bytes;
  read(entry, bytes);
  return open(std::move(bytes), place, limits);
}

}  // namespace preflight
