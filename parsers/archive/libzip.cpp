#include "archive/libzip.h"

#include <cstdlib>
#include <mutex>
#include <span>

namespace preflight::libzip {
namespace {

zip_int64_t read(ImageCursor& cursor, void* data, zip_uint64_t length) {
  const std::span target(static_cast<std::byte*>(data), static_cast<std::size_t>(length));
  const std::ptrdiff_t got = cursor.image->read_at(cursor.position, target);
  if (got < 0) {
    zip_error_set(&cursor.error, ZIP_ER_READ, 0);
    return -1;
  }
  cursor.position += static_cast<std::uint64_t>(got);
  return got;
}

zip_int64_t seek(ImageCursor& cursor, void* data, zip_uint64_t length) {
  const zip_int64_t position =
      zip_source_seek_compute_offset(cursor.position, cursor.image->size(), data, length, &cursor.error);
  if (position < 0)
    return -1;
  cursor.position = static_cast<std::uint64_t>(position);
  return 0;
}

zip_int64_t stat(const ImageCursor& cursor, void* data) {
  auto* result = static_cast<zip_stat_t*>(data);
  zip_stat_init(result);
  result->size = cursor.image->size();
  result->valid = ZIP_STAT_SIZE;
  return sizeof(zip_stat_t);
}

/// The commands of zip_source_function(3).
zip_int64_t answer(void* userdata, void* data, zip_uint64_t length, zip_source_cmd_t command) {
  ImageCursor& cursor = *static_cast<ImageCursor*>(userdata);
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
      return zip_error_to_data(&cursor.error, data, length);
    case ZIP_SOURCE_SUPPORTS:
      return ZIP_SOURCE_SUPPORTS_SEEKABLE;
    case ZIP_SOURCE_CLOSE:
    case ZIP_SOURCE_FREE:
      return 0;
    default:
      zip_error_set(&cursor.error, ZIP_ER_OPNOTSUPP, 0);
      return -1;
  }
}

/// libzip turns the time of every entry into local time, for which glibc looks at /etc/localtime again each time unless
/// TZ is set: two thirds of the time that opening a large JAR takes. The value is what an unset TZ means (tzset(3)).
void name_local_time_zone() {
  static std::once_flag once;
  std::call_once(once, [] { ::setenv("TZ", ":/etc/localtime", 0); });
}

}  // namespace

Failure failure_of(zip_error_t* error) {
  const int code = zip_error_code_zip(error);
  if (code == ZIP_ER_INVAL)  // From a seek: the one argument that comes from the file.
    return {code, "its bytes are said to stand outside the archive"};
  return {code, zip_error_strerror(error)};
}

Zip open(ImageCursor& cursor, Failure& failure) {
  name_local_time_zone();
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_function_create(answer, &cursor, &error);
  Zip zip(source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error));
  if (!zip) {
    failure = failure_of(&error);
    if (source != nullptr)
      zip_source_free(source);
  }
  zip_error_fini(&error);
  return zip;
}

}  // namespace preflight::libzip
