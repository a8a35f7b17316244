#pragma once

// Private to the inference of serializers.

#include <string>
#include <string_view>
#include <vector>

#include "compatibility_table.h"
#include "job/class_shape.h"
#include "job/job_model.h"

namespace preflight {

/// The classes that reflection would find: those of the application, then what the table knows of the JDK's and
/// Flink's. Names are binary names.
class DataClasses {
 public:
  /// `job` and `table` must outlive it.
  DataClasses(const JobModel& job, const CompatibilityTable& table);

  /// nullptr for a class that nothing is known of.
  const ClassShape* find(std::string_view class_name) const;
  /// Whether `find` has nothing on a class because it is a generic type to Flink and nothing else.
  bool is_plainly_generic(std::string_view class_name) const;

  /// The class and its super classes, up to but without java.lang.Object.
  struct Chain {
    std::vector<const ClassShape*> classes;
    std::string missing;  ///< The super class that nothing is known of, where the chain ends there; else empty.
  };
  Chain chain_of(const ClassShape& shape) const;

  /// Whether one of its super classes, or of the interfaces of one, is among `names`, as far as they are known.
  bool is_subclass_of_any(const ClassShape& shape, const std::vector<std::string_view>& names) const;

 private:
  const JobModel& job_;
  const CompatibilityTable& table_;
};

}  // namespace preflight
