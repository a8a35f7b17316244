#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/api_index.h"

namespace preflight {

/// Releases of one line that have a symbol, one after the other.
struct ApiPeriod {
  std::string line;
  std::string since;              ///< First release that has it.
  bool since_the_oldest = false;  ///< That is the oldest release of the line that the index knows.
  std::string until;              ///< Last release that has it.
  std::string gone_in;            ///< The release after it; empty where `until` is the newest that the index knows.
  std::string deprecated_since;   ///< First release from which on it is deprecated to the end; empty where it is not.
  ApiStability stability = ApiStability::unmarked;  ///< In the last release.
};

/// When a class was there.
std::vector<ApiPeriod> periods_of(const ApiIndex& index, const std::vector<ApiClassForm>& forms);
/// When a member was there; all records are of one symbol, in the order of their spans.
std::vector<ApiPeriod> periods_of(const ApiIndex& index, const std::vector<const ApiMember*>& records);

/// The annotation: "@PublicEvolving"; empty for unmarked.
std::string_view annotation_of(ApiStability stability);

/// The class that a method or field is found in when it is looked for in `start` (JVMS 5.4.3.2, 5.4.3.3 without access
/// checks), as far as the index knows its super classes and interfaces in that release; nullptr where it is in none.
const ApiClass* declaring_class(const ApiIndex& index, const ApiClass& start, const ApiMember& symbol,
                                std::uint16_t ordinal);

/// The release that `version` names: itself, or the newest that only makes it more precise ("1.20" for 1.20.5, "3.4.0"
/// for 3.4.0-1.20).
std::optional<std::uint16_t> find_release(const ApiIndex& index, std::string_view line, std::string_view version);

}  // namespace preflight
