#pragma once

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "classfile/class_view.h"
#include "input/byte_reader.h"

namespace preflight {

// How attributes.h reads a table: each attribute is a row that says since when it is one and what to do with it.

/// The bytes of one attribute, and the class file that its indices lead into.
struct AttributeInput {
  ByteReader reader;
  const ClassView& view;

  /// A u2 that counts records of at least `smallest_record` bytes. Throws InputError (truncated) where they do not fit.
  std::uint16_t count(std::uint64_t smallest_record, const char* what) {
    const std::uint16_t records = reader.u2(what);
    if (records * smallest_record > reader.remaining())
      reader.fail(InputErrorKind::truncated,
                  fmt::format("expected {} that fits the {} bytes left, found {}", what, reader.remaining(), records));
    return records;
  }
  std::string_view utf8(const char* what) {
    const ByteReader at = reader;
    return view.pool.utf8(reader.u2(what), at, what);
  }
  std::string_view class_name(const char* what) {
    const ByteReader at = reader;
    return view.pool.class_name(reader.u2(what), at, what);
  }
  /// Empty for index 0, where the JVMS lets it stand for nothing.
  std::string_view utf8_or_none(const char* what) {
    const ByteReader at = reader;
    const std::uint16_t index = reader.u2(what);
    return index == 0 ? std::string_view{} : view.pool.utf8(index, at, what);
  }
  std::string_view class_name_or_none(const char* what) {
    const ByteReader at = reader;
    const std::uint16_t index = reader.u2(what);
    return index == 0 ? std::string_view{} : view.pool.class_name(index, at, what);
  }
};

/// Takes an attribute table that stands within an attribute, as those of record components do, count and all.
inline AttributeTable take_attribute_table(ByteReader& reader) {
  const std::uint16_t count = reader.u2("number of attributes");
  ByteReader behind_count = reader;
  for (unsigned i = 0; i < count; ++i) {
    reader.u2("attribute name index");
    reader.skip(reader.u4("attribute length"), "attribute");
  }
  const std::uint64_t length = reader.offset() - behind_count.offset();
  const std::uint64_t offset = behind_count.offset();
  return {count, behind_count.bytes(length, "attributes"), offset};
}

template <class Result>
struct AttributeRow {
  std::string_view name;
  std::uint16_t since_major;  ///< JVMS table 4.7-C
  void (*read)(AttributeInput& input, Result& result);
  bool may_repeat = false;
};

/// Reads the attributes of `table` that `rows` name into `result`. Throws InputError.
template <class Result, std::size_t count>
void read_attribute_rows(const ClassView& view, const AttributeTable& table, const InputPlace& place,
                         const std::array<AttributeRow<Result>, count>& rows, Result& result) {
  std::array<bool, count> seen{};
  ByteReader reader(table.bytes, place, table.offset);
  for (unsigned i = 0; i < table.count; ++i) {
    const ByteReader at = reader;
    const std::string_view name = view.pool.utf8(reader.u2("attribute name index"), at, "an attribute's name");
    const std::uint32_t length = reader.u4("attribute length");
    AttributeInput input{reader.slice(length, "attribute"), view};
    for (std::size_t row = 0; row < count; ++row) {
      if (rows[row].name != name || view.major_version < rows[row].since_major)
        continue;
      if (seen[row] && !rows[row].may_repeat)
        at.fail(InputErrorKind::corrupt, fmt::format("expected one attribute {}, found a second one", name));
      seen[row] = true;
      rows[row].read(input, result);
      if (!input.reader.at_end())
        input.reader.fail(
            InputErrorKind::corrupt,
            fmt::format("expected the end of the attribute {}, found {} bytes more", name, input.reader.remaining()));
    }
  }
}

}  // namespace preflight
