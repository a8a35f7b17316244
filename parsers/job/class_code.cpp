#include "job/class_code.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <memory>
#include <string_view>

#include "classfile/bytecode.h"
#include "classfile/names.h"

namespace preflight {
namespace {

constexpr std::uint8_t kPutstatic = 0xB3;

/// One method's digest. Texts are ended by a byte that modified UTF-8 does not have.
class MethodDigest {
 public:
  MethodDigest(const ClassView& view, const ClassAttributes& attributes) : view_(view), attributes_(attributes) {
    XXH3_64bits_reset(state_.get());
  }

  void add(std::string_view text) {
    constexpr char kEnd = '\0';
    XXH3_64bits_update(state_.get(), text.data(), text.size());
    XXH3_64bits_update(state_.get(), &kEnd, 1);
  }

  void add(const Instruction& instruction) {
    add_number(instruction.opcode);
    if (const auto constant = instruction.loaded_constant())
      add_constant(*constant);
    else if (const auto member = instruction.member())
      add_constant(*member);
    else if (const auto type = instruction.class_operand())
      add_constant(*type);
    else if (const auto call_site = instruction.call_site())
      add_call_site(*call_site);
    else
      add({reinterpret_cast<const char*>(instruction.operands.data()), instruction.operands.size()});
  }

  std::uint64_t value() const { return XXH3_64bits_digest(state_.get()); }

 private:
  struct Free {
    void operator()(XXH3_state_t* state) const { XXH3_freeState(state); }
  };

  void add_number(std::int64_t number) {
    const std::string text = std::to_string(number);
    add(text);
  }

  void add_constant(std::uint16_t index) {
    const ConstantPool& pool = view_.pool;
    const ConstantTag tag = pool.tag(index);
    add_number(static_cast<int>(tag));
    switch (tag) {
      case ConstantTag::string:
        return add(pool.string(index));
      case ConstantTag::class_entry:
        return add(pool.class_name(index));
      case ConstantTag::method_type:
        return add(pool.method_type(index));
      case ConstantTag::method_handle:
        return add_member(pool.method_handle(index).member);
      case ConstantTag::field:
      case ConstantTag::method:
      case ConstantTag::interface_method:
        return add_member(index);
      case ConstantTag::integer:
      case ConstantTag::floating:
      case ConstantTag::long_integer:
      case ConstantTag::double_floating: {
        const InputPlace place;
        return add_number(pool.number(index, tag, ByteReader({}, place), "constant"));
      }
      default:
        return;
    }
  }

  void add_member(std::uint16_t index) {
    const ConstantPool::Member member = view_.pool.member(index);
    add(member.owner);
    add(member.name);
    add(member.descriptor);
  }

  void add_call_site(std::uint16_t index) {
    if (view_.pool.tag(index) != ConstantTag::invoke_dynamic)
      return;
    const ConstantPool::Dynamic dynamic = view_.pool.dynamic(index);
    add(dynamic.name_and_type.name);
    add(dynamic.name_and_type.descriptor);
    if (dynamic.bootstrap_method >= attributes_.bootstrap_methods.size())
      return;
    for (const std::uint16_t argument : attributes_.bootstrap_methods[dynamic.bootstrap_method].arguments)
      add_constant(argument);
  }

  const ClassView& view_;
  const ClassAttributes& attributes_;
  std::unique_ptr<XXH3_state_t, Free> state_{XXH3_createState()};
};

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
