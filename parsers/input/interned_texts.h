#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "input/text_numbers.h"
#include "input/text_store.h"

namespace preflight {

/// Distinct texts, numbered from 0 in the order in which they were first added. Each is kept once; views of them are
/// good as long as this is. What was added a moment ago is found with one look: neighbouring classes refer to the same
/// names again and again.
class InternedTexts {
 public:
  /// The number of `text`, a new one where it was not known.
  std::uint32_t add(std::string_view text);
  std::optional<std::uint32_t> find(std::string_view text) const { return numbers_.find(text); }

  std::uint32_t size() const { return numbers_.size(); }
  std::string_view operator[](std::uint32_t number) const { return numbers_[number]; }

 private:
  struct Recent {
    std::string_view text;
    std::uint32_t number = UINT32_MAX;  ///< As here where nothing was added.
  };

  std::vector<Recent> recent_;  ///< Added lately, by a hash of the texts' ends; empty before the first.
  TextNumbers numbers_;
  TextStore store_;
};

}  // namespace preflight
