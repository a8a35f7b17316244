#include "application/class_texts.h"

#include "classfile/names.h"

namespace preflight {

std::string_view ClassTexts::text(std::string_view modified_utf8) {
  return is_plain_ascii(modified_utf8) ? keep(modified_utf8) : keep(text_of(modified_utf8));
}

std::string_view ClassTexts::binary_name(std::string_view internal_name) {
  preflight::binary_name(internal_name, name_);
  return keep(name_);
}

}  // namespace preflight
