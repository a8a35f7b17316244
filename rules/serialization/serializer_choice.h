#pragma once

// Private to the inference of serializers.

#include <string>
#include <string_view>
#include <vector>

#include "job/generic_types.h"
#include "serialization/pojo_analysis.h"
#include "serialization/serializer_inference.h"

namespace preflight {

/// What one type comes to.
struct ChosenSerializer {
  SerializerSnapshot snapshot;
  std::string type_class;  ///< TypeInformation#getTypeClass as Class#getName has it: "[Ljava.lang.String;".
  std::string invalid;     ///< Where TypeExtractor throws InvalidTypesException: why.
};

/// One run from a type to its serializer: TypeExtractor's decisions, and what TypeInformation#createSerializer makes of
/// them. Collects notes on the way.
class SerializerChoice {
 public:
  /// All must outlive it.
  SerializerChoice(const JobModel& job, const FlinkVersion& release, const CompatibilityTable& table,
                   std::vector<SerializerNote>& notes)
      : job_(job), release_(release), table_(table), classes_(job, table), notes_(notes) {}

  ChosenSerializer of_expression(const TypeExpression& type, const std::string& where);

 private:
  /// The classes around the place that is looked at, with their super classes: a type in it that comes up again is
  /// generic. A class stands there once for being a field's type, and once for being analysed.
  using Hierarchy = std::vector<std::string>;
  /// A type as its class file writes it, with what its variables stand for.
  struct TypeUse {
    const GenericType& type;
    const TypeBindings& bindings;
  };

  // type_extraction.cpp
  ChosenSerializer extract(const GenericType& type, const std::string& where);
  ChosenSerializer of_type(const TypeUse& use, Hierarchy hierarchy, const std::string& where);
  ChosenSerializer of_array(const TypeUse& use, const Hierarchy& hierarchy, const std::string& where);
  ChosenSerializer of_class(const TypeUse& use, Hierarchy hierarchy, const std::string& where);
  ChosenSerializer of_shape(const TypeUse& use, const ClassShape& shape, Hierarchy hierarchy, const std::string& where);
  ChosenSerializer of_tuple(const TypeUse& use, const ClassShape& shape, Hierarchy hierarchy, const std::string& where);
  ChosenSerializer of_either(const TypeUse& use, const Hierarchy& hierarchy, const std::string& where);
  ChosenSerializer of_collection(const TypeUse& use, const std::string& name, const std::string& where);
  ChosenSerializer of_pojo(const TypeUse& use, const ClassShape& shape, Hierarchy hierarchy, const std::string& where);
  SerializerField field_of(const PojoField& field, Hierarchy hierarchy, const std::string& where);
  void add_registered_subclasses(const ClassShape& shape, SerializerSnapshot& snapshot, const std::string& where);
  std::string factory_of(const ClassShape& shape) const;
  ChosenSerializer made_by(const std::string& factory, const std::string& where);
  const TypeSerializer* find_extracted(const std::string& java_type) const;

  // made_types.cpp
  ChosenSerializer of_type_information(const TypeExpression& type, const std::string& where);
  ChosenSerializer of_serializer(const TypeExpression& type, const std::string& where);
  std::optional<ChosenSerializer> of_composite_row(const TypeExpression& type, const std::string& where);
  ChosenSerializer of_table_row(const TypeExpression& type, const std::string& where);
  ChosenSerializer of_made_pojo(const TypeExpression& type, const std::string& where);
  std::vector<SerializerSnapshot> all_of(const std::vector<TypeExpression>& types, const std::string& where);

  ChosenSerializer generic(const std::string& class_name, std::string why, const std::string& where);
  ChosenSerializer unknown(const std::string& class_name, std::string why) const;
  ChosenSerializer pojo_snapshot(const ClassShape& shape, std::vector<SerializerField> fields,
                                 const std::string& where);
  void note(const std::string& where, const std::string& class_name, std::string text);

  const JobModel& job_;
  FlinkVersion release_;
  const CompatibilityTable& table_;
  DataClasses classes_;
  std::vector<SerializerNote>& notes_;
  std::vector<std::string> open_pojos_;  ///< Being analysed at the moment, outermost first.
  std::vector<std::string> open_factories_;
  int depth_ = 0;
  int steps_left_ = 20'000;  ///< Bounds trees that types make by holding each other many times.
};

}  // namespace preflight
