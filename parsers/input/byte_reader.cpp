#include "input/byte_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace preflight {
namespace {

constexpr std::string_view kReplacementCharacter = "\xEF\xBF\xBD";

void append_utf8(std::string& text, std::uint32_t code_point) {
  const auto put = [&](std::uint32_t byte) { text.push_back(static_cast<char>(static_cast<unsigned char>(byte))); };
  if (code_point < 0x80) {
    put(code_point);
  } else if (code_point < 0x800) {
    put(0xC0U | (code_point >> 6U));
    put(0x80U | (code_point & 0x3FU));
  } else if (code_point < 0x10000) {
    put(0xE0U | (code_point >> 12U));
    put(0x80U | ((code_point >> 6U) & 0x3FU));
    put(0x80U | (code_point & 0x3FU));
  } else {
    put(0xF0U | (code_point >> 18U));
    put(0x80U | ((code_point >> 12U) & 0x3FU));
    put(0x80U | ((code_point >> 6U) & 0x3FU));
    put(0x80U | (code_point & 0x3FU));
  }
}

/// One UTF-16 code unit as modified UTF-8 writes it, and how many bytes it took; zero bytes where it is malformed.
struct CodeUnit {
  std::uint32_t value = 0;
  std::size_t bytes = 0;
};

CodeUnit code_unit_at(std::span<const std::byte> bytes, std::size_t i) {
  const auto at = [&](std::size_t k) { return k < bytes.size() ? std::to_integer<std::uint32_t>(bytes[k]) : 0U; };
  const auto trail = [&](std::size_t k) { return (at(k) & 0xC0U) == 0x80U; };
  const std::uint32_t lead = at(i);
  if (lead != 0 && lead < 0x80)
    return {lead, 1};
  if ((lead & 0xE0U) == 0xC0U && trail(i + 1))
    return {((lead & 0x1FU) << 6U) | (at(i + 1) & 0x3FU), 2};
  if ((lead & 0xF0U) == 0xE0U && trail(i + 1) && trail(i + 2))
    return {((lead & 0x0FU) << 12U) | ((at(i + 1) & 0x3FU) << 6U) | (at(i + 2) & 0x3FU), 3};
  return {};
}

bool is_high_surrogate(std::uint32_t unit) {
  return unit >= 0xD800 && unit <= 0xDBFF;
}
bool is_low_surrogate(std::uint32_t unit) {
  return unit >= 0xDC00 && unit <= 0xDFFF;
}

}  // namespace

void ByteReader::fail_truncated(std::uint64_t length, std::string_view what) const {
  fail(InputErrorKind::truncated,
       fmt::format("expected {} ({} {}), found {} left", what, length, length == 1 ? "byte" : "bytes", remaining()));
}

std::string ByteReader::utf(std::string_view what) {
  const std::uint16_t length = u2(what);
  return utf8_of_modified_utf8(bytes(length, what));
}

std::uint32_t ByteReader::count(std::uint64_t smallest_record, std::string_view what) {
  const std::uint64_t start = offset();
  const std::int32_t value = i4(what);
  if (value < 0)
    fail_at(start, InputErrorKind::corrupt, fmt::format("expected {} of at least 0, found {}", what, value));
  if (static_cast<std::uint64_t>(value) > remaining() / std::max<std::uint64_t>(smallest_record, 1))
    fail_at(start, InputErrorKind::corrupt,
            fmt::format("expected {} that fits the {} bytes left, found {}", what, remaining(), value));
  return static_cast<std::uint32_t>(value);
}

void ByteReader::fail(InputErrorKind kind, std::string expectation) const {
  fail_at(offset(), kind, std::move(expectation));
}

void ByteReader::fail_at(std::uint64_t offset, InputErrorKind kind, std::string expectation) const {
  InputPlace place = *place_;
  place.offset = offset;
  throw InputError(kind, std::move(place), std::move(expectation));
}

void append_modified_utf8(std::uint32_t unit, std::vector<std::byte>& bytes) {
  const auto put = [&](std::uint32_t byte) { bytes.push_back(static_cast<std::byte>(byte)); };
  if (unit != 0 && unit < 0x80) {
    put(unit);
  } else if (unit < 0x800) {
    put(0xC0U | (unit >> 6U));
    put(0x80U | (unit & 0x3FU));
  } else {
    put(0xE0U | ((unit >> 12U) & 0x0FU));
    put(0x80U | ((unit >> 6U) & 0x3FU));
    put(0x80U | (unit & 0x3FU));
  }
}

std::string utf8_of_modified_utf8(std::span<const std::byte> bytes) {
  std::string text;
  text.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size();) {
    const CodeUnit unit = code_unit_at(bytes, i);
    if (unit.bytes == 0) {
      text += kReplacementCharacter;
      ++i;
      continue;
    }
    i += unit.bytes;
    if (is_high_surrogate(unit.value)) {
      const CodeUnit low = code_unit_at(bytes, i);
      if (low.bytes != 0 && is_low_surrogate(low.value)) {
        append_utf8(text, 0x10000U + ((unit.value - 0xD800U) << 10U) + (low.value - 0xDC00U));
        i += low.bytes;
      } else {
        text += kReplacementCharacter;
      }
    } else if (is_low_surrogate(unit.value)) {
      text += kReplacementCharacter;
    } else {
      append_utf8(text, unit.value);
    }
  }
  return text;
}

}  // namespace preflight
