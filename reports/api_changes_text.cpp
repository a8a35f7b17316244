#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "api_listing.h"
#include "change_marks.h"
#include "java_source.h"
#include "text_page.h"

namespace preflight {
namespace {

void write_value(TextPage& page, const std::string& indent, const ValueChange& value) {
  const std::vector<Span> lead{{indent + value.where + ": ", Ink::faint}};
  const std::vector<Span> hang{{indent + "  "}};
  const auto shown = [](const std::string& text) { return text.empty() ? std::string("none") : text; };
  page.paragraph(lead, hang, {{shown(value.before)}, {" → ", Ink::yellow}, {shown(value.after)}});
}

void write_member(TextPage& page, const ApiMemberChange& change, std::string_view owner) {
  const ChangeMark mark = mark_of(change.change);
  const std::string modifiers = modifiers_of(change.member());
  std::vector<Span> spans{{modifiers.empty() ? "" : modifiers + ' ', Ink::faint},
                          {java_declaration(change.member(), owner, NameLength::simple)}};
  if (!change.inherited_from.empty())
    spans.push_back(
        {fmt::format(" · {} {}", change.change == ChangeKind::removed ? "inherited from" : "was inherited from",
                     java_class_name(change.inherited_from, NameLength::simple)),
         Ink::faint});
  else if (change.change == ChangeKind::removed && change.before->deprecated)
    spans.push_back({" · was deprecated", Ink::faint});
  page.paragraph({{fmt::format("  {} ", mark.sign), mark.ink}}, {{"      "}}, spans);
  for (const ValueChange& value : change.values)
    write_value(page, "      ", value);
}

void write_class(TextPage& page, const ApiClassChange& change) {
  const ChangeMark mark = mark_of(change.change);
  page.paragraph({{fmt::format("{} ", mark.sign), mark.ink}},
                 {{change.name, Ink::strong, true},
                  {fmt::format(" in {}{}", change.module, change.deprecated ? ", was deprecated" : ""), Ink::faint}});
  for (const ValueChange& value : change.values)
    write_value(page, "    ", value);
  for (const ApiMemberChange& member : change.members)
    write_member(page, member, change.name);
}

}  // namespace

void write_api_changes_text(const ApiChanges& changes, const TextStyle& style, std::ostream& out) {
  const auto count = [&](ChangeKind kind) {
    return static_cast<std::size_t>(std::ranges::count(changes.classes, kind, &ApiClassChange::change));
  };
  const std::size_t added = count(ChangeKind::added);
  TextPage page(style, out);
  page.paragraph({{changes.line + ' ', Ink::faint}}, {{changes.before + " → " + changes.after, Ink::strong, true}});
  page.paragraph({{"  "}}, {{fmt::format("{} {} added, {} removed, {} changed, {} the same", added,
                                         added == 1 ? "class" : "classes", count(ChangeKind::removed),
                                         count(ChangeKind::changed), changes.unchanged_classes)}});
  if (!changes.classes.empty())
    page.blank_line();
  for (const ApiClassChange& change : changes.classes)
    write_class(page, change);
}

}  // namespace preflight
