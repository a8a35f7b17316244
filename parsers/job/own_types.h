#pragma once

// Private to the reader of jobs.

#include <string>

#include "job/class_shapes.h"
#include "job/job_draft.h"

namespace preflight {

/// What the application's own code says about its types: its serializers and their snapshots, its type information
/// factories. Fills JobModel::own_serializers, made_types and shapes, once all types of the job are known.
class OwnTypes {
 public:
  /// All must outlive it.
  OwnTypes(JobModel& job, Interpreter& interpreter, JobTypes& types, ShapeCache& shapes)
      : job_(job), interpreter_(interpreter), types_(types), shapes_(shapes) {}

  void look();

 private:
  bool look_at_serializers();
  bool look_at_factories();
  bool make_type(const std::string& factory);
  OwnSerializer serializer_of(const Value* serializer);

  JobModel& job_;
  Interpreter& interpreter_;
  JobTypes& types_;
  ShapeCache& shapes_;
};

}  // namespace preflight
