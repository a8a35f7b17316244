#include "serializer_text.h"

#include "unicode_text.h"

namespace preflight {
namespace {

/// The serializer alone, without what is nested in it.
std::string label_of(const SerializerSnapshot& snapshot) {
  SerializerSnapshot alone;
  alone.serializer = snapshot.serializer;
  alone.parameters = snapshot.parameters;
  return to_text(alone);
}

/// On one line where it fits, otherwise a line for each serializer, indented by its depth.
void write_tree(TextPage& page, const std::string& indent, const std::string& label,
                const SerializerSnapshot& snapshot) {
  const std::string start = indent + label;
  const std::string one_line = to_text(snapshot);
  const std::vector<Span> lead{{indent, Ink::faint}, {label, Ink::faint}};
  const std::vector<Span> hang{{indent + "  ", Ink::faint}};
  if (display_width(visible_text(start)) + display_width(visible_text(one_line)) <= page.columns()) {
    page.paragraph(lead, hang, {{one_line, Ink::plain, true}});
    return;
  }
  page.paragraph(lead, hang, {{label_of(snapshot)}});
  const std::string deeper = indent + "  ";
  for (const SerializerSnapshot& nested : snapshot.nested)
    write_tree(page, deeper, "", nested);
  for (const SerializerField& field : snapshot.fields) {
    if (field.serializer.empty())
      page.paragraph({{deeper, Ink::faint}, {field.name + ": ", Ink::faint}}, {{"no serializer", Ink::yellow}});
    else
      write_tree(page, deeper, field.name + ": ", field.serializer.front());
  }
}

/// Flink's stand-in for "no namespace": every state without windows has it, so it says nothing.
bool says_something(const std::optional<SerializerSnapshot>& namespace_serializer) {
  return namespace_serializer && namespace_serializer->serializer != "VoidNamespaceSerializer";
}

}  // namespace

void write_serializer(TextPage& page, const std::string& indent, const std::string& role,
                      const std::optional<SerializerSnapshot>& snapshot) {
  if (snapshot)
    write_tree(page, indent, role + ": ", *snapshot);
}

void write_serializers(TextPage& page, const std::string& indent, const State& state) {
  write_serializer(page, indent, "key", state.key);
  if (says_something(state.namespace_serializer))
    write_serializer(page, indent, "namespace", state.namespace_serializer);
  write_serializer(page, indent, "value", state.value);
  write_serializer(page, indent, "element", state.element);
  for (const auto& [role, serializer] : state.other_serializers)
    write_serializer(page, indent, role, serializer);
}

}  // namespace preflight
