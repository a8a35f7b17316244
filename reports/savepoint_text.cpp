#include <fmt/format.h>

#include <algorithm>

#include "report_wording.h"
#include "savepoint_listing.h"
#include "savepoint_wording.h"
#include "serializer_text.h"
#include "text_page.h"
#include "unicode_text.h"

namespace preflight {
namespace {

void write_fact(TextPage& page, const char* label, const std::string& fact) {
  page.paragraph({{fmt::format("  {:<15}", label), Ink::faint}}, {{fact}});
}

std::string writer_text(std::int32_t metadata_version) {
  const bool known = !writers_of_metadata_version(metadata_version).first.empty();
  return fmt::format("{} (metadata version {})",
                     known ? "Flink " + writers_text(metadata_version) : "a release that is not known",
                     metadata_version);
}

std::string checkpoint_text(const Savepoint& savepoint) {
  std::string text = std::to_string(savepoint.checkpoint_id);
  if (savepoint.properties) {
    text += ", " + savepoint.properties->type;
    if (!savepoint.properties->format.empty())
      text += fmt::format(" in {} format", savepoint.properties->format);
  }
  return text;
}

std::string operators_text(const std::vector<OperatorState>& operators) {
  const auto with_state = std::ranges::count(operators, true, &OperatorState::has_state);
  return fmt::format("{}, {} with state", operators.size(), with_state);
}

void write_summary(TextPage& page, const Savepoint& savepoint) {
  std::uint64_t bytes = 0;
  std::size_t unread = 0;
  for (const OperatorState& state : savepoint.operators) {
    bytes += state.state_bytes;
    unread += state.unread.size();
  }
  page.paragraph({{"Savepoint ", Ink::strong}}, {{savepoint.metadata_path.string(), Ink::strong, true}});
  write_fact(page, "written by", writer_text(savepoint.metadata_version));
  write_fact(page, "checkpoint", checkpoint_text(savepoint));
  if (!savepoint.backends.empty())
    write_fact(page, "state backend", fmt::format("{}", fmt::join(savepoint.backends, ", ")));
  write_fact(page, "operators", operators_text(savepoint.operators));
  write_fact(page, "state", size_text(bytes));
  for (const MasterState& state : savepoint.master_states)
    write_fact(page, "master state", fmt::format("{} ({})", state.name, size_text(state.bytes)));
  if (unread > 0)
    write_fact(page, "not read", plural(unread, "part") + ", named with the operator");
}

bool has_serializer(const State& state) {
  return state.key || state.namespace_serializer || state.value || state.element || !state.other_serializers.empty();
}

void write_state(TextPage& page, const State& state, bool last) {
  const std::string stem = last ? "      " : "  │   ";
  std::vector<Span> spans{{state.name, Ink::strong, true}, {fmt::format(" ({})", to_string(state.kind)), Ink::faint}};
  if (!has_serializer(state))
    spans.push_back({" · serializers not read", Ink::yellow});
  if (state.differs_between_subtasks)
    spans.push_back({" · subtasks wrote different serializers", Ink::yellow});
  page.paragraph({{last ? "  └ " : "  ├ ", Ink::faint}}, {{stem + "  ", Ink::faint}}, spans);
  write_serializers(page, stem, state);
}

std::string scale_text(const OperatorState& state) {
  std::string text = fmt::format("parallelism {}, max {}", state.parallelism, state.max_parallelism);
  if (state.subtasks_with_state > 0)
    text += fmt::format(" · {} with state", plural(static_cast<std::size_t>(state.subtasks_with_state), "subtask"));
  if (state.fully_finished)
    text += " · finished";
  else if (state.finished_subtasks > 0)
    text += fmt::format(" · {} finished", plural(static_cast<std::size_t>(state.finished_subtasks), "subtask"));
  if (state.coordinator_state_bytes)
    text += fmt::format(" · coordinator {}", size_text(*state.coordinator_state_bytes));
  if (state.has_channel_state)
    text += " · in-flight data";
  return text;
}

void write_operator(TextPage& page, const OperatorState& state) {
  std::vector<Span> title{{state.uid ? *state.uid : state.id.hex(), Ink::strong, true}};
  if (state.name && state.name != state.uid)
    title.push_back({fmt::format(" ({})", *state.name), Ink::faint});
  title.push_back({" · " + size_text(state.state_bytes)});
  page.paragraph({}, {{"  "}}, title);
  if (state.uid)
    page.paragraph({{"  "}}, {{state.id.hex(), Ink::faint}});
  page.paragraph({{"  "}}, {{scale_text(state), Ink::faint}});
  write_serializer(page, "  ", "key", state.key_serializer);
  for (std::size_t i = 0; i < state.states.size(); ++i)
    write_state(page, state.states[i], i + 1 == state.states.size());
  for (const std::string& reason : state.unread)
    page.paragraph({{"  not read: ", Ink::yellow}}, {{reason}});
}

}  // namespace

void write_savepoint_text(const Savepoint& savepoint, const TextStyle& style, std::ostream& out) {
  TextPage page(style, out);
  write_summary(page, savepoint);
  if (style.quiet)
    return;
  for (const OperatorState& state : savepoint.operators) {
    page.blank_line();
    write_operator(page, state);
  }
}

}  // namespace preflight
