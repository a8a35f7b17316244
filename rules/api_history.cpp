#include "api_history.h"

#include <algorithm>
#include <set>

namespace preflight {
namespace {

class Periods {
 public:
  explicit Periods(const ApiIndex& index) : index_(index) {}

  void add(const ApiSpan& span, ApiStability stability, bool deprecated) {
    const std::vector<ApiRelease>& releases = index_.releases();
    const ApiSpan line = *index_.line(releases[span.first].line);
    if (periods_.empty() || last_ + 1 != span.first || line.first == span.first)
      periods_.push_back({.line = releases[span.first].line,
                          .since = releases[span.first].version,
                          .since_the_oldest = span.first == line.first});
    ApiPeriod& period = periods_.back();
    period.until = releases[span.last].version;
    period.gone_in = span.last == line.last ? "" : releases[span.last + 1U].version;
    period.stability = stability;
    if (!deprecated)
      period.deprecated_since.clear();
    else if (period.deprecated_since.empty())
      period.deprecated_since = releases[span.first].version;
    last_ = span.last;
  }

  std::vector<ApiPeriod> take() { return std::move(periods_); }

 private:
  const ApiIndex& index_;
  std::vector<ApiPeriod> periods_;
  std::size_t last_ = 0;
};

const ApiClass* search(const ApiIndex& index, const ApiClass& in, const ApiMember& symbol, std::uint16_t ordinal,
                       std::set<std::string_view>& seen) {
  if (!seen.insert(in.name).second)
    return nullptr;
  if (in.member(symbol.kind, symbol.name, symbol.descriptor, ordinal) != nullptr)
    return &in;
  const ApiClassForm* form = in.form(ordinal);
  // A constructor is not inherited.
  if (form == nullptr || symbol.name == "<init>")
    return nullptr;
  std::vector<std::string_view> parents = form->interfaces;
  if (!form->super_class.empty())
    parents.insert(parents.begin(), form->super_class);
  for (const std::string_view parent : parents)
    if (const ApiClass* next = index.find_class(parent))
      if (const ApiClass* found = search(index, *next, symbol, ordinal, seen))
        return found;
  return nullptr;
}

}  // namespace

std::vector<ApiPeriod> periods_of(const ApiIndex& index, const std::vector<ApiClassForm>& forms) {
  Periods periods(index);
  for (const ApiClassForm& form : forms)
    periods.add(form.span, form.stability, form.deprecated);
  return periods.take();
}

std::vector<ApiPeriod> periods_of(const ApiIndex& index, const std::vector<const ApiMember*>& records) {
  Periods periods(index);
  for (const ApiMember* record : records)
    periods.add(record->span, record->stability, record->deprecated);
  return periods.take();
}

std::string_view annotation_of(ApiStability stability) {
  switch (stability) {
    case ApiStability::unmarked:
      return "";
    case ApiStability::public_api:
      return "@Public";
    case ApiStability::public_evolving:
      return "@PublicEvolving";
    case ApiStability::experimental:
      return "@Experimental";
    case ApiStability::internal:
      return "@Internal";
  }
  return "";
}

const ApiClass* declaring_class(const ApiIndex& index, const ApiClass& start, const ApiMember& symbol,
                                std::uint16_t ordinal) {
  std::set<std::string_view> seen;
  return search(index, start, symbol, ordinal, seen);
}

std::optional<std::uint16_t> find_release(const ApiIndex& index, std::string_view line, std::string_view version) {
  if (const auto exact = index.ordinal(line, version))
    return exact;
  const std::optional<ApiSpan> span = index.line(line);
  if (!span || version.empty())
    return std::nullopt;
  for (std::size_t ordinal = std::size_t{span->last} + 1; ordinal-- > span->first;) {
    const std::string& known = index.releases()[ordinal].version;
    if (known.starts_with(version) && (known[version.size()] == '.' || known[version.size()] == '-'))
      return static_cast<std::uint16_t>(ordinal);
  }
  return std::nullopt;
}

}  // namespace preflight
