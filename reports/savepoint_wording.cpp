#include "savepoint_wording.h"

#include <fmt/format.h>

#include <array>

#include "savepoint/savepoint.h"

namespace preflight {

std::string writers_text(std::int32_t metadata_version) {
  const WriterVersions writers = writers_of_metadata_version(metadata_version);
  if (writers.first.empty())
    return "unknown";
  if (writers.last.empty())
    return writers.first + " or later";
  return writers.first == writers.last ? writers.first : writers.first + " to " + writers.last;
}

std::string size_text(std::uint64_t bytes) {
  constexpr double kStep = 1024;
  constexpr std::array<const char*, 6> kUnits{"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  if (bytes < 1024)
    return fmt::format("{} byte{}", bytes, bytes == 1 ? "" : "s");
  double amount = static_cast<double>(bytes) / kStep;
  std::size_t unit = 0;
  // 1023.95 would be printed as 1024.0.
  while (amount >= kStep - 0.05 && unit + 1 < kUnits.size()) {
    amount /= kStep;
    ++unit;
  }
  return fmt::format("{:.1f} {}", amount, kUnits.at(unit));
}

}  // namespace preflight
