#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "archive/byte_source.h"
#include "archive/end_record.h"
#include "input/input_error.h"

namespace preflight {

/// An entry as libzip lists it.
struct ListedEntry {
  std::string_view name;  ///< Undecoded; good during the visit.
  std::uint64_t size = 0;
  std::uint64_t compressed = 0;
  std::uint32_t crc = 0;
  std::uint16_t method = 0;
  bool encrypted = false;
};

/// libzip turns the time of every entry into local time, for which glibc looks at /etc/localtime again each time unless
/// TZ is set: two thirds of the time that opening a large JAR takes. Sets TZ to what an unset one means (tzset(3)). For
/// the start of a program: no other thread may read the environment meanwhile.
void name_local_time_zone();

/// Has libzip read the central directory, and calls `visit` for each entry in its order. Throws InputError: corrupt or
/// unreadable (libzip refuses it, or finds another number of entries than stated), over_limit (more than
/// `most_entries`).
void list_with_libzip(ByteSource& source, const EndRecord& end, std::uint64_t most_entries, const InputPlace& place,
                      const std::function<void(const ListedEntry&)>& visit);

}  // namespace preflight
