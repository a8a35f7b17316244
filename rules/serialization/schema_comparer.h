#pragma once

// Private to the comparison of schemas: one part of it for each kind of serializer.

#include <string>
#include <string_view>
#include <vector>

#include "serialization/schema_compatibility.h"

namespace preflight {

/// Where in a serializer tree the comparison is.
struct SchemaPlace {
  std::string path;     ///< As for_each_snapshot writes it: ".tags", "[1]".
  std::string subject;  ///< What reasons call it: "the value", "field `tags` of com.acme.Order".
  /// The declared types of the POJO field that the serializer is for, before and after; null where none is known.
  const GenericType* type_before = nullptr;
  const GenericType* type_after = nullptr;
};

/// A comparison that ends here.
SchemaComparison answer(SchemaAnswer answer, const SchemaPlace& place, std::string reason = {});

/// Adds the answer for a part: the worse of the two decides, as Flink combines them; what either loses is lost.
void join(SchemaComparison& whole, SchemaComparison part);

class SchemaComparer {
 public:
  /// `worlds` must outlive it.
  explicit SchemaComparer(const SchemaWorlds& worlds) : worlds_(worlds) {}

  const SchemaWorlds& worlds() const { return worlds_; }

  /// One serializer and what is nested in it. Takes for granted that the old snapshot can be read.
  SchemaComparison compare(const SerializerSnapshot& before, const SerializerSnapshot& after,
                           const SchemaPlace& place) const;
  /// The nested serializers alone, by position: CompositeTypeSerializerSnapshot.
  SchemaComparison compare_nested(const SerializerSnapshot& before, const SerializerSnapshot& after,
                                  const SchemaPlace& place) const;
  /// Values that go on being read with the serializer of the savepoint: of a removed field, of a subclass.
  SchemaComparison reread(const SerializerSnapshot& before, const SchemaPlace& place) const;

  /// Whether the new job can load a class that a savepoint names; true where its JAR was not given.
  bool has_class(std::string_view binary_name) const;
  /// The shape of a class before or after; nullptr where the JAR was not given or does not have it.
  const ClassShape* shape_before(std::string_view binary_name) const;
  const ClassShape* shape_after(std::string_view binary_name) const;

 private:
  const SchemaWorlds& worlds_;
};

/// One for each kind of serializer; both snapshots are of that kind.
SchemaComparison compare_pojos(const SchemaComparer& comparer, const SerializerSnapshot& before,
                               const SerializerSnapshot& after, const SchemaPlace& place);
SchemaComparison compare_enums(const SerializerSnapshot& before, const SerializerSnapshot& after,
                               const SchemaPlace& place);
SchemaComparison compare_scala_enums(const SerializerSnapshot& before, const SerializerSnapshot& after,
                                     const SchemaPlace& place);
SchemaComparison compare_avro(const SerializerSnapshot& before, const SerializerSnapshot& after,
                              const SchemaPlace& place);
SchemaComparison compare_kryo(const SchemaComparer& comparer, const SerializerSnapshot& before,
                              const SerializerSnapshot& after, const SchemaPlace& place);
/// Values of a class that Java serialization writes.
SchemaComparison compare_java_serialized(const SchemaComparer& comparer, const std::string& class_name,
                                         const SchemaPlace& place);
/// A snapshot class that is not Flink's, before or after.
bool is_own_serializer(const SerializerSnapshot& snapshot);
SchemaComparison compare_own(const SchemaComparer& comparer, const SerializerSnapshot& before,
                             const SerializerSnapshot& after, const SchemaPlace& place);
/// Whether the code of a class of the application's own, of which Flink looks at the name alone, is still the same.
SchemaComparison compare_code(const SchemaComparer& comparer, const std::string& class_name, const SchemaPlace& place);

/// The list that a parameter holds; empty where the snapshot does not have it.
const std::vector<std::string>& list_parameter(const SerializerSnapshot& snapshot, std::string_view name);
/// nullptr where the snapshot does not have it.
const SnapshotParameter* find_parameter(const SerializerSnapshot& snapshot, std::string_view name);
/// "com.acme.Tag through Kryo", "com.acme.Order (PojoSerializer)", "ListSerializer".
std::string serializer_words(const SerializerSnapshot& snapshot);

}  // namespace preflight
