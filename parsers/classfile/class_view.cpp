#include "classfile/class_view.h"

#include <fmt/format.h>

#include "classfile/access_flags.h"
#include "classfile/descriptor.h"

namespace preflight {
namespace {

constexpr std::uint32_t kMagic = 0xCAFEBABE;
constexpr std::uint16_t kOldestMajor = 45;    ///< Java 1.1
constexpr std::uint16_t kNewestMajor = 69;    ///< Java 25
constexpr std::uint16_t kNoMinorsSince = 56;  ///< Java 12
constexpr std::uint16_t kPreviewMinor = 0xFFFF;

// The smallest records, against which counts are compared before anything is reserved.
constexpr std::uint64_t kInterfaceBytes = 2;
constexpr std::uint64_t kMemberBytes = 8;
constexpr std::uint64_t kAttributeBytes = 6;
constexpr std::uint64_t kExceptionTableRowBytes = 8;

[[noreturn]] void fail_count(const ByteReader& reader, std::uint16_t count, std::string_view what) {
  reader.fail(InputErrorKind::truncated,
              fmt::format("expected {} that fits the {} bytes left, found {}", what, reader.remaining(), count));
}

inline std::uint16_t count_of(ByteReader& reader, std::uint64_t smallest_record, std::string_view what) {
  const std::uint16_t count = reader.u2(what);
  if (count * smallest_record > reader.remaining())
    fail_count(reader, count, what);
  return count;
}

/// Takes the index of a Utf8 entry, which `index_name` says, and returns the index. No bookmark is kept for the error:
/// in every class this is done for each member and each attribute.
inline std::uint16_t take_text_index(ByteReader& reader, const ConstantPool& pool, std::string_view index_name,
                                     std::string_view what) {
  const std::uint16_t index = reader.u2(index_name);
  if (pool.tag(index) != ConstantTag::utf8)
    pool.utf8(index, ByteReader({}, reader.place(), reader.offset() - sizeof index), what);  // Throws.
  return index;
}

/// Calls `visit(name's index, reader)` for each attribute (JVMS 4.7): `visit` reads its length and its bytes.
template <class Visit>
AttributeTable for_each_attribute(ByteReader& reader, const ConstantPool& pool, std::string_view count_name,
                                  Visit&& visit) {
  const std::uint16_t count = count_of(reader, kAttributeBytes, count_name);
  const std::uint64_t offset = reader.offset();
  if (count == 0)
    return {0, reader.bytes(0, "attributes"), offset};
  ByteReader behind_count = reader;
  for (unsigned i = 0; i < count; ++i) {
    const std::uint16_t name = take_text_index(reader, pool, "attribute name index", "an attribute's name");
    visit(name, reader);
  }
  return {count, behind_count.bytes(reader.offset() - offset, "attributes"), offset};
}

/// Leaves an attribute out whose name has been read.
inline void skip_attribute(ByteReader& reader) {
  const std::uint32_t length = reader.u4("attribute length");
  reader.skip(length, "attribute");
}

AttributeTable take_attributes(ByteReader& reader, const ConstantPool& pool, std::string_view count_name) {
  return for_each_attribute(reader, pool, count_name,
                            [](std::uint16_t, ByteReader& attribute) { skip_attribute(attribute); });
}

/// The Code attribute (JVMS 4.7.3).
void read_code(ByteReader reader, const ConstantPool& pool, MethodView& method) {
  reader.u2("max_stack");
  reader.u2("max_locals");
  const std::uint32_t length = reader.u4("code length");
  if (length == 0 || length > 0xFFFF)
    reader.fail(InputErrorKind::corrupt, fmt::format("expected a code length of 1 to 65535, found {}", length));
  method.code_offset = reader.offset();
  method.code = reader.bytes(length, "code");
  const std::uint16_t rows = count_of(reader, kExceptionTableRowBytes, "exception table length");
  method.exception_table = reader.bytes(rows * kExceptionTableRowBytes, "exception table");
  method.code_attributes = take_attributes(reader, pool, "number of Code attributes");
  if (!reader.at_end())
    reader.fail(InputErrorKind::corrupt,
                fmt::format("expected the end of the Code attribute, found {} bytes more", reader.remaining()));
}

void read_interfaces(ByteReader& reader, ClassView& view) {
  const std::uint16_t count = count_of(reader, kInterfaceBytes, "number of interfaces");
  view.interfaces.clear();
  view.interfaces.reserve(count);
  for (unsigned i = 0; i < count; ++i) {
    const ByteReader at = reader;
    view.interfaces.push_back(view.pool.class_name(reader.u2("interface index"), at, "an interface"));
  }
}

/// Into where the member stays: a copy of one just written would wait for the writes.
template <class Member>
void read_member(ByteReader& reader, ConstantPool& pool, Member& member) {
  member.access_flags = reader.u2("access flags");
  member.name = pool.utf8(take_text_index(reader, pool, "name index", "a member's name"));
  const std::uint16_t descriptor = take_text_index(reader, pool, "descriptor index", "a member's descriptor");
  member.descriptor = pool.utf8(descriptor);
  pool.mark_descriptor(descriptor);
}

void read_fields(ByteReader& reader, ClassView& view) {
  const std::uint16_t count = count_of(reader, kMemberBytes, "number of fields");
  view.fields.clear();
  view.fields.resize(count);
  for (FieldView& field : view.fields) {
    read_member(reader, view.pool, field);
    field.attributes = take_attributes(reader, view.pool, "number of field attributes");
  }
}

void read_methods(ByteReader& reader, ClassView& view) {
  const std::uint16_t count = count_of(reader, kMemberBytes, "number of methods");
  view.methods.clear();
  view.methods.resize(count);    // All at once, which costs less than one after the other.
  std::uint16_t code_index = 0;  // Of the text "Code", once it has been met.
  for (MethodView& method : view.methods) {
    const std::uint64_t start = reader.offset();
    read_member(reader, view.pool, method);
    if (!method.descriptor.starts_with('('))
      reader.fail_at(start, InputErrorKind::corrupt,
                     fmt::format("expected a method descriptor, found \"{}\"", method.descriptor));
    method.attributes =
        for_each_attribute(reader, view.pool, "number of method attributes", [&](std::uint16_t name, ByteReader& at) {
          if (name != code_index && view.pool.utf8(name) != "Code")
            return skip_attribute(at);
          code_index = name;
          const std::uint32_t length = at.u4("attribute length");
          read_code(at.slice(length, "attribute"), view.pool, method);
        });
  }
}

/// Every class that linking may look up: descriptors count even where nothing calls them. Signatures and annotations do
/// not, since the JVM reads them only on reflection.
void collect_references(ClassView& view, const ByteReader& start) {
  const ConstantPool& pool = view.pool;
  view.references.clear();
  const auto visit = [&](std::string_view name) { view.references.push_back(name); };
  const auto visit_descriptor = [&](std::string_view descriptor) {
    if (!for_each_class_in_descriptor(descriptor, visit))
      start.fail(InputErrorKind::corrupt,
                 fmt::format("expected a field or method descriptor, found \"{}\"", descriptor));
  };
  for (const std::uint16_t index : pool.classes())
    if (const std::string_view name = pool.class_name(index); name.front() == '[')
      visit_descriptor(name);
    else
      visit(name);
  for (const std::uint16_t index : pool.descriptors())
    visit_descriptor(pool.utf8(index));
}

std::uint16_t read_major_version(ByteReader& reader) {
  const ByteReader at = reader;
  const std::uint16_t major = reader.u2("major version");
  if (major < kOldestMajor || major > kNewestMajor)
    at.fail(InputErrorKind::unsupported,
            fmt::format("expected a class file version of {} to {} (Java 1.1 to 25), found {}", kOldestMajor,
                        kNewestMajor, major));
  return major;
}

/// JVMS 4.1: from Java 12 on a minor version means nothing but a preview.
void check_minor_version(const ByteReader& start, std::uint16_t minor, std::uint16_t major) {
  if (major >= kNoMinorsSince && minor != 0 && minor != kPreviewMinor)
    start.fail_at(start.offset() + 4, InputErrorKind::corrupt,
                  fmt::format("expected the minor version 0, or {} for a preview, in class file version {}, found {}",
                              kPreviewMinor, major, minor));
}

}  // namespace

ClassView view_class_file(std::span<const std::byte> bytes, const InputPlace& place) {
  ClassView view;
  view_class_file(bytes, place, view);
  return view;
}

void view_class_file(std::span<const std::byte> bytes, const InputPlace& place, ClassView& view) {
  ByteReader reader(bytes, place);
  const ByteReader start = reader;
  if (const std::uint32_t magic = reader.u4("magic"); magic != kMagic)
    start.fail(InputErrorKind::not_this_format,
               fmt::format("expected the magic 0x{:08X}, found 0x{:08X}", kMagic, magic));
  view.minor_version = reader.u2("minor version");
  view.major_version = read_major_version(reader);
  check_minor_version(start, view.minor_version, view.major_version);
  view.pool.read(reader, view.major_version);
  view.access_flags = reader.u2("access flags");
  ByteReader at = reader;
  view.name = view.pool.class_name(reader.u2("this_class"), at, "this_class");
  at = reader;
  const std::uint16_t super = reader.u2("super_class");
  const bool has_super = view.name != "java/lang/Object" && (view.access_flags & kAccModule) == 0;
  if (super != 0 || has_super)
    view.super_class = view.pool.class_name(super, at, "super_class");
  else
    view.super_class = {};
  read_interfaces(reader, view);
  read_fields(reader, view);
  read_methods(reader, view);
  view.attributes = take_attributes(reader, view.pool, "number of class attributes");
  if (!reader.at_end())
    reader.fail(InputErrorKind::corrupt,
                fmt::format("expected the end of the class file, found {} bytes more", reader.remaining()));
  collect_references(view, start);
}

}  // namespace preflight
