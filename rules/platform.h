#pragma once

#include <optional>
#include <string_view>

namespace preflight {

/// Where Flink runs.
enum class Platform { msf, kubernetes, standalone };
const char* to_string(Platform platform);
std::optional<Platform> platform_of(std::string_view text);

}  // namespace preflight
