#include "serialization/snapshot_forms.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "savepoint/snapshot_reader.h"
#include "savepoint/snapshot_table.h"
#include "serialization/serializer_inference.h"

namespace preflight {
namespace {

using Texts = std::vector<std::string>;

constexpr std::string_view kBase = "org.apache.flink.api.common.typeutils.base.";
constexpr std::string_view kRuntime = "org.apache.flink.api.java.typeutils.runtime.";
constexpr const char* kUnknown = "unknown";
constexpr const char* kAvroSerializers = "org.apache.flink.formats.avro.utils.AvroKryoSerializerUtils";

// Versions that the classes have written since Flink 1.15; a composite's is that of the frame around its outer part.
constexpr std::int32_t kSimpleVersion = 3;
constexpr std::int32_t kGenericVersion = 2;
constexpr std::int32_t kCompositeVersion = 3;

std::string in(std::string_view package, std::string_view name) {
  return fmt::format("{}{}", package, name);
}

/// Flink names a snapshot class after its serializer, beside it or within it.
const SnapshotRow* find_snapshot_class(std::string_view serializer_class, std::string& snapshot_class) {
  const std::string simple_name(serializer_class.substr(serializer_class.find_last_of(".$") + 1));
  for (std::string candidate :
       {fmt::format("{}${}Snapshot", serializer_class, simple_name), fmt::format("{}Snapshot", serializer_class)}) {
    if (const SnapshotRow* row = find_snapshot_row(candidate)) {
      snapshot_class = std::move(candidate);
      return row;
    }
  }
  return nullptr;
}

std::int32_t version_of(const SnapshotRow& row) {
  switch (row.layout) {
    case SnapshotLayout::simple:
      return kSimpleVersion;
    case SnapshotLayout::generic:
      return kGenericVersion;
    case SnapshotLayout::composite:
      return kCompositeVersion;
    case SnapshotLayout::own:
      return row.newest_version;
  }
  return 0;
}

/// A map in the order in which keys came first (java.util.LinkedHashMap).
class Registrations {
 public:
  void put(const std::string& type, const std::string& serializer) {
    const auto known = std::ranges::find(types_, type);
    if (known != types_.end()) {
      serializers_[static_cast<std::size_t>(known - types_.begin())] = serializer;
      return;
    }
    types_.push_back(type);
    serializers_.push_back(serializer);
  }
  const Texts& types() const { return types_; }
  const Texts& serializers() const { return serializers_; }

 private:
  Texts types_;
  Texts serializers_;
};

/// AvroUtils#addAvroGenericDataArrayRegistration: a stand-in where Flink's Avro support is not there.
void put_avro(const JobModel& job, const FlinkVersion& release, Registrations& registrations) {
  constexpr FlinkVersion kSerializerMoved{2, 0};
  if (!job.shapes.contains(kAvroSerializers))
    registrations.put(in(kRuntime, "kryo.Serializers$DummyAvroRegisteredClass"),
                      in(kRuntime, "kryo.Serializers$DummyAvroKryoSerializerClass"));
  else
    registrations.put("org.apache.avro.generic.GenericData$Array",
                      release < kSerializerMoved ? "org.apache.flink.api.common.ExecutionConfig$SerializableSerializer"
                                                 : "org.apache.flink.api.common.SerializableSerializer");
}

}  // namespace

SerializerSnapshot unknown_serializer(std::string reason) {
  return {.serializer = kUnknown, .parameters = {{kUnknown, std::move(reason)}}};
}

const std::string* why_unknown(const SerializerSnapshot& snapshot) {
  return snapshot.snapshot_class.empty() ? string_parameter(snapshot, kUnknown) : nullptr;
}

SerializerSnapshot snapshot_of(const CompatibilityTable& table, std::string_view serializer_class,
                               std::vector<SerializerSnapshot> nested) {
  SerializerSnapshot snapshot{.nested = std::move(nested)};
  const SnapshotRow* row = nullptr;
  if (const SerializerForm* form = table.find_serializer_form(serializer_class)) {
    snapshot.snapshot_class = form->snapshot;
    row = find_snapshot_row(form->snapshot);
    if (snapshot.nested.empty())
      for (const std::string& always : form->nested)
        snapshot.nested.push_back(snapshot_of(table, always));
  } else {
    row = find_snapshot_class(serializer_class, snapshot.snapshot_class);
  }
  if (row == nullptr)
    return unknown_serializer(fmt::format("the form in which {} is stored is not known", serializer_class));
  snapshot.serializer =
      row->serializer == nullptr ? serializer_name_of(snapshot.snapshot_class) : std::string(row->serializer);
  snapshot.version = version_of(*row);
  return snapshot;
}

SerializerSnapshot with_parameter(SerializerSnapshot snapshot, const char* name,
                                  decltype(SnapshotParameter::value) value) {
  snapshot.parameters.push_back({name, std::move(value)});
  return snapshot;
}

SerializerSnapshot own_snapshot(const OwnSerializer& serializer, std::vector<SerializerSnapshot> nested) {
  SerializerSnapshot snapshot{.snapshot_class = serializer.snapshot_class,
                              .serializer = serializer_name_of(serializer.snapshot_class),
                              .nested = std::move(nested)};
  if (serializer.form == OwnSerializer::Form::simple)
    snapshot.version = kSimpleVersion;
  else if (serializer.form == OwnSerializer::Form::composite)
    snapshot.version = kCompositeVersion;
  return snapshot;
}

SerializerSnapshot kryo_snapshot(const JobModel& job, const FlinkVersion& release, const CompatibilityTable& table,
                                 const std::string& class_name) {
  const SerializationSettings& settings = job.serialization;
  Registrations registrations;
  registrations.put(class_name, "");
  for (const auto& [type, serializer] : settings.kryo_types)
    if (serializer.empty())
      registrations.put(type, "");
  for (const auto& [type, serializer] : settings.kryo_types)
    if (!serializer.empty())
      registrations.put(type, serializer);
  put_avro(job, release, registrations);

  SerializerSnapshot snapshot = snapshot_of(table, in(kRuntime, "kryo.KryoSerializer"));
  snapshot.parameters = {{"class", class_name},
                         {"registrations", registrations.types()},
                         {"registration_serializers", registrations.serializers()}};
  Registrations defaults;
  for (const auto& [type, serializer] : settings.kryo_default_serializers)
    defaults.put(type, serializer);
  if (!defaults.types().empty()) {
    snapshot.parameters.push_back({"default_serializer_types", defaults.types()});
    snapshot.parameters.push_back({"default_serializers", defaults.serializers()});
  }
  return snapshot;
}

SerializerSnapshot nullable(const CompatibilityTable& table, SerializerSnapshot snapshot) {
  if (snapshot.serializer == "NullableSerializer")
    return snapshot;
  return with_parameter(snapshot_of(table, in(kRuntime, "NullableSerializer"), {std::move(snapshot)}), "null_padding",
                        std::int64_t{0});
}

SerializerSnapshot list_snapshot(const CompatibilityTable& table, SerializerSnapshot element) {
  return snapshot_of(table, in(kBase, "ListSerializer"), {std::move(element)});
}

SerializerSnapshot map_snapshot(const CompatibilityTable& table, SerializerSnapshot key, SerializerSnapshot value) {
  return snapshot_of(table, in(kBase, "MapSerializer"), {std::move(key), std::move(value)});
}

SerializerSnapshot array_snapshot(const CompatibilityTable& table, const std::string& component_class,
                                  SerializerSnapshot component) {
  return with_parameter(snapshot_of(table, in(kBase, "GenericArraySerializer"), {std::move(component)}),
                        "component_class", component_class);
}

SerializerSnapshot tuple_snapshot(const CompatibilityTable& table, const std::string& tuple_class,
                                  std::vector<SerializerSnapshot> fields) {
  return with_parameter(snapshot_of(table, in(kRuntime, "TupleSerializer"), std::move(fields)), "class", tuple_class);
}

SerializerSnapshot enum_snapshot(const CompatibilityTable& table, const ClassShape& shape) {
  return with_parameter(with_parameter(snapshot_of(table, in(kBase, "EnumSerializer")), "class", shape.name),
                        "constants", shape.enum_constants);
}

SerializerSnapshot avro_snapshot(const CompatibilityTable& table, const std::string& class_name,
                                 const std::string& schema) {
  if (schema.empty())
    return unknown_serializer(fmt::format("the Avro schema of {} could not be told from its code", class_name));
  SerializerSnapshot snapshot = snapshot_of(table, "org.apache.flink.formats.avro.typeutils.AvroSerializer");
  return with_parameter(with_parameter(std::move(snapshot), "class", class_name), "schema", schema);
}

}  // namespace preflight
