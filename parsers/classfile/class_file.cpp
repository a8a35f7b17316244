#include "classfile/class_file.h"

#include <algorithm>

#include "classfile/class_view.h"
#include "classfile/names.h"

namespace preflight {
namespace {

std::vector<std::string> referenced_classes(std::vector<std::string_view> references) {
  std::sort(references.begin(), references.end());
  references.erase(std::unique(references.begin(), references.end()), references.end());
  std::vector<std::string> names;
  names.reserve(references.size());
  for (const std::string_view reference : references)
    names.push_back(binary_name(reference));
  std::sort(names.begin(), names.end());  // '/' and '.' do not sort alike.
  return names;
}

MemberReference::Kind kind_of(ConstantTag tag) {
  switch (tag) {
    case ConstantTag::field:
      return MemberReference::Kind::field;
    case ConstantTag::interface_method:
      return MemberReference::Kind::interface_method;
    default:
      return MemberReference::Kind::method;
  }
}

void read_constants(const ConstantPool& pool, ClassFile& file) {
  for (std::uint16_t index = 1; index < pool.count(); ++index) {
    switch (const ConstantTag tag = pool.tag(index)) {
      case ConstantTag::field:
      case ConstantTag::method:
      case ConstantTag::interface_method: {
        const ConstantPool::Member member = pool.member(index);
        file.member_references.push_back(
            {kind_of(tag), binary_name(member.owner), text_of(member.name), text_of(member.descriptor)});
        break;
      }
      case ConstantTag::string:
        file.string_constants.push_back(text_of(pool.string(index)));
        break;
      default:
        break;
    }
  }
}

}  // namespace

bool is_preview(std::uint16_t major_version, std::uint16_t minor_version) {
  return major_version >= 56 && minor_version == 0xFFFF;
}

int java_release(std::uint16_t major_version) {
  return major_version < 45 ? 0 : major_version - 44;
}

ClassFile parse_class_file(std::span<const std::byte> bytes, const InputPlace& place) {
  const ClassView view = view_class_file(bytes, place);
  ClassFile file;
  file.minor_version = view.minor_version;
  file.major_version = view.major_version;
  file.access_flags = view.access_flags;
  file.name = binary_name(view.name);
  file.super_class = binary_name(view.super_class);
  for (const std::string_view name : view.interfaces)
    file.interfaces.push_back(binary_name(name));
  for (const FieldView& field : view.fields)
    file.fields.push_back({text_of(field.name), text_of(field.descriptor), field.access_flags});
  for (const MethodView& method : view.methods)
    file.methods.push_back({text_of(method.name), text_of(method.descriptor), method.access_flags, method.code});
  file.referenced_classes = referenced_classes(view.references);
  read_constants(view.pool, file);
  return file;
}

}  // namespace preflight
