#pragma once

#include <string>
#include <vector>

#include "flink_version.h"

namespace preflight {

/// How a Java type stands to Kryo, and what Kryo 5 (Flink 2.x) makes of its values that Kryo 2 (Flink 1.x) wrote
/// (kryo_forms.json).
struct KryoForm {
  std::vector<std::string> types;  ///< Binary names, primitive types, "enum", arrays as in Java: "long[]".
  bool holds_others = false;       ///< A collection or the like: its values can hold objects of any class.
  enum class Outcome {
    right,
    wrong,    ///< Other values, without a word.
    fails,    ///< An exception when one is read.
    unknown,  ///< No restore has told yet.
  };
  Outcome from_2_to_5 = Outcome::unknown;
  std::vector<std::string> sources;
};

/// A change of a field's type whose values Kryo reads rightly all the same (kryo_field_changes.json).
struct KryoFieldChange {
  std::string from;
  std::string to;
  std::vector<std::string> sources;
};

/// The first release whose backend migrates a state when TTL is switched on or off (ttl_switches.json).
struct TtlSwitch {
  std::string backend;  ///< "hashmap", "rocksdb"
  FlinkVersion since;
  std::vector<std::string> sources;
};

}  // namespace preflight
