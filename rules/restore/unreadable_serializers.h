#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compatibility_table.h"
#include "savepoint/savepoint.h"
#include "upgrade.h"

namespace preflight {

/// A serializer of the savepoint whose values the target release may not or cannot read back, whatever the new JAR
/// registers.
struct UnreadableSerializer {
  enum class Cause {
    /// Written by a Kryo of another major version. Real restores from Kryo 2 on Kryo 5 ended in every way there is: an
    /// exception for some classes, silently wrong values for others (a double), the right values for a few (strings).
    kryo,
    snapshot_removed,  ///< The snapshot's class is gone from the target, and the JAR does not bring it: the restore
                       ///< fails.
  };
  Cause cause = Cause::kryo;
  std::string where;                         ///< "value", "value.tags", "key[0]": the way down the serializer tree.
  std::string class_name;                    ///< The Kryo-serialized class, or the snapshot class.
  const RemovedSnapshot* removed = nullptr;  ///< For snapshot_removed: the row; it lives in the table.
};

/// All serializers of one state (key, namespace, value, element trees) that the target cannot read back. Empty for a
/// state whose serializers could not be read.
std::vector<UnreadableSerializer> unreadable_serializers(const State& state, const Upgrade& upgrade);

/// The same for the key serializer that all keyed states and timers of an operator share.
std::vector<UnreadableSerializer> unreadable_key(const OperatorState& operator_state, const Upgrade& upgrade);

/// True when every release that may have written the savepoint used a Kryo of another major version than the target's.
/// nullopt where the source release or a table row is not known.
std::optional<bool> kryo_format_changes(const Upgrade& upgrade);

}  // namespace preflight
