#pragma once

#include <optional>
#include <string>
#include <vector>

#include "flink_version.h"
#include "job/class_shape.h"

namespace preflight {

/// Which serializer a type has that Flink knows by its class (type_serializers.json).
struct TypeSerializer {
  std::vector<std::string> types;  ///< As Java writes them: java.lang.Long, long, long[].
  std::string type_information;    ///< Binary name of the TypeInformation that stands for it.
  std::string serializer;          ///< Binary name.
  bool composite = false;          ///< Made of other types, whose serializers are within its own.
  /// Of a composite one how the texts that it is made with are called in its serializer's snapshot, in their order; ""
  /// for one that is not in it.
  std::vector<std::string> parameters;
  bool extracted = true;  ///< Whether TypeExtractor finds it, or code has to name the TypeInformation.
  std::vector<std::string> sources;
};

/// The snapshot class of a serializer whose name does not tell it, and the serializers that it always has in it
/// (serializer_forms.json).
struct SerializerForm {
  std::string serializer;  ///< Binary names, all three.
  std::string snapshot;
  std::vector<std::string> nested;
  std::vector<std::string> sources;
};

/// A package of classes that no JAR of an application holds, as far as reflection on them decides
/// (library_classes.json).
struct LibraryPackage {
  std::string name;
  /// Every public class of it that has no row of its own is a generic type to Flink.
  bool complete = false;
  std::vector<ClassShape> classes;
  std::vector<std::string> sources;
};

}  // namespace preflight
