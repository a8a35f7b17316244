#pragma once

// Private to this room: the file format of an API index (.api).
//
// Numbers are varints (LEB128: seven bits a byte, least significant first, the top bit says that more follow), unless a
// width is given. A *text* is a varint length and that many bytes.
//
//   file      = "FPAPI" version:u1 packed(header) packed(block)*      nothing behind the last block
//   packed    = raw_size stored_size bytes
//               stored_size = 0: `bytes` are the raw_size bytes themselves; otherwise they are one Zstandard frame of
//               stored_size bytes with a checksum (RFC 8878) that holds raw_size bytes.
//   header    = line_count (name:text release_count version:text*)*   lines in ordinal order, releases oldest first
//               module_count module:text*                             artifact names, sorted
//               block_count (block_size package_count name:text*)*    size of packed(block) in bytes; names of
//               packages,
//                                                                     sorted over all blocks
//
// A block holds consecutive packages and can be read by itself. It is a row of *columns*, each with its length in
// front, because values of one kind compress best side by side:
//
//   block     = (column_size column)*                                 in the order of ApiColumn
//
// Within a block everything that repeats is written once and then called by its number:
//   names     member names, sorted                     front-coded: shared_length suffix_length in one column, the
//   classes   class names referred to, sorted          suffixes' bytes in another
//   types     (dimensions base)*, most frequent first  base 0 to 8: a letter of kApiPrimitives; from 9 on a class
//   marks     (access_flags promise)*, most frequent first        promise: ApiStability * 2 + deprecated
//   spans     (run_count (first length-1)*)*, most frequent first   first: from the end of the run before
//
// A class is its name within the package (front-coded within the package), its forms (run mark super interface* module)
// and its members. A member is a name, a mark, a shape and the spans in which it was there: 0 where that is wherever
// the class was, otherwise the number of an entry of `spans` plus one. Fields stand before methods, each kind by name
// and descriptor; the shape of a field is one type, that of a method the number of its parameters, their types, the
// return type.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace preflight {

inline constexpr std::string_view kApiMagic = "FPAPI";
inline constexpr std::uint8_t kApiFormatVersion = 1;

/// V stands first: it is what methods return most.
inline constexpr std::string_view kApiPrimitives = "VZIJBCDFS";

enum class ApiColumn : std::uint8_t {
  name_lengths,
  name_text,
  class_lengths,
  class_text,
  types,
  marks,
  spans,
  packages,          ///< class_count of each package of the block
  declared_lengths,  ///< shared_length suffix_length of each class
  declared_text,
  form_counts,  ///< of each class
  form_spans,   ///< number in `spans`, whose entry has one run
  form_marks,
  form_supers,      ///< number in `classes` plus one; 0 for none
  form_interfaces,  ///< count class*
  form_modules,     ///< number in the header's modules
  member_counts,    ///< of each class: fields methods
  member_names,     ///< within a class and kind: distance from the name before
  member_marks,
  member_spans,
  member_shapes,
  end_,
};
inline constexpr auto kApiColumns = static_cast<std::size_t>(ApiColumn::end_);

// Bounds that the writer keeps and the reader enforces: they are far above what all of Flink needs, and keep a hostile
// file from taking memory that its own size does not account for.
inline constexpr std::uint64_t kLargestApiBlock = std::uint64_t{16} << 20U;  ///< raw bytes
inline constexpr std::uint64_t kLargestApiHeader = std::uint64_t{16} << 20U;
inline constexpr std::uint64_t kLargestDecodedApiBlock = std::uint64_t{256} << 20U;  ///< records and text
inline constexpr std::uint64_t kMostApiReleases = 65'535;
inline constexpr std::uint64_t kLongestApiName = 65'535;  ///< As in a class file (JVMS 4.4.7).

}  // namespace preflight
