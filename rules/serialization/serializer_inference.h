#pragma once

#include <string>
#include <vector>

#include "compatibility_table.h"
#include "flink_version.h"
#include "job/job_model.h"
#include "savepoint/serializer_snapshot.h"

namespace preflight {

/// Something worth telling about one place in an inferred serializer: why a class is no POJO and falls to Kryo, why a
/// field of it is left out.
struct SerializerNote {
  std::string where;  ///< The way down the tree, as for_each_snapshot writes it: ".tags", "[1]"; empty for the top.
  std::string class_name;  ///< The class that the note is about.
  std::string text;        ///< A predicate of the class: "has no public constructor without parameters".
};

/// A serializer that Flink would choose, in the form in which a savepoint of the job would show it.
struct InferredSerializer {
  SerializerSnapshot snapshot;  ///< May be unknown, as a whole or in parts: why_unknown, for_each_snapshot.
  std::vector<SerializerNote> notes;
};

/// A serializer of which only the reason is known why it could not be told.
SerializerSnapshot unknown_serializer(std::string reason);
/// The reason; nullptr where the serializer (not what is nested in it) is known.
const std::string* why_unknown(const SerializerSnapshot& snapshot);

/// Which serializer Flink of one release chooses for the types of a job (TypeExtractor,
/// TypeInformation#createSerializer) and which snapshot it writes of it. Looks at the job's class shapes and at nothing
/// else.
class SerializerInference {
 public:
  /// `job` and `table` must outlive it.
  SerializerInference(const JobModel& job, const FlinkVersion& release, const CompatibilityTable& table);

  InferredSerializer serializer_of(const TypeExpression& type) const;

 private:
  const JobModel& job_;
  FlinkVersion release_;
  const CompatibilityTable& table_;
};

}  // namespace preflight
