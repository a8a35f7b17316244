#pragma once

#include <string>
#include <string_view>

namespace preflight {

/// Whether `bytes` are modified UTF-8 (JVMS 4.4.7): no zero byte, no byte from 0xF0 on, no broken sequence.
bool is_modified_utf8(std::string_view bytes);

/// Modified UTF-8 as UTF-8.
std::string text_of(std::string_view modified_utf8);

/// a/b/C$D → a.b.C$D (JVMS 4.2.1), as UTF-8.
std::string binary_name(std::string_view internal_name);

}  // namespace preflight
