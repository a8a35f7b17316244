#include <fmt/format.h>

#include <algorithm>

#include "api_listing.h"
#include "java_source.h"
#include "text_page.h"

namespace preflight {
namespace {

std::string span_text(const ApiPeriod& period) {
  const std::string since = period.since + (period.since_the_oldest ? " or before" : "");
  if (period.gone_in.empty())
    return "since " + since;
  return period.since == period.until ? since : since + " to " + period.until;
}

void write_period(TextPage& page, const std::string& indent, const ApiPeriod& period) {
  std::vector<Span> spans{{span_text(period)}};
  if (!period.gone_in.empty())
    spans.push_back({", gone in " + period.gone_in, Ink::red});
  if (!period.deprecated_since.empty())
    spans.push_back(
        {period.deprecated_since == period.since ? ", deprecated" : ", deprecated since " + period.deprecated_since,
         Ink::yellow});
  if (period.stability != ApiStability::unmarked)
    spans.push_back({fmt::format(", {}", annotation_of(period.stability))});
  page.paragraph({{indent + period.line + ' ', Ink::faint}}, spans);
}

/// Whether a member's periods say nothing that its class's have not said.
bool says_nothing_new(const std::vector<ApiPeriod>& of_member, const std::vector<ApiPeriod>& of_class) {
  return std::ranges::equal(of_member, of_class, [](const ApiPeriod& member, const ApiPeriod& declared) {
    return member.line == declared.line && member.since == declared.since && member.until == declared.until &&
           member.deprecated_since.empty() && member.stability == ApiStability::unmarked;
  });
}

void write_class(TextPage& page, const ApiLookup& lookup) {
  const ApiClass& declared = *lookup.declared;
  const ApiClassForm& form = declared.forms.back();
  page.paragraph({}, {{std::string(declared.name), Ink::strong, true}});
  page.paragraph({{"  "}}, {{modifiers_of(form)}, {fmt::format(" in {}", form.module), Ink::faint}});
  if (!form.super_class.empty() && form.super_class != "java.lang.Object")
    page.paragraph({{"  extends ", Ink::faint}}, {{java_class_name(form.super_class, NameLength::full)}});
  std::string interfaces;
  for (const std::string_view name : form.interfaces)
    interfaces += (interfaces.empty() ? "" : ", ") + java_class_name(name, NameLength::full);
  if (!interfaces.empty())
    page.paragraph({{"  implements ", Ink::faint}}, {{interfaces}});
  for (const ApiPeriod& period : lookup.periods)
    write_period(page, "  ", period);
}

}  // namespace

void write_api_lookup_text(const ApiLookup& lookup, const TextStyle& style, std::ostream& out) {
  TextPage page(style, out);
  if (!lookup.asked_in.empty())
    page.paragraph({}, {{fmt::format("{} inherits {} from:", lookup.asked_in, lookup.member), Ink::faint}});
  write_class(page, lookup);
  if (!lookup.members.empty())
    page.blank_line();
  for (const ApiMemberHistory& history : lookup.members) {
    const std::string modifiers = modifiers_of(*history.member);
    page.paragraph({{"  "}}, {{"    "}},
                   {{modifiers.empty() ? "" : modifiers + ' ', Ink::faint},
                    {java_declaration(*history.member, lookup.declared->name, NameLength::simple)}});
    if (!lookup.member.empty() || !says_nothing_new(history.periods, lookup.periods))
      for (const ApiPeriod& period : history.periods)
        write_period(page, "      ", period);
  }
}

void write_api_releases_text(const ApiIndex& index, const TextStyle& style, std::ostream& out) {
  TextPage page(style, out);
  std::vector<Span> versions;
  const std::vector<ApiRelease>& releases = index.releases();
  for (std::size_t i = 0; i < releases.size(); ++i) {
    const bool last = i + 1 == releases.size() || releases[i + 1].line != releases[i].line;
    versions.push_back({releases[i].version + (last ? "" : ", ")});
    if (!last)
      continue;
    page.paragraph({{releases[i].line + ' ', Ink::strong}}, {{"  "}}, versions);
    versions.clear();
  }
}

}  // namespace preflight
