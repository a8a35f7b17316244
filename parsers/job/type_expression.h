#pragma once

#include <string>
#include <vector>

#include "classfile/signature.h"
#include "job/code_place.h"

namespace preflight {

/// What the code says about the type of a state, key or stream: the argument that Flink's TypeExtractor is given, or a
/// type information or serializer that the code makes itself. Which serializer follows from it depends on the Flink
/// release (rules/serialization).
struct TypeExpression {
  enum class Form {
    unknown,           ///< `reason` says where the analysis lost track.
    extracted,         ///< TypeExtractor works on `type`: a class literal (no type arguments), a TypeHint, or the type
                       ///< argument of a function's generic super type.
    type_information,  ///< An object of `made_class`, a TypeInformation, with `arguments` and `texts`.
    serializer,        ///< An object of `made_class`, a TypeSerializer, with `arguments` and `texts`.
  };
  Form form = Form::unknown;
  GenericType type;  ///< extracted. Type variables that the code binds are replaced already; names are internal names.
  /// Binary name: org.apache.flink.api.java.typeutils.ListTypeInfo. Factory methods are named by what they make:
  /// Types.LONG is a BasicTypeInfo with the text java.lang.Long, Types.POJO(C) a PojoTypeInfo with the text C.
  std::string made_class;
  std::vector<TypeExpression> arguments;  ///< In the order of the constructor: element, key and value, tuple fields.
  std::vector<std::string> texts;         ///< Class names (binary) and field names among the arguments, in their order.
  std::string reason;
  CodePlace place;
};

}  // namespace preflight
