#include "input/text_hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <random>

namespace preflight {
namespace {

std::uint64_t seed() {
  static const std::uint64_t kSeed = std::random_device{}();
  return kSeed;
}

}  // namespace

std::uint64_t text_hash(std::string_view text) {
  return XXH3_64bits_withSeed(text.data(), text.size(), seed());
}

}  // namespace preflight
