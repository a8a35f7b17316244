#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "input/byte_reader.h"

namespace preflight {

/// Appends `value` as a varint (api_format.h).
void put_varint(std::vector<std::byte>& bytes, std::uint64_t value);
/// Appends a text: its length and its bytes.
void put_text(std::vector<std::byte>& bytes, std::string_view text);

std::uint64_t read_long_varint(ByteReader& reader, std::string_view what, std::uint64_t largest);

/// Throws InputError: truncated, corrupt (longer than ten bytes, or more than `largest`).
inline std::uint64_t read_varint(ByteReader& reader, std::string_view what, std::uint64_t largest = UINT64_MAX) {
  // Most are one byte, and there are more of them than of anything else.
  constexpr std::uint64_t kTwoBytes = 0x80;
  ByteReader ahead = reader;
  if (const std::uint64_t value = ahead.u1(what); value < kTwoBytes && value <= largest) {
    reader = ahead;
    return value;
  }
  return read_long_varint(reader, what, largest);
}
/// Leaves `count` varints out. Throws InputError: truncated.
void skip_varints(ByteReader& reader, std::uint64_t count);
/// The text as a view of the reader's bytes. Throws InputError: truncated, corrupt (longer than kLongestApiName).
std::string_view read_text(ByteReader& reader, std::string_view what);
/// A count of records of at least one byte each; what the bytes left cannot hold is corrupt.
std::uint64_t read_count(ByteReader& reader, std::string_view what);

}  // namespace preflight
