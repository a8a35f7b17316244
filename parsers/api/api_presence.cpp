#include "api/api_presence.h"

#include <algorithm>
#include <tuple>

namespace preflight {
namespace {

bool adjoin(const ApiSpan& before, const ApiSpan& after, std::span<const ApiSpan> lines) {
  return before.last + 1 == after.first &&
         std::ranges::none_of(lines, [&](const ApiSpan& line) { return line.first == after.first; });
}

bool same_but_span(const ApiClassForm& a, const ApiClassForm& b) {
  return a.access_flags == b.access_flags && a.super_class == b.super_class && a.interfaces == b.interfaces &&
         a.module == b.module && a.stability == b.stability && a.deprecated == b.deprecated;
}

bool same_symbol(const ApiMember& a, const ApiMember& b) {
  return a.kind == b.kind && a.name == b.name && a.descriptor == b.descriptor;
}

bool same_but_span(const ApiMember& a, const ApiMember& b) {
  return same_symbol(a, b) && a.access_flags == b.access_flags && a.stability == b.stability &&
         a.deprecated == b.deprecated;
}

constexpr auto kSymbolAndFirst = [](const ApiMember& member) {
  return std::tuple(member.kind, member.name, member.descriptor, member.span.first);
};

/// Takes from a record what the one before it has already, then joins it to that one where they are the same.
template <class Record, class SameSymbol>
void join(std::vector<Record>& records, std::span<const ApiSpan> lines, const SameSymbol& same_symbol_as) {
  std::vector<Record> joined;
  joined.reserve(records.size());
  for (Record& record : records) {
    if (!joined.empty() && same_symbol_as(joined.back(), record)) {
      Record& before = joined.back();
      if (record.span.last <= before.span.last)
        continue;
      if (record.span.first <= before.span.last)
        record.span.first = static_cast<std::uint16_t>(before.span.last + 1);
      if (same_but_span(before, record) && adjoin(before.span, record.span, lines)) {
        before.span.last = record.span.last;
        continue;
      }
    }
    joined.push_back(std::move(record));
  }
  records = std::move(joined);
}

}  // namespace

std::vector<ApiSpan> presence_of(const ApiClass& declared, std::span<const ApiSpan> lines) {
  std::vector<ApiSpan> presence;
  for (const ApiClassForm& form : declared.forms)
    if (!presence.empty() && adjoin(presence.back(), form.span, lines))
      presence.back().last = form.span.last;
    else
      presence.push_back(form.span);
  return presence;
}

void normalize(ApiClass& declared, std::span<const ApiSpan> lines) {
  std::ranges::stable_sort(declared.forms, {}, [](const ApiClassForm& form) { return form.span.first; });
  join(declared.forms, lines, [](const ApiClassForm&, const ApiClassForm&) { return true; });
  std::ranges::stable_sort(declared.members, {}, kSymbolAndFirst);
  join(declared.members, lines, same_symbol);
}

}  // namespace preflight
