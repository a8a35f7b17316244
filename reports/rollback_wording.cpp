#include "rollback_sections.h"

namespace preflight {

const char* rollback_word(RollbackVerdict verdict) {
  switch (verdict) {
    case RollbackVerdict::ready:
      return "by itself";
    case RollbackVerdict::by_hand:
      return "by hand";
    case RollbackVerdict::lossy:
      return "with losses";
    case RollbackVerdict::impossible:
      return "there is none";
    case RollbackVerdict::unknown:
      break;
  }
  return "not known";
}

}  // namespace preflight
