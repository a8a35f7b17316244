#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace preflight {

/// The 16 bytes by which Flink finds an operator's state (org.apache.flink.runtime.jobgraph.OperatorID), in the order
/// in which `_metadata` stores them and in which their hex text shows them.
struct OperatorId {
  std::array<std::uint8_t, 16> bytes{};

  auto operator<=>(const OperatorId&) const = default;

  /// 32 lower-case hex digits.
  std::string hex() const;
  /// The inverse of hex(); nullopt unless `text` is 32 hex digits of either case.
  static std::optional<OperatorId> from_hex(std::string_view text);
};

/// The operator ID that Flink derives from `uid("…")`: MurmurHash3 x64 128 with seed 0 over the UTF-8 bytes
/// (StreamGraphHasherV2#generateUserSpecifiedHash).
OperatorId operator_id_of_uid(std::string_view uid);

}  // namespace preflight
