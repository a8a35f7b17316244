#include "platform.h"

namespace preflight {

const char* to_string(Platform platform) {
  switch (platform) {
    case Platform::msf:
      return "msf";
    case Platform::kubernetes:
      return "kubernetes";
    case Platform::standalone:
      return "standalone";
  }
  return "standalone";
}

std::optional<Platform> platform_of(std::string_view text) {
  for (const Platform platform : {Platform::msf, Platform::kubernetes, Platform::standalone})
    if (text == to_string(platform))
      return platform;
  return std::nullopt;
}

}  // namespace preflight
