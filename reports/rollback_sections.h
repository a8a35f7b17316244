#pragma once

#include <string>

#include "html_writer.h"
#include "json_writer.h"
#include "rollback_readiness.h"
#include "text_page.h"

namespace preflight {

// The way back as each format shows it. A readiness without a sentence was not worked out, and is not shown.

/// "by hand", "with losses": what the heading says.
const char* rollback_word(RollbackVerdict verdict);

void write_rollback(TextPage& page, const RollbackReadiness& rollback);
void write_rollback(HtmlWriter& html, const RollbackReadiness& rollback);
void write_rollback(JsonWriter& json, const RollbackReadiness& rollback);
std::string rollback_markdown(const RollbackReadiness& rollback);

}  // namespace preflight
