#include <cstdint>
#include <utility>

#include "classfile/access_flags.h"
#include "classfile/names.h"
#include "job/java_library.h"
#include "job/machine.h"

namespace preflight {
namespace {

/// A static's default, or the constant that the class file has for it (JVMS 4.7.2).
const Value* initial_value(Machine& machine, const LoadedClass& owner, const FieldView& field) {
  ValueStore& values = machine.values;
  const std::uint16_t index = read_member_attributes(owner.view, field.attributes, owner.place).constant_value;
  const ConstantPool& pool = owner.view.pool;
  const ByteReader at(owner.bytes, owner.place);
  switch (pool.tag(index)) {
    case ConstantTag::string:
      return values.text(text_of(pool.string(index)));
    case ConstantTag::integer:
      return values.integer(static_cast<std::int32_t>(pool.number(index, ConstantTag::integer, at, "constant")));
    case ConstantTag::long_integer:
      return values.integer(pool.number(index, ConstantTag::long_integer, at, "constant"), 'J');
    default:
      return machine.default_of(field.descriptor);
  }
}

/// The fields of `owner` itself, of one kind, as before any code of the class has run.
void prepare_fields(Machine& machine, const LoadedClass& owner, std::uint32_t id, bool of_class) {
  for (const FieldView& field : owner.view.fields)
    if (((field.access_flags & kAccStatic) != 0) == of_class)
      machine.heap.set(id, slot_of_field(owner.name, text_of(field.name)),
                       of_class ? initial_value(machine, owner, field) : machine.default_of(field.descriptor));
}

std::uint32_t class_identity(Machine& machine, const LoadedClass& owner) {
  initialize_class(machine, owner.name);
  return machine.class_ids.at(owner.name);
}

const Value* unknown_part(Machine& machine, const Value* whole, const std::string& type) {
  if (const auto* unknown = whole->as<UnknownValue>())
    return machine.unknown(unknown->reason, type, unknown->detail);
  return machine.unknown(UnknownReason::library_internal, type);
}

}  // namespace

std::string slot_of_field(const std::string& declaring_class, std::string_view field) {
  return declaring_class + "." + std::string(field);
}

void initialize_class(Machine& machine, const std::string& name) {
  std::vector<const LoadedClass*> uninitialized;  // The class, and its super classes.
  for (std::string at = name; !machine.class_ids.contains(at) && machine.pool.is_own(at);) {
    uninitialized.push_back(machine.pool.find(at));
    machine.class_ids[at] = machine.values.take_id();
    at = uninitialized.back()->super_class;
  }
  for (auto owner = uninitialized.rbegin(); owner != uninitialized.rend(); ++owner) {
    // A class is initialized once, on whatever path: what <clinit> stores holds for all of them.
    const Heap before = machine.heap;
    prepare_fields(machine, **owner, machine.class_ids[(*owner)->name], true);
    if (const MethodView* method = (*owner)->method("<clinit>", "()V"); method != nullptr && !method->code.empty())
      run_method(machine, {*owner, method}, nullptr, {});
    machine.heap.publish_changes(before);
  }
}

const Value* get_static(Machine& machine, const std::string& owner, const std::string& name,
                        const std::string& descriptor) {
  if (const LoadedClass* own = machine.pool.find_field_owner(owner, name)) {
    const Value* value = machine.heap.get(class_identity(machine, *own), slot_of_field(own->name, name));
    return value != nullptr ? value : machine.unknown(UnknownReason::mutable_static, descriptor);
  }
  if (const auto modelled = machine.model.static_field(owner, name, descriptor, machine.face)) {
    return *modelled;
  }
  const LibraryCall read{owner,          name, descriptor, nullptr, {}, machine.conditional(), machine.repeated(),
                         machine.place()};
  if (const LanguageCall* row = machine.model.language_call(read))
    if (const auto known = call_language_library(machine, *row, read))
      return *known;
  // The classes of the primitive types, as javac writes int.class.
  if (name == "TYPE" && descriptor == "Ljava/lang/Class;" && owner.starts_with("java.lang."))
    if (const std::string primitive = primitive_of_box(owner); !primitive.empty())
      return machine.values.class_literal(primitive);
  return machine.values.make(LibraryFieldValue{owner, name, descriptor});
}

void put_static(Machine& machine, const std::string& owner, const std::string& name, const Value* value) {
  if (const LoadedClass* own = machine.pool.find_field_owner(owner, name))
    machine.heap.set(class_identity(machine, *own), slot_of_field(own->name, name), value);
}

const Value* get_field(Machine& machine, const Value* object, const std::string& owner, const std::string& name,
                       const std::string& descriptor) {
  const LoadedClass* own = machine.pool.find_field_owner(owner, name);
  std::vector<const Value*> found;
  for (const Value* one : alternatives(object)) {
    if (one->is<NullValue>())
      continue;
    const Value* value = own == nullptr ? nullptr : machine.heap.get(identity(*one), slot_of_field(own->name, name));
    found.push_back(value != nullptr ? value : unknown_part(machine, one, descriptor));
  }
  return found.empty() ? unknown_part(machine, object, descriptor) : machine.values.one_of(found);
}

void put_field(Machine& machine, const Value* object, const std::string& owner, const std::string& name,
               const Value* value) {
  const LoadedClass* own = machine.pool.find_field_owner(owner, name);
  if (own == nullptr)
    return;
  const std::string slot = slot_of_field(own->name, name);
  for (const Value* one : alternatives(object)) {
    const std::uint32_t id = identity(*one);
    if (id == 0)
      continue;
    const Value* before = machine.heap.get(id, slot);
    const bool certain = one == object || before == nullptr;
    machine.heap.set(id, slot, certain ? value : machine.values.either(before, value));
  }
}

const Value* allocate(Machine& machine, const std::string& class_name) {
  if (class_name.empty())
    throw Unverified{};
  initialize_class(machine, class_name);
  const Value* object = machine.values.object(class_name, machine.place());
  const std::uint32_t id = identity(*object);
  std::size_t ancestors = 0;
  for (std::string at = class_name; id != 0 && machine.pool.is_own(at) && ancestors < machine.limits.elements;
       ++ancestors) {
    const LoadedClass& owner = *machine.pool.find(at);
    prepare_fields(machine, owner, id, false);
    at = owner.super_class;
  }
  if (!machine.pool.is_own(class_name))
    prepare_library_object(machine, object);
  return object;
}

}  // namespace preflight
