#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "input/byte_reader.h"

namespace preflight {

/// Tags of constant pool entries (JVMS table 4.4-A).
enum class ConstantTag : std::uint8_t {
  none = 0,  ///< Index 0, and the second index that a long or double takes (JVMS 4.4.5).
  utf8 = 1,
  integer = 3,
  floating = 4,
  long_integer = 5,
  double_floating = 6,
  class_entry = 7,
  string = 8,
  field = 9,
  method = 10,
  interface_method = 11,
  name_and_type = 12,
  method_handle = 15,
  method_type = 16,
  dynamic = 17,
  invoke_dynamic = 18,
  module = 19,
  package = 20,
};

/// The constant pool of a class file (JVMS 4.4): a table of tags and offsets over the class file's bytes, which must
/// outlive it. Nothing is copied or decoded; text is handed out as it stands in the file, in modified UTF-8.
///
/// Every entry is checked when the pool is made: its tag is one that the class file's version has, and each index in it
/// leads to an entry of the tag it must have. Each accessor checks the tag at the index it is given, which comes from
/// another part of the class file, and throws InputError (corrupt) at that part's place otherwise.
class ConstantPool {
 public:
  struct NameAndType {
    std::string_view name;
    std::string_view descriptor;
  };
  struct Member {
    ConstantTag tag = ConstantTag::none;
    std::string_view owner;  ///< Internal name (java/lang/String), or a descriptor for an array ([I).
    std::string_view name;
    std::string_view descriptor;
  };

  /// A CONSTANT_MethodHandle: its reference_kind (JVMS table 5.4.3.5-A), and the index of the member it refers to.
  struct MethodHandle {
    std::uint8_t kind = 0;
    std::uint16_t member = 0;
  };
  /// A CONSTANT_Dynamic or CONSTANT_InvokeDynamic; `bootstrap_method` indexes the BootstrapMethods attribute.
  struct Dynamic {
    std::uint16_t bootstrap_method = 0;
    NameAndType name_and_type;
  };

  ConstantPool() = default;
  /// Reads constant_pool_count and the entries, with the memory of the pool that this was before; `reader` then stands
  /// behind them. Throws InputError: truncated, corrupt.
  void read(ByteReader& reader, std::uint16_t major_version);

  /// Indices are 1 to count() - 1.
  std::uint16_t count() const { return static_cast<std::uint16_t>(entries_.size()); }
  /// none for an index outside the pool.
  ConstantTag tag(std::uint16_t index) const {
    return index < entries_.size() ? entries_[index].tag : ConstantTag::none;
  }

  // `at` is where the index was read, and `what` what it stands for: both for the error alone.
  std::string_view utf8(std::uint16_t index, const ByteReader& at, std::string_view what) const {
    require(index, ConstantTag::utf8, at, what);
    return utf8(index);
  }
  std::string_view class_name(std::uint16_t index, const ByteReader& at, std::string_view what) const {
    require(index, ConstantTag::class_entry, at, what);
    return class_name(index);
  }
  Member member(std::uint16_t index, const ByteReader& at, std::string_view what) const;
  NameAndType name_and_type(std::uint16_t index, const ByteReader& at, std::string_view what) const;
  /// The value of a CONSTANT_Integer or CONSTANT_Long, the bits of a CONSTANT_Float or CONSTANT_Double: whichever of
  /// them `wanted` names.
  std::int64_t number(std::uint16_t index, ConstantTag wanted, const ByteReader& at, std::string_view what) const;

  // For a pool that has been checked and an index whose tag the caller has just looked at.
  std::string_view utf8(std::uint16_t index) const {
    const auto text = bytes_.subspan(entries_[index].offset + 2, operand(index));
    return {reinterpret_cast<const char*>(text.data()), text.size()};
  }
  std::string_view class_name(std::uint16_t index) const { return utf8(operand(index)); }
  std::string_view string(std::uint16_t index) const { return utf8(operand(index)); }
  std::string_view method_type(std::uint16_t index) const { return utf8(operand(index)); }
  NameAndType name_and_type(std::uint16_t index) const { return {utf8(operand(index)), utf8(operand(index, 2))}; }
  Member member(std::uint16_t index) const;
  MethodHandle method_handle(std::uint16_t index) const;
  Dynamic dynamic(std::uint16_t index) const;

  // Indices of all entries of one tag, ascending: what a scan asks for in every class.
  std::span<const std::uint16_t> classes() const { return classes_; }
  std::span<const std::uint16_t> strings() const { return strings_; }
  std::span<const std::uint16_t> names_and_types() const { return names_and_types_; }

  /// Indices of the Utf8 entries that a NameAndType, a MethodType or mark_descriptor names as a descriptor, each once.
  std::span<const std::uint16_t> descriptors() const { return descriptors_; }
  /// The Utf8 at `index` is a descriptor, as that of a field or method of the class is.
  void mark_descriptor(std::uint16_t index) {
    if (!entries_[index].is_descriptor) {
      entries_[index].is_descriptor = true;
      descriptors_.push_back(index);
    }
  }

 private:
  struct Entry {
    ConstantTag tag = ConstantTag::none;
    bool is_descriptor = false;
    std::uint32_t offset = 0;  ///< Of the bytes behind the tag, in `bytes_`.
  };

  std::size_t read_entries(const ByteReader& start, std::uint16_t major_version);
  /// That no whole entry of this class file version stands where entry `index` should.
  [[noreturn]] void fail_entry(std::size_t index, const ByteReader& start, std::uint16_t major_version) const;
  inline void check_entry(std::uint16_t index, const ByteReader& start, std::uint16_t major_version) const;
  void check_method_handle(std::uint16_t index, const ByteReader& start, std::uint16_t major_version) const;
  /// Takes an entry that has been checked into the lists below.
  inline void sort_in(std::uint16_t index);
  void require(std::uint16_t index, ConstantTag wanted, const ByteReader& at, std::string_view what) const {
    if (tag(index) != wanted)
      fail_requirement(index, wanted, at, what);
  }
  [[noreturn]] void fail_requirement(std::uint16_t index, ConstantTag wanted, const ByteReader& at,
                                     std::string_view what) const;
  /// That the operand of entry `index` does not lead to what it must.
  [[noreturn]] void fail_operand(std::uint16_t index, std::uint16_t target, ConstantTag wanted,
                                 const ByteReader& start) const;
  std::uint16_t operand(std::uint16_t index, std::size_t at = 0) const {
    return u2_at(bytes_, entries_[index].offset + at);
  }
  static std::uint16_t u2_at(std::span<const std::byte> bytes, std::size_t offset) {
    return static_cast<std::uint16_t>((std::to_integer<unsigned>(bytes[offset]) << 8U) |
                                      std::to_integer<unsigned>(bytes[offset + 1]));
  }

  std::span<const std::byte> bytes_;
  std::vector<Entry> entries_;
  std::vector<std::uint16_t> leading_;  ///< Indices of the entries that lead to others.
  std::vector<std::uint16_t> classes_;
  std::vector<std::uint16_t> strings_;
  std::vector<std::uint16_t> names_and_types_;
  std::vector<std::uint16_t> descriptors_;
};

}  // namespace preflight
