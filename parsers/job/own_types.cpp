#include "job/own_types.h"

#include "job/job_settings.h"

namespace preflight {
namespace {

const std::string kTypeUtils = "org.apache.flink.api.common.typeutils.";
const std::string kSimple = kTypeUtils + "SimpleTypeSerializerSnapshot";
const std::string kComposite = kTypeUtils + "CompositeTypeSerializerSnapshot";
const std::string kCompatibility = kTypeUtils + "TypeSerializerSchemaCompatibility";
/// Types that lead to types that lead to types; far above what jobs have.
constexpr int kRounds = 16;

/// Names of the methods of TypeSerializerSchemaCompatibility that the values come from; empty where one does not.
std::vector<std::string> answers_in(const Value* result) {
  std::vector<std::string> answers;
  for (const Value* one : alternatives(result)) {
    const auto* call = one->as<CallValue>();
    if (call == nullptr || call->owner != kCompatibility)
      return {};
    answers.push_back(call->name);
  }
  return answers;
}

}  // namespace

void OwnTypes::look() {
  for (int round = 0; round < kRounds; ++round) {
    const bool serializers = look_at_serializers();
    job_.shapes = collect_shapes(shapes_, type_roots(job_));
    if (const bool factories = look_at_factories(); !serializers && !factories)
      return;
  }
}

/// Whether there were any that had not been looked at.
bool OwnTypes::look_at_serializers() {
  bool any = false;
  const auto seen = types_.values.own_serializers();
  for (const auto& [name, value] : seen) {
    if (job_.own_serializers.contains(name))
      continue;
    job_.own_serializers[name] = serializer_of(value);
    any = true;
  }
  return any;
}

OwnSerializer OwnTypes::serializer_of(const Value* serializer) {
  OwnSerializer result;
  const Value* snapshot = interpreter_.invoke_virtual(serializer, "snapshotConfiguration", "", {});
  const std::string name = class_of(snapshot);
  ClassPool& classes = interpreter_.classes();
  if (name.empty() || snapshot->is<UnknownValue>())
    return result;
  result.snapshot_class = name;
  if (!classes.is_own(name))
    return result;
  ValueStore& values = interpreter_.values();
  const auto unknown = [&] { return values.unknown(UnknownReason::parameter); };
  if (classes.is_subtype(name, kSimple)) {
    result.form = OwnSerializer::Form::simple;
  } else if (classes.is_subtype(name, kComposite)) {
    result.form = OwnSerializer::Form::composite;
    const Value* nested = interpreter_.invoke_virtual(snapshot, "getNestedSerializers", "", {serializer});
    const auto elements = interpreter_.elements(nested);
    if (!elements)
      result.nested.push_back(unknown_type(why_unknown(nested)));
    else
      for (const Value* one : *elements)
        result.nested.push_back(types_.values.type_of(one));
  } else {
    result.form = OwnSerializer::Form::own;
    // What was read from the savepoint may be anything.
    interpreter_.invoke_virtual(snapshot, "readSnapshot", "", {unknown(), unknown(), unknown()});
    result.answers = answers_in(interpreter_.invoke_virtual(snapshot, "resolveSchemaCompatibility", "", {unknown()}));
  }
  return result;
}

bool OwnTypes::look_at_factories() {
  std::vector<std::string> factories;
  for (const auto& [name, shape] : job_.shapes) {
    factories.push_back(shape.type_info_factory);
    for (const ShapeField& field : shape.fields)
      factories.push_back(field.type_info_factory);
  }
  bool any = false;
  for (const std::string& factory : factories)
    any = (!factory.empty() && make_type(factory)) || any;
  return any;
}

/// Whether it was not made before.
bool OwnTypes::make_type(const std::string& factory) {
  if (job_.made_types.contains(factory))
    return false;
  if (!interpreter_.classes().is_own(factory)) {
    job_.made_types[factory] = unknown_type("library-internal(" + factory + ".createTypeInfo)");
    return true;
  }
  ValueStore& values = interpreter_.values();
  const Value* made = interpreter_.new_object(factory, "()V", {});
  const std::vector<const Value*> arguments = {values.unknown(UnknownReason::parameter),
                                               values.unknown(UnknownReason::parameter)};
  job_.made_types[factory] = types_.values.type_of(interpreter_.invoke_virtual(made, "createTypeInfo", "", arguments));
  return true;
}

}  // namespace preflight
