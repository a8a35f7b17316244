#include "job/code_place.h"

namespace preflight {

std::string to_text(const CodePlace& place) {
  std::string text = place.class_name + "." + place.method;
  if (place.line > 0)
    text += ":" + std::to_string(place.line);
  return text;
}

}  // namespace preflight
