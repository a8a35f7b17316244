#include "application/symbol_uses.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <span>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "classfile/bytecode.h"
#include "classfile/descriptor.h"
#include "input/text_hash.h"

namespace preflight {
namespace {

using Kind = SymbolUse::Kind;

/// Bootstrap methods can be shared, so that a small file says any number of uses. Real classes have some thousand.
constexpr unsigned kMostCallSiteConstants = 1'000'000;

constexpr std::uint8_t kLdc = 0x12;
constexpr std::uint8_t kLdc2W = 0x14;
constexpr std::uint8_t kGetstatic = 0xB2;
constexpr std::uint8_t kPutstatic = 0xB3;
constexpr std::uint8_t kGetfield = 0xB4;
constexpr std::uint8_t kPutfield = 0xB5;
constexpr std::uint8_t kInvokevirtual = 0xB6;
constexpr std::uint8_t kInvokespecial = 0xB7;
constexpr std::uint8_t kInvokestatic = 0xB8;
constexpr std::uint8_t kNew = 0xBB;

/// Of an instruction for which Instruction::member is set.
Kind kind_of_instruction(std::uint8_t opcode) {
  switch (opcode) {
    case kGetstatic:
      return Kind::get_static;
    case kPutstatic:
      return Kind::put_static;
    case kGetfield:
      return Kind::get_field;
    case kPutfield:
      return Kind::put_field;
    case kInvokevirtual:
      return Kind::invoke_virtual;
    case kInvokespecial:
      return Kind::invoke_special;
    case kInvokestatic:
      return Kind::invoke_static;
    default:
      return Kind::invoke_interface;
  }
}

/// False for most instructions: they have no constant as their operand.
bool may_name_constant(std::uint8_t opcode) {
  return opcode >= kGetstatic || (opcode >= kLdc && opcode <= kLdc2W);
}

/// Whether the JVM resolves classes for a constant that it loads or calls through: strings and numbers have none.
bool leads_to_classes(ConstantTag tag) {
  return tag == ConstantTag::class_entry || tag == ConstantTag::method_type || tag == ConstantTag::method_handle ||
         tag == ConstantTag::dynamic || tag == ConstantTag::invoke_dynamic;
}

/// JVMS table 5.4.3.5-A, which ConstantPool holds reference kinds against.
Kind kind_of_handle(std::uint8_t reference_kind) {
  constexpr std::array<Kind, 9> kKinds = {Kind::get_field,      Kind::get_static,     Kind::put_field,
                                          Kind::put_static,     Kind::invoke_virtual, Kind::invoke_static,
                                          Kind::invoke_special, Kind::invoke_special, Kind::invoke_interface};
  return kKinds.at(reference_kind - 1U);
}

constexpr std::uint8_t kNewInvokeSpecial = 8;

/// Class of an array's element; empty for a primitive one.
std::string_view element_class(std::string_view name) {
  return name.starts_with('[') ? take_field_type(name).value_or(std::string_view{}) : name;
}

/// JavaUses::left_out leaves it out.
bool is_idle_java_use(Kind kind, std::string_view owner) {
  return owner.starts_with("java/") && (kind != Kind::class_reference || !owner.ends_with("Error"));
}

/// A use as views of the class file: what tells two uses apart.
struct UseKey {
  Kind kind = Kind::class_reference;
  std::string_view owner;
  std::string_view name;
  std::string_view descriptor;
  bool names_interface = false;
  std::string_view method;
  int line = 0;

  bool operator==(const UseKey&) const = default;
};

/// `method_hash` is that of the key's method, which is the same for many uses.
std::uint64_t hash_of(const UseKey& key, std::uint64_t method_hash) {
  std::uint64_t mixed = static_cast<std::uint64_t>(key.line) * 16 + static_cast<std::uint64_t>(key.kind) + method_hash;
  for (const std::string_view text : {key.owner, key.name, key.descriptor})
    if (!text.empty())
      mixed = mixed * 0x9E3779B97F4A7C15U + text_hash(text);
  return mixed;
}

/// The uses that a class has so far: in one table, since a node for each would cost more than the rest.
class UseSet {
 public:
  /// False where it has the use.
  bool insert(const UseKey& use, std::uint64_t hash) {
    if (2 * uses_.size() >= slots_.size())
      grow();
    std::uint32_t& slot = slots_[slot_of(use, hash)];
    if (slot != kEmpty)
      return false;
    slot = static_cast<std::uint32_t>(uses_.size());
    uses_.push_back(use);
    hashes_.push_back(hash);
    return true;
  }
  std::span<const UseKey> uses() const { return uses_; }

 private:
  static constexpr std::uint32_t kEmpty = UINT32_MAX;

  /// The slot that has `use`, or the empty one where it belongs.
  std::size_t slot_of(const UseKey& use, std::uint64_t hash) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = static_cast<std::size_t>(hash) & mask;
    while (slots_[at] != kEmpty && (hashes_[slots_[at]] != hash || !(uses_[slots_[at]] == use)))
      at = (at + 1) & mask;
    return at;
  }

  void grow() {
    constexpr std::size_t kFirstSlots = 256;
    slots_.assign(std::max(kFirstSlots, 4 * slots_.size()), kEmpty);
    const std::size_t mask = slots_.size() - 1;
    for (std::uint32_t i = 0; i < hashes_.size(); ++i) {
      std::size_t at = static_cast<std::size_t>(hashes_[i]) & mask;
      while (slots_[at] != kEmpty)
        at = (at + 1) & mask;
      slots_[at] = i;
    }
  }

  std::vector<UseKey> uses_;
  std::vector<std::uint64_t> hashes_;  ///< Of `uses_`.
  std::vector<std::uint32_t> slots_;   ///< As many as a power of two, at most half of them taken.
};

/// Finds a text again that was asked for last, as uses that follow one another mostly name one method.
class LastText {
 public:
  template <class Find>
  std::string_view operator()(std::string_view text, Find&& find) {
    if (text.data() != text_.data() || text.size() != text_.size()) {
      found_ = find(text);
      text_ = text;
    }
    return found_;
  }

 private:
  std::string_view text_;
  std::string_view found_;
};

class UseCollector {
 public:
  UseCollector(const ClassView& view, const ClassAttributes& attributes, const InputPlace& place, JavaUses java_uses)
      : view_(view), pool_(view.pool), attributes_(attributes), place_(place), java_uses_(java_uses) {}

  void add_super_types() {
    if (!view_.super_class.empty())
      add_class(Kind::class_reference, view_.super_class);
    for (const std::string_view name : view_.interfaces)
      add_class(Kind::class_reference, name);
  }

  void add_method(const MethodView& method) {
    const LineNumbers lines(view_, method, place_);
    set_method(method.name);
    call_site_constants_.clear();
    read_instructions(method.code, place_, method.code_offset, instructions_);
    for (const Instruction& instruction : instructions_)
      if (may_name_constant(instruction.opcode)) {
        line_ = lines.line_of(instruction.offset);
        add_instruction(instruction, method);
      }
    add_catch_types(method, lines);
    set_method({});
    line_ = 0;
  }

  void add_mentions() {
    used_classes_.insert(view_.name);
    for (const std::string_view name : view_.references)
      if (!used_classes_.contains(name))
        add_class(Kind::descriptor, name);
  }

  std::vector<SymbolUse> take(ClassTexts& texts) const {
    const auto find = [&](std::string_view text) { return texts.text(text); };
    LastText owner;
    LastText method;
    std::vector<SymbolUse> result;
    result.reserve(uses_.uses().size());
    for (const UseKey& use : uses_.uses())
      result.push_back({use.kind, owner(use.owner, [&](std::string_view name) { return texts.binary_name(name); }),
                        texts.text(use.name), texts.text(use.descriptor), use.names_interface, method(use.method, find),
                        use.line});
    return result;
  }

 private:
  void set_method(std::string_view name) {
    method_ = name;
    method_hash_ = name.empty() ? 0 : text_hash(name);
  }

  void add_instruction(const Instruction& instruction, const MethodView& method) {
    const ByteReader at(method.code.subspan(instruction.offset), place_, method.code_offset + instruction.offset);
    if (const auto member = instruction.member())
      add_member(kind_of_instruction(instruction.opcode), pool_.member(*member, at, "an instruction"));
    else if (const auto type = instruction.class_operand())
      add_class(instruction.opcode == kNew ? Kind::new_instance : Kind::class_reference,
                pool_.class_name(*type, at, "an instruction"));
    else if (const auto constant = instruction.loaded_constant())
      add_constants(*constant, at);
    else if (const auto call_site = instruction.call_site())
      add_constants(*call_site, at);
  }

  void add_catch_types(const MethodView& method, const LineNumbers& lines) {
    ByteReader reader(method.exception_table, place_, method.code_offset + method.code.size() + 2);
    while (!reader.at_end()) {
      reader.skip(4, "range of an exception handler");
      line_ = lines.line_of(reader.u2("exception handler"));
      const ByteReader at = reader;
      if (const std::uint16_t type = reader.u2("catch type"); type != 0)
        add_class(Kind::class_reference, pool_.class_name(type, at, "a catch clause"));
    }
  }

  /// A constant that the JVM loads or calls through, and all that it leads to: dynamic constants may have further ones
  /// as arguments, in circles even, which the JVM finds out when it resolves them.
  void add_constants(std::uint16_t index, const ByteReader& at) {
    if (!leads_to_classes(pool_.tag(index)))
      return;
    std::vector<std::uint16_t> pending = {index};
    for (std::size_t i = 0; i < pending.size(); ++i) {
      if (!call_site_constants_.emplace(line_, pending[i]).second)
        continue;
      switch (pool_.tag(pending[i])) {
        case ConstantTag::class_entry:
          add_class(Kind::class_reference, pool_.class_name(pending[i]));
          break;
        case ConstantTag::method_type:
          add_types_of(pool_.method_type(pending[i]));
          break;
        case ConstantTag::method_handle:
          add_handle(pending[i]);
          break;
        case ConstantTag::dynamic:
        case ConstantTag::invoke_dynamic: {
          const ConstantPool::Dynamic dynamic = pool_.dynamic(pending[i]);
          add_types_of(dynamic.name_and_type.descriptor);
          const BootstrapMethod& bootstrap = bootstrap_method(dynamic.bootstrap_method, at);
          add_handle(bootstrap.handle);
          add_lambda(dynamic, bootstrap);
          pending.insert(pending.end(), bootstrap.arguments.begin(), bootstrap.arguments.end());
          call_site_total_ += bootstrap.arguments.size();
          break;
        }
        default:
          break;
      }
      if (call_site_total_ > kMostCallSiteConstants)
        at.fail(InputErrorKind::unsupported,
                fmt::format("expected at most {} constants at call sites, found more", kMostCallSiteConstants));
    }
  }

  const BootstrapMethod& bootstrap_method(std::uint16_t index, const ByteReader& at) const {
    const auto& methods = attributes_.bootstrap_methods;
    if (index >= methods.size())
      at.fail(InputErrorKind::corrupt,
              fmt::format("expected one of {} bootstrap methods, found index {}", methods.size(), index));
    return methods[index];
  }

  /// The JVM resolves the member, and each type in its descriptor (JVMS 5.4.3.5).
  void add_handle(std::uint16_t index) {
    const ConstantPool::MethodHandle handle = pool_.method_handle(index);
    const ConstantPool::Member member = pool_.member(handle.member);
    if (handle.kind == kNewInvokeSpecial)
      add_class(Kind::new_instance, member.owner);
    add_member(kind_of_handle(handle.kind), member);
    add_types_of(member.descriptor);
  }

  /// The interface is what the call site returns; its method has the call site's name and, before generics, the type
  /// that is the first argument.
  void add_lambda(const ConstantPool::Dynamic& dynamic, const BootstrapMethod& bootstrap) {
    const ConstantPool::Member factory = pool_.member(pool_.method_handle(bootstrap.handle).member);
    if (factory.owner != "java/lang/invoke/LambdaMetafactory" || bootstrap.arguments.empty() ||
        pool_.tag(bootstrap.arguments.front()) != ConstantTag::method_type)
      return;
    std::string_view result = dynamic.name_and_type.descriptor;
    result.remove_prefix(std::min(result.rfind(')') + 1, result.size()));
    if (const auto interface = take_field_type(result); interface && !interface->empty())
      add(Kind::lambda, {ConstantTag::interface_method, *interface, dynamic.name_and_type.name,
                         pool_.method_type(bootstrap.arguments.front())});
  }

  void add_types_of(std::string_view descriptor) {
    for_each_class_in_descriptor(descriptor, [&](std::string_view name) { add_class(Kind::class_reference, name); });
  }

  void add_class(Kind kind, std::string_view name) { add(kind, {ConstantTag::class_entry, name, {}, {}}); }

  void add_member(Kind kind, const ConstantPool::Member& member) {
    if (member.owner.starts_with('['))
      add_class(Kind::class_reference, member.owner);
    else
      add(kind, member);
  }

  void add(Kind kind, const ConstantPool::Member& symbol) {
    const std::string_view owner = element_class(symbol.owner);
    const bool names_interface = symbol.tag == ConstantTag::interface_method;
    if (java_uses_ == JavaUses::left_out && is_idle_java_use(kind, owner))
      return;
    if (owner.empty())
      return;
    const UseKey use{kind, owner, symbol.name, symbol.descriptor, names_interface, method_, line_};
    if (uses_.insert(use, hash_of(use, method_hash_)))
      used_classes_.insert(owner);
  }

  const ClassView& view_;
  const ConstantPool& pool_;
  const ClassAttributes& attributes_;
  const InputPlace& place_;
  const JavaUses java_uses_;
  std::string_view method_;
  std::uint64_t method_hash_ = 0;
  int line_ = 0;
  std::vector<Instruction> instructions_;  ///< Of the method.
  UseSet uses_;
  std::unordered_set<std::string_view, TextHash> used_classes_;  ///< Internal names.
  std::set<std::pair<int, std::uint16_t>> call_site_constants_;  ///< Of the method, by line: met already.
  std::uint64_t call_site_total_ = 0;
};

}  // namespace

std::vector<SymbolUse> find_symbol_uses(const ClassView& view, const ClassAttributes& attributes,
                                        const InputPlace& place, ClassTexts& texts, JavaUses java_uses) {
  UseCollector collector(view, attributes, place, java_uses);
  collector.add_super_types();
  for (const MethodView& method : view.methods)
    collector.add_method(method);
  collector.add_mentions();
  return collector.take(texts);
}

}  // namespace preflight
