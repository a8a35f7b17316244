#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

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
  std::uint8_t u1(std::string_view what);
  std::uint16_t u2(std::string_view what);
  std::uint32_t u4(std::string_view what);
  std::uint64_t u8(std::string_view what);
  std::int8_t i1(std::string_view what) { return static_cast<std::int8_t>(u1(what)); }
  std::int16_t i2(std::string_view what) { return static_cast<std::int16_t>(u2(what)); }
  std::int32_t i4(std::string_view what) { return static_cast<std::int32_t>(u4(what)); }
  std::int64_t i8(std::string_view what) { return static_cast<std::int64_t>(u8(what)); }
  bool boolean(std::string_view what) { return u1(what) != 0; }

  std::span<const std::byte> bytes(std::uint64_t length, std::string_view what);
  void skip(std::uint64_t length, std::string_view what) { bytes(length, what); }

  /// A reader of the next `length` bytes alone; this reader moves behind them.
  ByteReader slice(std::uint64_t length, std::string_view what);

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
  std::span<const std::byte> bytes_;
  const InputPlace* place_;
  std::uint64_t base_offset_;
  std::size_t position_ = 0;
};

/// Modified UTF-8 (JVMS 4.4.7) as UTF-8: C0 80 becomes U+0000, surrogate pairs one code point; a lone surrogate or
/// bytes that are not modified UTF-8 become U+FFFD.
std::string utf8_of_modified_utf8(std::span<const std::byte> bytes);

}  // namespace preflight
