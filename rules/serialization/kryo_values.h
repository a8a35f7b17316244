#pragma once

#include <set>
#include <string>

#include "serialization/reachable_types.h"
#include "serialization/schema_comparer.h"

namespace preflight {

/// What Kryo makes of old values. Its snapshot has the class alone: neither a change of the class's fields nor one of
/// Kryo itself shows in it, and Flink takes both as they are.
class KryoValues {
 public:
  /// All must outlive it; `before` and `after` are snapshots of KryoSerializer.
  KryoValues(const SchemaComparer& comparer, const SerializerSnapshot& before, const SerializerSnapshot& after,
             const SchemaPlace& place)
      : comparer_(comparer), before_(before), after_(after), place_(place) {}

  SchemaComparison compare(const std::string& class_name) const;

 private:
  enum class KryoChange { none, changes, unknown };

  KryoChange kryo_change() const;
  SchemaComparison unknown(std::string reason) const {
    return answer(SchemaAnswer::unknown, place_, std::move(reason));
  }
  SchemaComparison wrong(std::string reason) const {
    return answer(SchemaAnswer::wrong_values, place_, std::move(reason));
  }

  SchemaComparison compare_declared_types() const;
  SchemaComparison compare_contents(const ReachableTypes& reached) const;
  SchemaComparison compare_type(const std::string& name) const;
  SchemaComparison compare_classes(const ClassShape& before, const ClassShape& after) const;
  SchemaComparison compare_fields(const ClassShape& before, const ClassShape& after) const;
  SchemaComparison compare_kryo_serializers(const std::string& name, const std::string& was,
                                            const std::string& is) const;

  /// Whether a serializer for Kryo writes what Java serialization does.
  static bool is_java_serializer(std::string_view kryo_serializer);
  /// The one that the old job gives a class; empty where Kryo chooses.
  std::string registered_serializer(const std::string& class_name) const;

  // What Kryo 5 of Flink 2.x makes of what Kryo 2 of 1.x wrote (kryo_release.cpp). `nested` is a value in another, for
  // which Kryo may have to write the class too; `seen` has the classes that are being looked at.
  SchemaComparison from_2_to_5(const GenericType& type, bool nested, std::set<std::string>& seen) const;
  SchemaComparison class_from_2_to_5(const ClassShape& shape, bool nested, std::set<std::string>& seen) const;
  SchemaComparison form_from_2_to_5(const KryoForm& form, const GenericType& type, std::set<std::string>& seen) const;

  const SchemaComparer& comparer_;
  const SerializerSnapshot& before_;
  const SerializerSnapshot& after_;
  const SchemaPlace& place_;
};

}  // namespace preflight
