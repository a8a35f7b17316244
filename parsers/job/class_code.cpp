#include "job/class_code.h"

#include <string_view>

#include "classfile/bytecode.h"
#include "classfile/names.h"
#include "job/method_digest.h"

namespace preflight {
namespace {

constexpr std::uint8_t kPutstatic = 0xB3;

}  // namespace

std::uint64_t digest_of_code(const ClassView& view, const ClassAttributes& attributes, const InputPlace& place) {
  std::uint64_t sum = 0;
  for (const MethodView& method : view.methods) {
    MethodDigest digest(view, attributes);
    digest.add(method.name);
    digest.add(method.descriptor);
    for (const Instruction& instruction : instructions_of(method.code, place, method.code_offset))
      digest.add(instruction);
    sum += digest.value();
  }
  return sum;
}

std::string avro_schema_of(const ClassView& view, const InputPlace& place) {
  constexpr std::string_view kField = "SCHEMA$";
  std::string schema;
  for (const MethodView& method : view.methods) {
    if (method.name != "<clinit>")
      continue;
    for (const Instruction& instruction : instructions_of(method.code, place, method.code_offset)) {
      const auto constant = instruction.loaded_constant();
      if (constant && view.pool.tag(*constant) == ConstantTag::string)
        schema += view.pool.string(*constant);
      if (instruction.opcode != kPutstatic)
        continue;
      const ConstantPool::Member field = view.pool.member(*instruction.member());
      if (field.name == kField && field.owner == view.name)
        return schema.starts_with('{') ? text_of(schema) : std::string();
      schema.clear();
    }
  }
  return {};
}

}  // namespace preflight
