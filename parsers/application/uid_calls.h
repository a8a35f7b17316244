#pragma once

#include <optional>
#include <string>
#include <vector>

#include "classfile/class_view.h"
#include "input/input_error.h"

namespace preflight {

/// A call of uid(String) on a DataStream API object, as far as one method's bytecode shows it.
struct UidCall {
  std::string class_name;
  std::string method;
  /// Known where the argument is a string constant: pushed right before the call, or read from a local variable that
  /// the method sets once, to such a constant.
  std::optional<std::string> uid;

  auto operator<=>(const UidCall&) const = default;
};

/// Calls of uid(String) whose owner is a class of Flink's (org.apache.flink.) or of the Scala API's successor
/// (org.apache.flinkx.), in the order of the methods. `place` is that of the class file. Throws InputError at bytecode
/// that is none.
std::vector<UidCall> find_uid_calls(const ClassView& view, const InputPlace& place);

}  // namespace preflight
