#include <fmt/format.h>

#include "job_states_listing.h"
#include "serializer_text.h"
#include "text_page.h"

namespace preflight {
namespace {

void write_notes(TextPage& page, const std::string& indent, const std::vector<SerializerNote>& notes) {
  for (const SerializerNote& note : notes) {
    const std::string where =
        note.where.empty() ? note.class_name : fmt::format("{} ({})", note.where, note.class_name);
    page.paragraph({{indent + "! ", Ink::yellow}}, {{indent + "  "}}, {{where + ": ", Ink::strong}, {note.text}});
  }
}

void write_unknown(TextPage& page, const std::string& indent, const std::string& reason) {
  if (!reason.empty())
    page.paragraph({{indent + "? ", Ink::yellow}}, {{indent + "  "}}, {{reason}});
}

void write_state(TextPage& page, const ExpectedState& expected) {
  std::string facts = fmt::format(" ({})", to_string(expected.state.kind));
  if (expected.conditional)
    facts += " · on some paths only";
  if (expected.lazy)
    facts += " · once a record comes";
  if (!expected.payload.empty())
    facts += " · bytes in the format " + expected.payload;
  if (!expected.place.class_name.empty())
    facts += " · " + to_text(expected.place);
  const bool named = expected.name_unknown_because.empty();
  page.paragraph(
      {{"  "}}, {{"    "}},
      {{named ? expected.state.name : "a state whose name is not known", Ink::strong, true}, {facts, Ink::faint}});
  write_unknown(page, "    ", expected.name_unknown_because);
  if (expected.ttl == JobState::Ttl::unknown)
    write_unknown(page, "    ", "whether it is given a time to live is not known");
  write_serializers(page, "    ", expected.state);
  write_notes(page, "    ", expected.notes);
}

std::string id_text(const ExpectedOperator& op) {
  if (op.ids.size() != 1)
    return op.ids.empty() ? "" : " · one of several uids";
  return (op.id_origin == ExpectedOperator::IdOrigin::automatic ? " · automatic ID " : " · ") + op.ids.front().hex();
}

void write_operator(TextPage& page, const JobOperator& call, const ExpectedOperator& op) {
  page.blank_line();
  std::vector<Span> title;
  if (!op.uids.empty())
    title.push_back({op.uids.front() + " ", Ink::strong, true});
  title.push_back({describe(call)});
  title.push_back({id_text(op), Ink::faint});
  page.paragraph({}, {{"  "}}, title);
  write_unknown(page, "  ", op.id_unknown_because);
  write_serializer(page, "  ", "key", op.key_serializer);
  write_notes(page, "  ", op.key_notes);
  for (const ExpectedState& state : op.states)
    write_state(page, state);
  write_unknown(page, "  ", op.states_incomplete_because);
}

}  // namespace

void write_job_states_text(const IdentifiedJob& job, const TextStyle& style, std::ostream& out) {
  TextPage page(style, out);
  page.paragraph({{"Job ", Ink::strong}}, {{job.model().entry_class, Ink::strong, true},
                                           {fmt::format(" on Flink {}", job.release().minor_text()), Ink::faint}});
  for (const ExpectedOperator& op : job.operators())
    write_operator(page, job.call_of(op), op);
  if (job.model().unknowns.empty() && job.model().incomplete_because.empty())
    return;
  page.blank_line();
  page.paragraph({{"Not known", Ink::strong}}, {});
  write_unknown(page, "  ", job.model().incomplete_because);
  for (const JobUnknown& unknown : job.model().unknowns) {
    const std::string place = unknown.place.class_name.empty() ? "" : " · " + to_text(unknown.place);
    page.paragraph({{"  ? ", Ink::yellow}}, {{"    "}},
                   {{unknown.what + ": ", Ink::strong}, {unknown.reason}, {place, Ink::faint}});
  }
}

}  // namespace preflight
