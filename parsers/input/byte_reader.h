#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "input/input_error.h"

namespace preflight {

/// A checked cursor over bytes in Java's DataOutput form: big-endian integers, two's complement, modified UTF-8
/// strings. Class files (JVMS chapter 4) and savepoint metadata are both written this way.
///
/// Every read checks, then advances; one that does not fit throws InputError (truncated) that names what was to be
/// read, the place, and how many bytes there were. The bytes and the place must outlive the reader; the reader is a
/// small value, and copying it is a bookmark.
class ByteReader {
 public:
  /// `place` names the input (path, entry); the offset in errors is `base_offset` plus the position in `bytes`.
  ByteReader(std::span<const std::byte> bytes, const InputPlace& place, std::uint64_t base_offset = 0)
      : bytes_(bytes), place_(&place), base_offset_(base_offset) {}
  ByteReader(std::span<const std::byte> bytes, InputPlace&& place, std::uint64_t base_offset = 0) = delete;

  // `what` names the value in the error, in the format's words: "magic", "number of operator states".
  std::uint8_t u1(std::string_view what) { return static_cast<std::uint8_t>(integer(1, what)); }
  std::uint16_t u2(std::string_view what) { return static_cast<std::uint16_t>(integer(2, what)); }
  std::uint32_t u4(std::string_view what) { return static_cast<std::uint32_t>(integer(4, what)); }
  std::uint64_t u8(std::string_view what) { return integer(8, what); }
  std::int8_t i1(std::string_view what) { return static_cast<std::int8_t>(u1(what)); }
  std::int16_t i2(std::string_view what) { return static_cast<std::int16_t>(u2(what)); }
  std::int32_t i4(std::string_view what) { return static_cast<std::int32_t>(u4(what)); }
  std::int64_t i8(std::string_view what) { return static_cast<std::int64_t>(u8(what)); }
  bool boolean(std::string_view what) { return u1(what) != 0; }

  std::span<const std::byte> bytes(std::uint64_t length, std::string_view what) {
    if (length > remaining())
      fail_truncated(length, what);
    const auto result = bytes_.subspan(position_, static_cast<std::size_t>(length));
    position_ += static_cast<std::size_t>(length);
    return result;
  }
  void skip(std::uint64_t length, std::string_view what) { bytes(length, what); }

  /// A reader of the next `length` bytes alone; this reader moves behind them.
  ByteReader slice(std::uint64_t length, std::string_view what) {
    const std::uint64_t start = offset();
    return {bytes(length, what), *place_, start};
  }

  /// u2 length and that many bytes of modified UTF-8 (java.io.DataInput#readUTF), returned as UTF-8.
  std::string utf(std::string_view what);

  /// A non-negative i4 that counts records of at least `smallest_record` bytes each (one byte at least): refused
  /// (corrupt) when the bytes left cannot hold them, so that a lying count never reserves memory.
  std::uint32_t count(std::uint64_t smallest_record, std::string_view what);

  std::uint64_t offset() const noexcept { return base_offset_ + position_; }
  std::uint64_t remaining() const noexcept { return bytes_.size() - position_; }
  bool at_end() const noexcept { return position_ == bytes_.size(); }
  const InputPlace& place() const noexcept { return *place_; }

  /// Throws InputError at the current offset.
  [[noreturn]] void fail(InputErrorKind kind, std::string expectation) const;
  /// Throws InputError at `offset`.
  [[noreturn]] void fail_at(std::uint64_t offset, InputErrorKind kind, std::string expectation) const;

 private:
  // Here, to be built into the loops that read: class files and savepoints are mostly such integers.
  std::uint64_t integer(std::size_t width, std::string_view what) {
    if (width > remaining())
      fail_truncated(width, what);
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < width; ++i)
      value = (value << 8U) | std::to_integer<std::uint64_t>(bytes_[position_ + i]);
    position_ += width;
    return value;
  }
  [[noreturn]] void fail_truncated(std::uint64_t length, std::string_view what) const;

  std::span<const std::byte> bytes_;
  const InputPlace* place_;
  std::uint64_t base_offset_;
  std::size_t position_ = 0;
};

/// Appends one UTF-16 code unit, at most 0xFFFF, as modified UTF-8 writes it (JVMS 4.4.7): surrogates too.
void append_modified_utf8(std::uint32_t unit, std::vector<std::byte>& bytes);

/// Modified UTF-8 (JVMS 4.4.7) as UTF-8: C0 80 becomes U+0000, surrogate pairs one code point; a lone surrogate or
/// bytes that are not modified UTF-8 become U+FFFD.
std::string utf8_of_modified_utf8(std::span<const std::byte> bytes);

}  // namespace preflight
