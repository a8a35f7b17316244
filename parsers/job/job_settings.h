#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "job/job_model.h"
#include "job/job_value.h"

namespace preflight {

// What an argument of a setting says: uid("enrich"), setParallelism(4).

/// nullptr and null are texts that nobody knows.
JobValue<std::string> text_setting(const Value* value, const CodePlace& place);
JobValue<std::int32_t> number_setting(const Value* value, const CodePlace& place);
/// Nothing where it is not known.
std::optional<bool> flag_setting(const Value* value);
/// Why a value is not known, in the words of to_text(UnknownValue).
std::string why_unknown(const Value* value);

}  // namespace preflight
