#pragma once

#include <iosfwd>
#include <span>

#include "rule.h"
#include "table_summary.h"
#include "text_report.h"

namespace preflight {

/// `rules list`: each rule with its gravest severity, its title and what it needs; in JSON and Markdown in full.
void write_rules_text(std::span<const Rule> rules, const TextStyle& style, std::ostream& out);
void write_rules_json(std::span<const Rule> rules, std::ostream& out);
void write_rules_markdown(std::span<const Rule> rules, std::ostream& out);

/// `rules show`: all that there is to say of a rule.
void write_rule_text(const Rule& rule, const TextStyle& style, std::ostream& out);
void write_rule_json(const Rule& rule, std::ostream& out);
void write_rule_markdown(const Rule& rule, std::ostream& out);

/// `rules table-version`: how old the facts are, what they cover, and how many there are.
void write_table_summary_text(const TableSummary& summary, const TextStyle& style, std::ostream& out);
void write_table_summary_json(const TableSummary& summary, std::ostream& out);
void write_table_summary_markdown(const TableSummary& summary, std::ostream& out);

}  // namespace preflight
