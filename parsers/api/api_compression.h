#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "input/byte_reader.h"

namespace preflight {

/// `raw` as a packed(...) of api_format.h.
std::vector<std::byte> packed(std::span<const std::byte> raw);

/// Reads a packed(...) at the reader. Throws InputError: truncated, corrupt, over_limit (more than `limit` raw bytes).
std::vector<std::byte> unpacked(ByteReader& reader, std::uint64_t limit, std::string_view what);

}  // namespace preflight
