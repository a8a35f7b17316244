#pragma once

// Private to the inference of serializers: snapshots in the form in which read_savepoint has them.

#include <string>
#include <string_view>
#include <vector>

#include "compatibility_table.h"
#include "flink_version.h"
#include "job/job_model.h"
#include "savepoint/serializer_snapshot.h"

namespace preflight {

/// The snapshot of a serializer of Flink's, by its binary name, with the nested ones that it always has where `nested`
/// is empty. Unknown for a serializer whose snapshot class is none that the savepoint reader knows.
SerializerSnapshot snapshot_of(const CompatibilityTable& table, std::string_view serializer_class,
                               std::vector<SerializerSnapshot> nested = {});

/// The same with a parameter of that value.
SerializerSnapshot with_parameter(SerializerSnapshot snapshot, const char* name,
                                  decltype(SnapshotParameter::value) value);

/// As the reader names a snapshot class that it does not know: an application's own.
SerializerSnapshot own_snapshot(const OwnSerializer& serializer, std::vector<SerializerSnapshot> nested);

/// KryoSerializer of `class_name`, with the registrations of the job as KryoSerializer#buildKryoRegistrations puts
/// them.
SerializerSnapshot kryo_snapshot(const JobModel& job, const FlinkVersion& release, const CompatibilityTable& table,
                                 const std::string& class_name);

/// NullableSerializer around it, unless it is one already (NullableSerializer#wrap).
SerializerSnapshot nullable(const CompatibilityTable& table, SerializerSnapshot snapshot);

SerializerSnapshot list_snapshot(const CompatibilityTable& table, SerializerSnapshot element);
SerializerSnapshot map_snapshot(const CompatibilityTable& table, SerializerSnapshot key, SerializerSnapshot value);
SerializerSnapshot array_snapshot(const CompatibilityTable& table, const std::string& component_class,
                                  SerializerSnapshot component);
SerializerSnapshot tuple_snapshot(const CompatibilityTable& table, const std::string& tuple_class,
                                  std::vector<SerializerSnapshot> fields);
SerializerSnapshot enum_snapshot(const CompatibilityTable& table, const ClassShape& shape);
SerializerSnapshot avro_snapshot(const CompatibilityTable& table, const std::string& class_name,
                                 const std::string& schema);

}  // namespace preflight
