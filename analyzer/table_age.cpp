#include "table_age.h"

#include <fmt/format.h>

#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string_view>

#include "compatibility_table.h"
#include "table_summary.h"
#include "table_wording.h"
#include "text_page.h"

namespace preflight {

std::chrono::sys_days today() {
  const char* epoch = std::getenv("SOURCE_DATE_EPOCH");
  if (epoch != nullptr) {
    constexpr std::int64_t kLatest = 253402300799;  // The end of the year 9999.
    const std::string_view text(epoch);
    std::int64_t seconds = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (error == std::errc{} && stop == text.data() + text.size() && seconds >= 0 && seconds <= kLatest)
      return std::chrono::floor<std::chrono::days>(std::chrono::sys_seconds(std::chrono::seconds(seconds)));
  }
  return std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
}

namespace {

std::string wrapped(const char* sentence) {
  std::ostringstream text;
  TextPage({}, text).paragraph({}, {{sentence}});
  return std::move(text).str();
}

}  // namespace

std::string version_text() {
  const std::string version = read_compatibility_table(embedded_table_documents()).version;
  const auto date = date_of_table(version);
  const std::string text = fmt::format("flink-preflight {} (table {}{})\n", FLINK_PREFLIGHT_VERSION, version,
                                       date ? ", of " + date_text(*date) : "");
  if (date && is_old(*date, today()))
    return text + wrapped(old_table_note());
  return text;
}

}  // namespace preflight
