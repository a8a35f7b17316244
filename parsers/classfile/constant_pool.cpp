#include "classfile/constant_pool.h"

#include <fmt/format.h>

#include <array>

#include "classfile/names.h"

namespace preflight {
namespace {

/// A row of JVMS tables 4.4-A and 4.4-B: what stands behind a tag, and since which class file version the tag is one.
struct TagRow {
  const char* name = nullptr;  ///< nullptr where there is no such tag.
  std::uint8_t bytes = 0;      ///< Behind the tag; of Utf8 the length alone.
  std::uint8_t since_major = 45;
};

constexpr std::array<TagRow, 21> kTags = {{
    {},
    {"CONSTANT_Utf8", 2},
    {},
    {"CONSTANT_Integer", 4},
    {"CONSTANT_Float", 4},
    {"CONSTANT_Long", 8},
    {"CONSTANT_Double", 8},
    {"CONSTANT_Class", 2},
    {"CONSTANT_String", 2},
    {"CONSTANT_Fieldref", 4},
    {"CONSTANT_Methodref", 4},
    {"CONSTANT_InterfaceMethodref", 4},
    {"CONSTANT_NameAndType", 4},
    {},
    {},
    {"CONSTANT_MethodHandle", 3, 51},
    {"CONSTANT_MethodType", 2, 51},
    {"CONSTANT_Dynamic", 4, 55},
    {"CONSTANT_InvokeDynamic", 4, 51},
    {"CONSTANT_Module", 2, 53},
    {"CONSTANT_Package", 2, 53},
}};

/// The smallest entry is a CONSTANT_Utf8 without bytes: tag and length.
constexpr std::uint64_t kSmallestEntry = 3;

const TagRow& row_of(ConstantTag tag) {
  return kTags[static_cast<std::size_t>(tag)];
}

std::string name_of(ConstantTag tag) {
  return tag == ConstantTag::none ? "no entry" : row_of(tag).name;
}

bool is_member(ConstantTag tag) {
  return tag == ConstantTag::field || tag == ConstantTag::method || tag == ConstantTag::interface_method;
}

/// JVMS 4.4.8: which kind of member a method handle's reference_kind asks for.
bool handle_may_refer_to(unsigned reference_kind, ConstantTag tag, std::uint16_t major_version) {
  constexpr std::uint16_t kJava8 = 52;
  switch (reference_kind) {
    case 1:
    case 2:
    case 3:
    case 4:
      return tag == ConstantTag::field;
    case 5:
    case 8:
      return tag == ConstantTag::method;
    case 6:
    case 7:
      return tag == ConstantTag::method || (tag == ConstantTag::interface_method && major_version >= kJava8);
    case 9:
      return tag == ConstantTag::interface_method;
    default:
      return false;
  }
}

}  // namespace

void ConstantPool::read(ByteReader& reader, std::uint16_t major_version) {
  const std::uint16_t count = reader.u2("constant pool count");
  if (count == 0)
    reader.fail(InputErrorKind::corrupt, "expected a constant pool count of at least 1, found 0");
  // A long or double takes two indices for nine bytes, so three bytes an index hold for every pool.
  if ((count - 1U) * kSmallestEntry > reader.remaining())
    reader.fail(InputErrorKind::truncated,
                fmt::format("expected {} constant pool entries, found {} bytes left", count - 1, reader.remaining()));
  const ByteReader start = reader;
  bytes_ = ByteReader(reader).bytes(reader.remaining(), "constant pool");
  entries_.resize(count);
  for (std::vector<std::uint16_t>* indices : {&leading_, &classes_, &strings_, &names_and_types_, &descriptors_})
    indices->clear();
  reader.skip(read_entries(start, major_version), "constant pool");
  for (const std::uint16_t index : leading_)
    check_entry(index, start, major_version);
}

/// Finds where each entry stands, checks those of text, and returns how many bytes they take together.
std::size_t ConstantPool::read_entries(const ByteReader& start, std::uint16_t major_version) {
  const std::size_t count = entries_.size();
  std::size_t position = 0;
  for (std::size_t index = 1; index < count; ++index) {
    const std::size_t left = bytes_.size() - position;
    const auto tag = left == 0 ? 0U : std::to_integer<unsigned>(bytes_[position]);
    if (left != 0 && (tag >= kTags.size() || kTags[tag].name == nullptr || major_version < kTags[tag].since_major))
      start.fail_at(start.offset() + position, InputErrorKind::corrupt,
                    fmt::format("expected a constant pool tag of class file version {} at index {}, found {}",
                                major_version, index, tag));
    std::size_t length = std::size_t{1} + kTags[tag].bytes;
    if (tag == static_cast<unsigned>(ConstantTag::utf8) && length <= left)
      length += u2_at(position + 1);
    if (left == 0 || length > left)
      start.fail_at(start.offset() + position, InputErrorKind::truncated,
                    fmt::format("expected constant pool index {} of {} ({} bytes), found {} left", index, count - 1,
                                length, left));
    entries_[index] = {static_cast<ConstantTag>(tag), false, static_cast<std::uint32_t>(position + 1)};
    switch (static_cast<ConstantTag>(tag)) {
      case ConstantTag::utf8:
        if (!is_modified_utf8(utf8(static_cast<std::uint16_t>(index))))
          start.fail_at(start.offset() + position, InputErrorKind::corrupt,
                        fmt::format("expected modified UTF-8 at constant pool index {}, found other bytes", index));
        break;
      case ConstantTag::integer:
      case ConstantTag::floating:
        break;
      case ConstantTag::long_integer:
      case ConstantTag::double_floating:
        if (++index == count)
          start.fail_at(
              start.offset() + position + length, InputErrorKind::corrupt,
              fmt::format("expected two constant pool indices for a long or double, found that {} is the last",
                          count - 1));
        entries_[index] = {};
        break;
      default:
        leading_.push_back(static_cast<std::uint16_t>(index));
    }
    position += length;
  }
  return position;
}

void ConstantPool::check_entry(std::uint16_t index, const ByteReader& start, std::uint16_t major_version) {
  const auto [entry_tag, is_descriptor, offset] = entries_[index];
  const auto fail = [&](const std::string& expectation) {
    start.fail_at(start.offset() + offset - 1, InputErrorKind::corrupt, expectation);
  };
  const auto require_operand = [&](std::size_t at, ConstantTag wanted) {
    if (const std::uint16_t target = operand(index, at); tag(target) != wanted)
      fail_operand(index, target, wanted, start);
  };
  switch (entry_tag) {
    case ConstantTag::class_entry:
      classes_.push_back(index);
      [[fallthrough]];
    case ConstantTag::module:
    case ConstantTag::package:
      require_operand(0, ConstantTag::utf8);
      if (utf8(operand(index)).empty())
        fail(fmt::format("expected a name at {} index {}, found an empty one", name_of(entry_tag), index));
      break;
    case ConstantTag::string:
      strings_.push_back(index);
      require_operand(0, ConstantTag::utf8);
      break;
    case ConstantTag::method_type:
      require_operand(0, ConstantTag::utf8);
      mark_descriptor(operand(index));
      break;
    case ConstantTag::field:
    case ConstantTag::method:
    case ConstantTag::interface_method:
      require_operand(0, ConstantTag::class_entry);
      require_operand(2, ConstantTag::name_and_type);
      break;
    case ConstantTag::name_and_type:
      names_and_types_.push_back(index);
      require_operand(0, ConstantTag::utf8);
      require_operand(2, ConstantTag::utf8);
      mark_descriptor(operand(index, 2));
      break;
    case ConstantTag::method_handle: {
      const auto kind = std::to_integer<unsigned>(bytes_[offset]);
      const ConstantTag target = tag(operand(index, 1));
      if (!handle_may_refer_to(kind, target, major_version))
        fail(fmt::format("expected a member that fits reference kind {} at CONSTANT_MethodHandle index {}, found {}",
                         kind, index, name_of(target)));
      break;
    }
    case ConstantTag::dynamic:
    case ConstantTag::invoke_dynamic:  // The first operand indexes the BootstrapMethods attribute, not the pool.
      require_operand(2, ConstantTag::name_and_type);
      break;
    default:  // Not of those that lead to others.
      break;
  }
}

void ConstantPool::fail_requirement(std::uint16_t index, ConstantTag wanted, const ByteReader& at,
                                    std::string_view what) const {
  if (index == 0 || index >= entries_.size())
    at.fail(InputErrorKind::corrupt, fmt::format("expected a constant pool index of 1 to {} for {}, found {}",
                                                 entries_.size() - 1, what, index));
  at.fail(InputErrorKind::corrupt, fmt::format("expected a {} for {} at constant pool index {}, found {}",
                                               name_of(wanted), what, index, name_of(tag(index))));
}

void ConstantPool::fail_operand(std::uint16_t index, std::uint16_t target, ConstantTag wanted,
                                const ByteReader& start) const {
  start.fail_at(start.offset() + entries_[index].offset - 1, InputErrorKind::corrupt,
                fmt::format("expected {} index {} to lead to a {} at 1 to {}, found {} ({})", name_of(tag(index)),
                            index, name_of(wanted), entries_.size() - 1, target,
                            target < entries_.size() ? name_of(tag(target)) : "outside"));
}

ConstantPool::Member ConstantPool::member(std::uint16_t index) const {
  const NameAndType signature = name_and_type(operand(index, 2));
  return {tag(index), class_name(operand(index)), signature.name, signature.descriptor};
}

ConstantPool::Member ConstantPool::member(std::uint16_t index, const ByteReader& at, std::string_view what) const {
  if (!is_member(tag(index)))
    at.fail(InputErrorKind::corrupt,
            fmt::format("expected a field or method for {} at constant pool index {}, found {}", what, index,
                        name_of(tag(index))));
  return member(index);
}

ConstantPool::NameAndType ConstantPool::name_and_type(std::uint16_t index, const ByteReader& at,
                                                      std::string_view what) const {
  require(index, ConstantTag::name_and_type, at, what);
  return name_and_type(index);
}

std::int64_t ConstantPool::number(std::uint16_t index, ConstantTag wanted, const ByteReader& at,
                                  std::string_view what) const {
  require(index, wanted, at, what);
  const auto half = [&](std::size_t position) {
    return (std::uint32_t{operand(index, position)} << 16U) | operand(index, position + 2);
  };
  if (wanted == ConstantTag::long_integer || wanted == ConstantTag::double_floating)
    return static_cast<std::int64_t>((std::uint64_t{half(0)} << 32U) | half(4));
  return static_cast<std::int32_t>(half(0));
}

ConstantPool::MethodHandle ConstantPool::method_handle(std::uint16_t index) const {
  return {std::to_integer<std::uint8_t>(bytes_[entries_[index].offset]), operand(index, 1)};
}

ConstantPool::Dynamic ConstantPool::dynamic(std::uint16_t index) const {
  return {operand(index), name_and_type(operand(index, 2))};
}

}  // namespace preflight
