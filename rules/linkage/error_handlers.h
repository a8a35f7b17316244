#pragma once

#include <set>
#include <string_view>
#include <utility>

#include "application/linked_class.h"
#include "linkage/linkage.h"

namespace preflight {

/// Name of the error that the JVM throws for a fault: "java.lang.NoSuchMethodError". Empty where it throws none.
std::string_view error_of(LinkageFault fault);

/// Which linkage errors a class's methods catch. javac itself writes such handlers around the constants of an enum that
/// a switch names, so that the switch survives an enum that lost one.
class ErrorHandlers {
 public:
  /// What it says is valid as long as the class.
  explicit ErrorHandlers(const LinkedClass& of);

  /// Whether a method of that name refers to the error of the fault, or to one above it but below java.lang.Error.
  bool expect(std::string_view method, LinkageFault fault) const;

 private:
  std::set<std::pair<std::string_view, std::string_view>> caught_;  ///< Method and error.
};

}  // namespace preflight
