#include <fmt/format.h>

#include <algorithm>

#include "change_marks.h"
#include "report_wording.h"
#include "savepoint_changes_listing.h"
#include "savepoint_wording.h"
#include "text_page.h"

namespace preflight {
namespace {

void write_value(TextPage& page, const std::string& indent, const ValueChange& value) {
  const std::vector<Span> lead{{indent + value.where + ": ", Ink::faint}};
  const std::vector<Span> hang{{indent + "  "}};
  if (value.before.empty())
    page.paragraph(lead, hang, {{"added ", Ink::green}, {value.after}});
  else if (value.after.empty())
    page.paragraph(lead, hang, {{"removed, was ", Ink::red}, {value.before}});
  else
    page.paragraph(lead, hang, {{value.before}, {" → ", Ink::yellow}, {value.after}});
}

void write_state(TextPage& page, const StateChange& state) {
  const ChangeMark mark = mark_of(state.change);
  page.paragraph({{fmt::format("  {} ", mark.sign), mark.ink}},
                 {{state.name, Ink::strong, true},
                  {fmt::format(" ({}) {}", to_string(state.kind), to_string(state.change)), Ink::faint}});
  for (const ValueChange& value : state.values)
    write_value(page, "      ", value);
}

void write_operator(TextPage& page, const OperatorChange& change) {
  const ChangeMark mark = mark_of(change.change);
  std::vector<Span> title{{change.uid.value_or(change.id.hex()), Ink::strong, true}};
  if (change.uid)
    title.push_back({" " + change.id.hex(), Ink::faint, true});
  if (change.name && change.name != change.uid)
    title.push_back({fmt::format(" \"{}\"", *change.name), Ink::faint});
  title.push_back({fmt::format(" {}", to_string(change.change)), mark.ink});
  if (change.bytes_before != change.bytes_after)
    title.push_back(
        {fmt::format(" · {} → {}", size_text(change.bytes_before), size_text(change.bytes_after)), Ink::faint});
  page.blank_line();
  page.paragraph({{fmt::format("{} ", mark.sign), mark.ink}}, title);
  for (const ValueChange& value : change.values)
    write_value(page, "    ", value);
  for (const StateChange& state : change.states)
    write_state(page, state);
}

std::size_t count(const SavepointChanges& changes, ChangeKind kind) {
  return static_cast<std::size_t>(std::ranges::count(changes.operators, kind, &OperatorChange::change));
}

}  // namespace

void write_savepoint_changes_text(const SavepointChanges& changes, const ComparedPaths& paths, const TextStyle& style,
                                  std::ostream& out) {
  TextPage page(style, out);
  page.paragraph({{"before  ", Ink::faint}}, {{paths.before, Ink::strong, true}});
  page.paragraph({{"after   ", Ink::faint}}, {{paths.after, Ink::strong, true}});
  page.paragraph({{"        "}}, {{fmt::format("{} added, {} removed, {} changed, {} the same",
                                               plural(count(changes, ChangeKind::added), "operator"),
                                               count(changes, ChangeKind::removed), count(changes, ChangeKind::changed),
                                               changes.unchanged_operators)}});
  for (const ValueChange& value : changes.values)
    write_value(page, "        ", value);
  for (const OperatorChange& change : changes.operators)
    write_operator(page, change);
}

}  // namespace preflight
