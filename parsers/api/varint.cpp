#include "api/varint.h"

#include <fmt/format.h>

#include "api/api_format.h"

namespace preflight {

void put_varint(std::vector<std::byte>& bytes, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7U)
    bytes.push_back(static_cast<std::byte>((value & 0x7FU) | 0x80U));
  bytes.push_back(static_cast<std::byte>(value));
}

void put_text(std::vector<std::byte>& bytes, std::string_view text) {
  put_varint(bytes, text.size());
  for (const char c : text)
    bytes.push_back(static_cast<std::byte>(c));
}

std::uint64_t read_long_varint(ByteReader& reader, std::string_view what, std::uint64_t largest) {
  const std::uint64_t start = reader.offset();
  std::uint64_t value = 0;
  for (unsigned shift = 0;; shift += 7) {
    const std::uint64_t byte = reader.u1(what);
    if (shift == 63 && byte > 1)
      reader.fail_at(start, InputErrorKind::corrupt, fmt::format("expected {} as a varint of 64 bits at most", what));
    value |= (byte & 0x7FU) << shift;
    if ((byte & 0x80U) == 0)
      break;
  }
  if (value > largest)
    reader.fail_at(start, InputErrorKind::corrupt,
                   fmt::format("expected {} of at most {}, found {}", what, largest, value));
  return value;
}

void skip_varints(ByteReader& reader, std::uint64_t count) {
  constexpr std::byte kGoesOn{0x80};
  ByteReader ahead = reader;
  const auto bytes = ahead.bytes(ahead.remaining(), "varints");
  std::size_t at = 0;
  for (; count > 0 && at < bytes.size(); ++at)
    count -= (bytes[at] & kGoesOn) == std::byte{} ? 1U : 0U;
  reader.skip(at, "varints");
  if (count > 0)
    reader.fail(InputErrorKind::truncated, fmt::format("expected {} varints more, found the end", count));
}

std::string_view read_text(ByteReader& reader, std::string_view what) {
  const auto bytes = reader.bytes(read_varint(reader, what, kLongestApiName), what);
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::uint64_t read_count(ByteReader& reader, std::string_view what) {
  const std::uint64_t start = reader.offset();
  const std::uint64_t count = read_varint(reader, what);
  if (count > reader.remaining())
    reader.fail_at(start, InputErrorKind::corrupt,
                   fmt::format("expected at most {} {}, as many as the bytes left can hold, found {}",
                               reader.remaining(), what, count));
  return count;
}

}  // namespace preflight
