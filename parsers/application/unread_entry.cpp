#include "application/unread_entry.h"

#include <fmt/format.h>

#include <utility>

namespace preflight {

UnreadEntry unread_entry(std::string entry, const InputError& error) {
  const InputPlace& place = error.place();
  if (place.line)
    return {std::move(entry), fmt::format("line {}: {}", *place.line, error.expectation())};
  if (place.offset)
    return {std::move(entry), fmt::format("offset {}: {}", *place.offset, error.expectation())};
  return {std::move(entry), error.expectation()};
}

}  // namespace preflight
