#include "serialization/serializer_inference.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "serialization/serializer_choice.h"
#include "serialization/snapshot_forms.h"

namespace preflight {

void SerializerChoice::note(const std::string& where, const std::string& class_name, std::string text) {
  notes_.push_back({where, class_name, std::move(text)});
}

ChosenSerializer SerializerChoice::unknown(const std::string& class_name, std::string why) const {
  std::string reason = class_name.empty() ? std::move(why) : fmt::format("{}: {}", class_name, why);
  return {.snapshot = unknown_serializer(std::move(reason)), .type_class = class_name};
}

ChosenSerializer SerializerChoice::generic(const std::string& class_name, std::string why, const std::string& where) {
  note(where, class_name, std::move(why));
  if (job_.serialization.generic_types == false)
    note(where, class_name, "would go through Kryo, which the job has forbidden: it does not start");
  return {.snapshot = kryo_snapshot(job_, release_, table_, class_name), .type_class = class_name};
}

/// PojoTypeInfo#createSerializer.
ChosenSerializer SerializerChoice::pojo_snapshot(const ClassShape& shape, std::vector<SerializerField> fields,
                                                 const std::string& where) {
  if (job_.serialization.force_kryo.value_or(false))
    return generic(shape.name, "is a POJO that the job's settings force through Kryo", where);
  if (job_.serialization.force_avro.value_or(false))
    return unknown(shape.name, "the job's settings force it through Avro, which makes the schema by reflection");
  std::ranges::sort(fields, {}, &SerializerField::name);
  SerializerSnapshot snapshot = with_parameter(
      snapshot_of(table_, "org.apache.flink.api.java.typeutils.runtime.PojoSerializer"), "class", shape.name);
  snapshot.fields = std::move(fields);
  add_registered_subclasses(shape, snapshot, where);
  return {.snapshot = std::move(snapshot), .type_class = shape.name};
}

/// PojoSerializer#getRegisteredSubclassesFromExecutionConfig.
void SerializerChoice::add_registered_subclasses(const ClassShape& shape, SerializerSnapshot& snapshot,
                                                 const std::string& where) {
  std::vector<std::string> names;
  for (const std::string& registered : job_.serialization.pojo_types) {
    const ClassShape* subclass = classes_.find(registered);
    if (subclass == nullptr || !classes_.is_subclass_of_any(*subclass, {shape.name}))
      continue;
    ChosenSerializer chosen = extract(class_type(registered), fmt::format("{}[{}]", where, snapshot.nested.size()));
    snapshot.nested.push_back(std::move(chosen.snapshot));
    names.push_back(registered);
  }
  if (!names.empty())
    snapshot.parameters.push_back({"registered_subclasses", std::move(names)});
}

SerializerInference::SerializerInference(const JobModel& job, const FlinkVersion& release,
                                         const CompatibilityTable& table)
    : job_(job), release_(release), table_(table) {}

InferredSerializer SerializerInference::serializer_of(const TypeExpression& type) const {
  InferredSerializer inferred;
  SerializerChoice choice(job_, release_, table_, inferred.notes);
  ChosenSerializer chosen = choice.of_expression(type, {});
  inferred.snapshot = chosen.invalid.empty() ? std::move(chosen.snapshot)
                                             : unknown_serializer("Flink refuses the type: " + chosen.invalid);
  return inferred;
}

}  // namespace preflight
