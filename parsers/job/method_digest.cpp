#include "job/method_digest.h"

#include <string>
#include <utility>

namespace preflight {
namespace {

constexpr std::uint8_t kLdc = 0x12;
constexpr std::uint8_t kLdcWide = 0x13;

}  // namespace

MethodDigest::MethodDigest(const ClassView& view, const ClassAttributes& attributes, DigestOfCalled called)
    : view_(view), attributes_(attributes), called_(std::move(called)) {
  XXH3_64bits_reset(state_.get());
}

void MethodDigest::add(std::string_view text) {
  constexpr char kEnd = '\0';
  XXH3_64bits_update(state_.get(), text.data(), text.size());
  XXH3_64bits_update(state_.get(), &kEnd, 1);
}

void MethodDigest::add_number(std::int64_t number) {
  const std::string text = std::to_string(number);
  add(text);
}

void MethodDigest::add(const Instruction& instruction) {
  // Which of the two it is depends on the constant's index.
  add_number(instruction.opcode == kLdcWide ? kLdc : instruction.opcode);
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

void MethodDigest::add_constant(std::uint16_t index) {
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

void MethodDigest::add_member(std::uint16_t index) {
  const ConstantPool::Member member = view_.pool.member(index);
  if (called_ && member.tag != ConstantTag::field)
    if (const std::optional<std::uint64_t> digest = called_(member))
      return add_number(static_cast<std::int64_t>(*digest));
  add(member.owner);
  add(member.name);
  add(member.descriptor);
}

void MethodDigest::add_call_site(std::uint16_t index) {
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

}  // namespace preflight
