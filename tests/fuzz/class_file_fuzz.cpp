#include "application/symbol_uses.h"
#include "classfile/attributes.h"
#include "classfile/class_file.h"
#include "classfile/signature.h"
#include "fuzz_target.h"

namespace preflight::fuzz {
namespace {

/// Signatures are read one by one, so that a broken one hides no other.
template <class Parse>
void read_signature(std::string_view signature, const Parse& parse) {
  try {
    parse(signature, kPlace);
  } catch (const InputError&) {  // NOLINT(bugprone-empty-catch): as in run
  }
}

void read_all(std::span<const std::byte> bytes) {
  parse_class_file(bytes, kPlace);
  const ClassView view = view_class_file(bytes, kPlace);
  for (const FieldView& field : view.fields)
    read_signature(read_member_attributes(view, field.attributes, kPlace).signature, parse_field_signature);
  for (const MethodView& method : view.methods) {
    read_signature(read_member_attributes(view, method.attributes, kPlace).signature, parse_method_signature);
    LineNumbers(view, method, kPlace).line_of(0);
  }
  const ClassAttributes attributes = read_class_attributes(view, kPlace);
  read_signature(attributes.signature, parse_class_signature);
  ClassTexts texts;
  find_symbol_uses(view, attributes, kPlace, texts);
}

}  // namespace
}  // namespace preflight::fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return preflight::fuzz::run(data, size, preflight::fuzz::read_all);
}
