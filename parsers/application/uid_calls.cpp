#include "application/uid_calls.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>

#include "classfile/access_flags.h"
#include "classfile/bytecode.h"
#include "classfile/descriptor.h"
#include "classfile/names.h"

namespace preflight {
namespace {

bool is_uid(const ConstantPool::Member& member) {
  return member.name == "uid" && member.descriptor.starts_with("(Ljava/lang/String;)") &&
         (member.owner.starts_with("org/apache/flink/") || member.owner.starts_with("org/apache/flinkx/"));
}

/// Most classes name nothing so, and need not be looked at any further.
bool names_uid(const ConstantPool& pool) {
  return std::ranges::any_of(pool.names_and_types(),
                             [&](std::uint16_t index) { return pool.name_and_type(index).name == "uid"; });
}

/// Constant pool indices of uid(String).
std::set<std::uint16_t> uid_members(const ConstantPool& pool) {
  std::set<std::uint16_t> members;
  for (std::uint16_t index = 1; index < pool.count(); ++index) {
    const ConstantTag tag = pool.tag(index);
    if ((tag == ConstantTag::method || tag == ConstantTag::interface_method) && is_uid(pool.member(index)))
      members.insert(index);
  }
  return members;
}

/// Local variables that hold the arguments (JVMS 2.6.1).
std::uint16_t argument_slots(const MethodView& method) {
  std::uint16_t slots = (method.access_flags & kAccStatic) != 0 ? 0 : 1;
  std::string_view rest = method.descriptor.substr(1);
  while (!rest.starts_with(')')) {
    slots = static_cast<std::uint16_t>(slots + (rest.starts_with('J') || rest.starts_with('D') ? 2 : 1));
    take_field_type(rest);
  }
  return slots;
}

/// What one method's bytecode says about the values that it pushes.
class MethodConstants {
 public:
  MethodConstants(const ConstantPool& pool, const MethodView& method, const std::vector<Instruction>& instructions)
      : pool_(pool), instructions_(instructions), first_local_(argument_slots(method)) {
    for (std::size_t i = 0; i < instructions.size(); ++i) {
      for (const std::int64_t target : instructions[i].jump_targets())
        jump_targets_.insert(target);
      if (const auto store = instructions[i].store())
        for (unsigned slot = 0; slot < store->slots; ++slot)
          stores_[store->local + slot].push_back(i);
    }
  }

  /// The string on top of the stack before instruction `i`, where every way to `i` leads through one constant.
  std::optional<std::string> string_before(std::size_t i) const {
    if (!follows_one_instruction(i))
      return std::nullopt;
    if (auto constant = constant_pushed_by(i - 1))
      return constant;
    const auto local = instructions_[i - 1].loaded_reference();
    const auto stores = local && *local >= first_local_ ? stores_.find(*local) : stores_.end();
    if (stores == stores_.end() || stores->second.size() != 1)
      return std::nullopt;
    const std::size_t store = stores->second.front();
    return follows_one_instruction(store) ? constant_pushed_by(store - 1) : std::nullopt;
  }

 private:
  bool follows_one_instruction(std::size_t i) const {
    return i > 0 && !jump_targets_.contains(instructions_[i].offset);
  }

  std::optional<std::string> constant_pushed_by(std::size_t i) const {
    const auto constant = instructions_[i].loaded_constant();
    if (!constant || pool_.tag(*constant) != ConstantTag::string)
      return std::nullopt;
    return text_of(pool_.string(*constant));
  }

  const ConstantPool& pool_;
  const std::vector<Instruction>& instructions_;
  std::uint16_t first_local_;
  std::set<std::int64_t> jump_targets_;
  std::map<unsigned, std::vector<std::size_t>> stores_;  ///< By local variable: the instructions that change it.
};

}  // namespace

std::vector<UidCall> find_uid_calls(const ClassView& view, const InputPlace& place) {
  std::vector<UidCall> calls;
  if (!names_uid(view.pool))
    return calls;
  const std::set<std::uint16_t> members = uid_members(view.pool);
  if (members.empty())
    return calls;
  for (const MethodView& method : view.methods) {
    const std::vector<Instruction> instructions = instructions_of(method.code, place, method.code_offset);
    const MethodConstants constants(view.pool, method, instructions);
    for (std::size_t i = 0; i < instructions.size(); ++i)
      if (const auto member = instructions[i].member(); member && members.contains(*member))
        calls.push_back({binary_name(view.name), text_of(method.name), constants.string_before(i)});
  }
  return calls;
}

}  // namespace preflight
