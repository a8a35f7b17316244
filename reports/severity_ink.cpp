#include "severity_ink.h"

namespace preflight {

Ink ink_of(Severity severity) {
  switch (severity) {
    case Severity::blocker:
      return Ink::strong_red;
    case Severity::high:
      return Ink::red;
    case Severity::medium:
      return Ink::yellow;
    case Severity::low:
      return Ink::cyan;
    case Severity::info:
      return Ink::faint;
  }
  return Ink::faint;
}

}  // namespace preflight
