#pragma once

#include <optional>
#include <string>

#include "savepoint/savepoint.h"

namespace preflight {

/// What `inspect savepoint` is narrowed to; nothing said is everything.
struct SavepointSelection {
  std::optional<std::string> operator_name;  ///< An operator ID, a uid (as text, or through its hash), or a name.
  std::optional<std::string> state;          ///< A state's name.
};

/// The savepoint with only the operators and states that are selected. Throws UsageError, naming what there is, when
/// nothing is.
Savepoint select(Savepoint savepoint, const SavepointSelection& selection);

}  // namespace preflight
