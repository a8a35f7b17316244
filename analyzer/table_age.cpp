#include "table_age.h"

#include <fmt/format.h>

#include <sstream>

#include "clock.h"
#include "compatibility_table.h"
#include "table_summary.h"
#include "table_wording.h"
#include "text_page.h"

namespace preflight {

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
