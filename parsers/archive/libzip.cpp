#include "archive/libzip.h"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>

#include "archive/archive_image.h"

namespace preflight {
namespace {

struct Discard {
  void operator()(zip_t* zip) const { zip_discard(zip); }
};
using Zip = std::unique_ptr<zip_t, Discard>;

struct Error {
  Error() { zip_error_init(&value); }
  ~Error() { zip_error_fini(&value); }
  Error(const Error&) = delete;
  Error& operator=(const Error&) = delete;

  zip_error_t value{};
};

/// What zip_source_function(3) needs behind its void*.
struct Cursor {
  ArchiveImage& image;
  std::uint64_t position = 0;
  Error error = {};
};

zip_int64_t read(Cursor& cursor, void* data, zip_uint64_t length) {
  // A piece at a time: a view may be of fewer bytes where the directory ends.
  std::uint64_t filled = 0;
  while (filled < length) {
    const auto bytes = cursor.image.view(cursor.position, length - filled);
    if (bytes.empty())
      break;
    std::memcpy(static_cast<std::byte*>(data) + filled, bytes.data(), bytes.size());
    filled += bytes.size();
    cursor.position += bytes.size();
  }
  return static_cast<zip_int64_t>(filled);
}

zip_int64_t seek(Cursor& cursor, void* data, zip_uint64_t length) {
  const zip_int64_t position =
      zip_source_seek_compute_offset(cursor.position, cursor.image.size(), data, length, &cursor.error.value);
  if (position < 0)
    return -1;
  cursor.position = static_cast<std::uint64_t>(position);
  return 0;
}

zip_int64_t stat(const Cursor& cursor, void* data) {
  auto* result = static_cast<zip_stat_t*>(data);
  zip_stat_init(result);
  result->size = cursor.image.size();
  result->valid = ZIP_STAT_SIZE;
  return sizeof(zip_stat_t);
}

/// The commands of zip_source_function(3).
zip_int64_t answer(void* userdata, void* data, zip_uint64_t length, zip_source_cmd_t command) noexcept {
  Cursor& cursor = *static_cast<Cursor*>(userdata);
  switch (command) {
    case ZIP_SOURCE_OPEN:
      cursor.position = 0;
      return 0;
    case ZIP_SOURCE_READ:
      return read(cursor, data, length);
    case ZIP_SOURCE_SEEK:
      return seek(cursor, data, length);
    case ZIP_SOURCE_TELL:
      return static_cast<zip_int64_t>(cursor.position);
    case ZIP_SOURCE_STAT:
      return stat(cursor, data);
    case ZIP_SOURCE_ERROR:
      return zip_error_to_data(&cursor.error.value, data, length);
    case ZIP_SOURCE_SUPPORTS:
      return ZIP_SOURCE_SUPPORTS_SEEKABLE;
    case ZIP_SOURCE_CLOSE:
    case ZIP_SOURCE_FREE:
      return 0;
    default:
      zip_error_set(&cursor.error.value, ZIP_ER_OPNOTSUPP, 0);
      return -1;
  }
}

[[noreturn]] void fail(zip_error_t& error, const EndRecord& end, const InputPlace& place) {
  const int code = zip_error_code_zip(&error);
  const bool unreadable = code == ZIP_ER_READ || code == ZIP_ER_SEEK || code == ZIP_ER_OPEN;
  throw InputError(
      unreadable ? InputErrorKind::unreadable : InputErrorKind::corrupt, place,
      fmt::format("expected a central directory of {} entries before offset {}, found one that cannot be read: {}",
                  end.entries, end.directory_end, zip_error_strerror(&error)));
}

Zip open(Cursor& cursor, const EndRecord& end, const InputPlace& place) {
  Error error;
  zip_source_t* source = zip_source_function_create(answer, &cursor, &error.value);
  if (source == nullptr)
    fail(error.value, end, place);
  Zip zip(zip_open_from_source(source, ZIP_RDONLY, &error.value));
  if (!zip) {
    zip_source_free(source);
    fail(error.value, end, place);
  }
  return zip;
}

}  // namespace

void name_local_time_zone() {
  ::setenv("TZ", ":/etc/localtime", 0);
}

void list_with_libzip(ByteSource& source, const EndRecord& end, std::uint64_t most_entries, const InputPlace& place,
                      const std::function<void(const ListedEntry&)>& visit) {
  ArchiveImage image(source, end);
  Cursor cursor{image};
  const Zip zip = open(cursor, end, place);
  const auto count = static_cast<std::uint64_t>(zip_get_num_entries(zip.get(), ZIP_FL_UNCHANGED));
  if (count > most_entries)
    throw InputError(InputErrorKind::over_limit, place,
                     fmt::format("expected at most {} entries (limit), found {}", most_entries, count));
  for (std::uint64_t i = 0; i < count; ++i) {
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_stat_index(zip.get(), i, ZIP_FL_UNCHANGED | ZIP_FL_ENC_RAW, &stat) != 0)
      fail(*zip_get_error(zip.get()), end, place);
    visit({stat.name, stat.size, stat.comp_size, stat.crc, stat.comp_method, stat.encryption_method != ZIP_EM_NONE});
  }
}

}  // namespace preflight
