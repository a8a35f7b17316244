#include "classfile/constant_pool.h"

#include <fmt/format.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <array>

#include "classfile/names.h"

namespace preflight {
namespace {

/// Newer than every class file version that is read.
constexpr std::uint8_t kNever = UINT8_MAX;

/// What an entry's operand has to lead to; one that names the tag none may be anything.
struct OperandRow {
  std::uint8_t at = 0;  ///< Bytes before it.
  ConstantTag leads_to = ConstantTag::none;
};

/// A row of JVMS tables 4.4-A and 4.4-B: what stands behind a tag, and since which class file version the tag is one.
struct TagRow {
  const char* name = nullptr;  ///< nullptr where there is no such tag.
  std::uint8_t bytes = 0;      ///< Behind the tag; of Utf8 the length alone.
  std::uint8_t since_major = kNever;
  bool leads = false;  ///< To other entries.
  OperandRow first = {};
  OperandRow second = {};  ///< The first once more where there is but one, so that all are checked alike.
};

constexpr OperandRow kText = {0, ConstantTag::utf8};
constexpr OperandRow kClass = {0, ConstantTag::class_entry};
constexpr OperandRow kSecondText = {2, ConstantTag::utf8};
constexpr OperandRow kSecondNameAndType = {2, ConstantTag::name_and_type};

constexpr std::uint8_t kJava1 = 45;
constexpr std::uint8_t kJava7 = 51;
constexpr std::uint8_t kJava9 = 53;
constexpr std::uint8_t kJava11 = 55;

/// By tag: all that a byte can be, so that no look-up has to be checked.
constexpr std::array<TagRow, 256> kTags = {{
    {},
    {"CONSTANT_Utf8", 2, kJava1},
    {},
    {"CONSTANT_Integer", 4, kJava1},
    {"CONSTANT_Float", 4, kJava1},
    {"CONSTANT_Long", 8, kJava1},
    {"CONSTANT_Double", 8, kJava1},
    {"CONSTANT_Class", 2, kJava1, true, kText, kText},
    {"CONSTANT_String", 2, kJava1, true, kText, kText},
    {"CONSTANT_Fieldref", 4, kJava1, true, kClass, kSecondNameAndType},
    {"CONSTANT_Methodref", 4, kJava1, true, kClass, kSecondNameAndType},
    {"CONSTANT_InterfaceMethodref", 4, kJava1, true, kClass, kSecondNameAndType},
    {"CONSTANT_NameAndType", 4, kJava1, true, kText, kSecondText},
    {},
    {},
    {"CONSTANT_MethodHandle", 3, kJava7, true},  // check_method_handle
    {"CONSTANT_MethodType", 2, kJava7, true, kText, kText},
    // The first operand of these two indexes the BootstrapMethods attribute, not the pool.
    {"CONSTANT_Dynamic", 4, kJava11, true, kSecondNameAndType, kSecondNameAndType},
    {"CONSTANT_InvokeDynamic", 4, kJava7, true, kSecondNameAndType, kSecondNameAndType},
    {"CONSTANT_Module", 2, kJava9, true, kText, kText},
    {"CONSTANT_Package", 2, kJava9, true, kText, kText},
}};

/// The smallest entry is a CONSTANT_Utf8 without bytes: tag and length.
constexpr std::uint64_t kSmallestEntry = 3;

const TagRow& row_of(ConstantTag tag) {
  return kTags[static_cast<std::size_t>(tag)];
}

std::string name_of(ConstantTag tag) {
  return tag == ConstantTag::none ? "no entry" : row_of(tag).name;
}

std::string_view text_of(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

#ifdef __SSE2__
constexpr std::size_t kWide = sizeof(__m128i);
constexpr unsigned kAllPlain = (1U << kWide) - 1;

/// A bit for each of sixteen bytes, set where it is 0x01 to 0x7F.
inline unsigned plain_bits(const std::byte* bytes) {
  const __m128i word = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
  return static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpgt_epi8(word, _mm_setzero_si128())));
}
#endif

/// Whether the `size` bytes at `position` are modified UTF-8. Nearly all are plain ASCII: sixteen are looked at in one
/// step, which may take in what stands behind the text in the class file.
inline bool is_text(std::span<const std::byte> bytes, std::size_t position, std::size_t size) {
#ifdef __SSE2__
  const std::size_t end = position + size;
  std::size_t at = position;
  while (at + kWide <= end && plain_bits(bytes.data() + at) == kAllPlain)
    at += kWide;
  if (at + kWide <= bytes.size()) {
    const unsigned wanted = at + kWide <= end ? kAllPlain : (1U << (end - at)) - 1;
    if ((~plain_bits(bytes.data() + at) & wanted) == 0)
      return true;
  }
#endif
  return is_modified_utf8(text_of(bytes.subspan(position, size)));
}

/// Entries whose one operand is a name, which may not be empty.
bool is_named(ConstantTag tag) {
  return tag == ConstantTag::class_entry || tag == ConstantTag::module || tag == ConstantTag::package;
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

// The next two stand before the loop that calls them, to be built into it.

/// Of an entry that leads to others.
void ConstantPool::check_entry(std::uint16_t index, const ByteReader& start, std::uint16_t major_version) const {
  const ConstantTag tag_here = entries_[index].tag;
  if (tag_here == ConstantTag::method_handle)
    return check_method_handle(index, start, major_version);
  const TagRow& row = row_of(tag_here);
  for (const OperandRow& wanted : {row.first, row.second})
    if (const std::uint16_t target = operand(index, wanted.at); tag(target) != wanted.leads_to)
      fail_operand(index, target, wanted.leads_to, start);
  if (is_named(tag_here) && utf8(operand(index)).empty())
    start.fail_at(start.offset() + entries_[index].offset - 1, InputErrorKind::corrupt,
                  fmt::format("expected a name at {} index {}, found an empty one", row.name, index));
}

void ConstantPool::sort_in(std::uint16_t index) {
  switch (entries_[index].tag) {
    case ConstantTag::class_entry:
      classes_.push_back(index);
      break;
    case ConstantTag::string:
      strings_.push_back(index);
      break;
    case ConstantTag::method_type:
      mark_descriptor(operand(index));
      break;
    case ConstantTag::name_and_type:
      names_and_types_.push_back(index);
      mark_descriptor(operand(index, 2));
      break;
    default:
      break;
  }
}

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
  for (const std::uint16_t index : leading_) {
    check_entry(index, start, major_version);
    sort_in(index);
  }
}

/// Finds where each entry stands, checks those of text, and returns how many bytes they take together.
std::size_t ConstantPool::read_entries(const ByteReader& start, std::uint16_t major_version) {
  // Views of their own, which the compiler need not fetch again for every entry.
  const std::span<const std::byte> bytes = bytes_;
  const std::span<Entry> entries = entries_;
  const std::size_t count = entries.size();
  leading_.resize(count);
  const std::span<std::uint16_t> leads = leading_;
  std::size_t leading = 0;
  std::size_t position = 0;
  for (std::size_t index = 1; index < count; ++index) {
    const std::size_t left = bytes.size() - position;
    const auto tag = left == 0 ? ConstantTag::none : static_cast<ConstantTag>(bytes[position]);
    entries[index] = {tag, false, static_cast<std::uint32_t>(position + 1)};
    if (tag == ConstantTag::utf8) {
      const std::size_t length = left < kSmallestEntry ? kSmallestEntry : kSmallestEntry + u2_at(bytes, position + 1);
      if (length > left)
        fail_entry(index, start, major_version);
      if (!is_text(bytes, position + kSmallestEntry, length - kSmallestEntry))
        start.fail_at(start.offset() + position, InputErrorKind::corrupt,
                      fmt::format("expected modified UTF-8 at constant pool index {}, found other bytes", index));
      position += length;
      continue;
    }
    const TagRow& row = row_of(tag);
    const std::size_t length = std::size_t{1} + row.bytes;
    if (major_version < row.since_major || length > left)
      fail_entry(index, start, major_version);
    position += length;
    leads[leading] = static_cast<std::uint16_t>(index);  // Overwritten where the entry leads nowhere.
    leading += row.leads ? 1 : 0;
    if (tag == ConstantTag::long_integer || tag == ConstantTag::double_floating) {
      if (++index == count)
        start.fail_at(start.offset() + position, InputErrorKind::corrupt,
                      fmt::format("expected two constant pool indices for a long or double, found that {} is the last",
                                  count - 1));
      entries[index] = {};
    }
  }
  leading_.resize(leading);
  return position;
}

void ConstantPool::fail_entry(std::size_t index, const ByteReader& start, std::uint16_t major_version) const {
  const std::size_t position = entries_[index].offset - std::size_t{1};
  const std::size_t left = bytes_.size() - position;
  const auto tag = left == 0 ? ConstantTag::none : static_cast<ConstantTag>(bytes_[position]);
  const TagRow& row = row_of(tag);
  if (left != 0 && major_version < row.since_major)
    start.fail_at(start.offset() + position, InputErrorKind::corrupt,
                  fmt::format("expected a constant pool tag of class file version {} at index {}, found {}",
                              major_version, index, static_cast<unsigned>(tag)));
  std::size_t length = std::size_t{1} + row.bytes;
  if (tag == ConstantTag::utf8 && length <= left)
    length += u2_at(bytes_, position + 1);
  start.fail_at(start.offset() + position, InputErrorKind::truncated,
                fmt::format("expected constant pool index {} of {} ({} bytes), found {} left", index,
                            entries_.size() - 1, length, left));
}

void ConstantPool::check_method_handle(std::uint16_t index, const ByteReader& start,
                                       std::uint16_t major_version) const {
  const MethodHandle handle = method_handle(index);
  const ConstantTag target = tag(handle.member);
  if (!handle_may_refer_to(handle.kind, target, major_version))
    start.fail_at(start.offset() + entries_[index].offset - 1, InputErrorKind::corrupt,
                  fmt::format("expected a member that fits reference kind {} at CONSTANT_MethodHandle index {}, "
                              "found {}",
                              handle.kind, index, name_of(target)));
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
