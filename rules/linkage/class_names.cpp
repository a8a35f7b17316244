#include "linkage/class_names.h"

#include <bit>

#include "input/text_hash.h"

namespace preflight {

ClassNames::ClassNames(const ApplicationJar& application)
    : classes_(application.classes), slots_(std::bit_ceil(2 * application.classes.size() + 1)) {
  const std::size_t mask = slots_.size() - 1;
  for (std::uint32_t i = 0; i < classes_.size(); ++i) {
    if (i > 0 && classes_[i].name == classes_[i - 1].name)
      continue;
    std::size_t at = text_hash(classes_[i].name) & mask;
    while (slots_[at] != 0)
      at = (at + 1) & mask;
    slots_[at] = i + 1;
  }
}

std::span<const ApplicationClass> ClassNames::find(std::string_view name) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = text_hash(name) & mask; slots_[at] != 0; at = (at + 1) & mask) {
    const std::size_t first = slots_[at] - std::size_t{1};
    if (classes_[first].name != name)
      continue;
    std::size_t end = first + 1;
    while (end < classes_.size() && classes_[end].name == name)
      ++end;
    return classes_.subspan(first, end - first);
  }
  return {};
}

}  // namespace preflight
