#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "job/class_pool.h"
#include "job/class_shape.h"
#include "job/generic_types.h"
#include "job/job_model.h"

namespace preflight {

/// The shapes of a pool's classes, each made on first demand. Names are binary names.
class ShapeCache {
 public:
  /// `pool` must outlive it.
  explicit ShapeCache(ClassPool& pool) : pool_(pool) {}

  /// nullptr for a class that is not in the JAR or cannot be read. What it hands out stays where it is.
  const ClassShape* find(std::string_view class_name);
  /// This cache, which must outlive what is returned.
  ShapeLookup lookup() {
    return [this](std::string_view class_name) { return find(class_name); };
  }

 private:
  ClassPool& pool_;
  std::map<std::string, std::optional<ClassShape>, std::less<>> shapes_;
};

/// The shapes of `roots` and of everything that TypeExtractor and the serializers look at from there: super classes,
/// interfaces, field types with their type arguments, component types, the classes of type information factories.
/// Classes beyond a bound far above what an application's types reach are left out. Names are binary names.
ClassShapes collect_shapes(ShapeCache& cache, const std::vector<std::string>& roots);

/// The classes that a job's types name: of its keys, streams and states, of what its factories make, of its
/// serialization settings. What collect_shapes starts from for JobModel::shapes.
std::vector<std::string> type_roots(const JobModel& job);

}  // namespace preflight
