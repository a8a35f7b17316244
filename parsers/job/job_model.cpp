#include "job/job_model.h"

namespace preflight {

const char* to_string(JobStateKind kind) {
  switch (kind) {
    case JobStateKind::value:
      return "value";
    case JobStateKind::list:
      return "list";
    case JobStateKind::map:
      return "map";
    case JobStateKind::reducing:
      return "reducing";
    case JobStateKind::aggregating:
      return "aggregating";
    case JobStateKind::folding:
      return "folding";
    case JobStateKind::operator_list:
      return "operator-list";
    case JobStateKind::operator_union:
      return "operator-union";
    case JobStateKind::broadcast:
      return "broadcast";
    case JobStateKind::timers:
      return "timers";
    case JobStateKind::coordinator:
      return "coordinator";
  }
  return "value";
}

}  // namespace preflight
