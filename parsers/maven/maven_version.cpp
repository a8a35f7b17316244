#include "maven/maven_version.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace preflight {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// A part of a version. Kinds rank as in GenericVersion.Item: any number is above any word.
struct Item {
  enum class Kind { qualifier, word, number };
  Kind kind = Kind::number;
  int rank = 0;      ///< Of a qualifier, against the release at 0.
  std::string text;  ///< Of a number without leading zeros.

  bool is_number() const { return kind == Kind::number; }

  std::strong_ordering against_nothing() const {
    if (kind == Kind::qualifier)
      return rank <=> 0;
    return kind == Kind::word || !text.empty() ? std::strong_ordering::greater : std::strong_ordering::equal;
  }

  std::strong_ordering operator<=>(const Item& other) const {
    if (kind != other.kind)
      return kind <=> other.kind;
    if (kind == Kind::qualifier)
      return rank <=> other.rank;
    if (kind == Kind::number && text.size() != other.text.size())
      return text.size() <=> other.text.size();
    return text.compare(other.text) <=> 0;
  }
};

Item item_of(std::string text, bool before_number) {
  if (is_digit(text.front())) {
    text.erase(0, text.find_first_not_of('0'));
    return {Item::Kind::number, 0, text};
  }
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); });
  constexpr std::array<std::pair<std::string_view, int>, 9> kQualifiers = {{{"alpha", -5},
                                                                            {"beta", -4},
                                                                            {"milestone", -3},
                                                                            {"cr", -2},
                                                                            {"rc", -2},
                                                                            {"snapshot", -1},
                                                                            {"ga", 0},
                                                                            {"final", 0},
                                                                            {"sp", 1}}};
  constexpr std::array<std::pair<std::string_view, int>, 3> kShort = {{{"a", -5}, {"b", -4}, {"m", -3}}};
  for (const auto& [name, rank] : kQualifiers)
    if (text == name)
      return {Item::Kind::qualifier, rank, ""};
  for (const auto& [name, rank] : kShort)
    if (before_number && text == name)
      return {Item::Kind::qualifier, rank, ""};
  if (text == "release")
    return {Item::Kind::qualifier, 0, ""};
  return {Item::Kind::word, 0, text};
}

/// Cuts at separators and where digits begin or end.
std::vector<Item> items_of(std::string_view version) {
  const auto separates = [](char c) { return c == '.' || c == '-' || c == '_'; };
  std::vector<Item> items;
  for (std::size_t at = 0; at < version.size();) {
    if (separates(version[at])) {
      ++at;
      continue;
    }
    std::size_t end = at + 1;
    while (end < version.size() && !separates(version[end]) && is_digit(version[end]) == is_digit(version[at]))
      ++end;
    items.push_back(item_of(std::string(version.substr(at, end - at)), end < version.size() && is_digit(version[end])));
    at = end;
  }
  // Zeros and releases at the end of a run of numbers or of words say nothing: 1.0.0 is 1, 1.0-rc is 1-rc.
  for (std::size_t i = items.size(); i-- > 1;) {
    const bool ends_run = i + 1 == items.size() || items[i + 1].is_number() != items[i].is_number();
    const bool in_run = i + 1 == items.size() || items[i - 1].is_number() == items[i].is_number();
    if (ends_run && in_run && items[i].against_nothing() == 0)
      items.erase(items.begin() + static_cast<std::ptrdiff_t>(i));
  }
  return items;
}

/// What follows in one version where the other has ended, or has gone on to words.
std::strong_ordering rest_against_nothing(const std::vector<Item>& items, std::size_t from,
                                          std::optional<bool> numbers) {
  for (std::size_t i = from; i < items.size(); ++i) {
    if (numbers && *numbers != items[i].is_number())
      break;
    if (const auto order = items[i].against_nothing(); order != 0)
      return order;
  }
  return std::strong_ordering::equal;
}

std::strong_ordering reversed(std::strong_ordering order) {
  return 0 <=> order;
}

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  return first == std::string_view::npos ? ""
                                         : std::string(text.substr(first, text.find_last_not_of(" \t") - first + 1));
}

}  // namespace

std::strong_ordering compare_versions(std::string_view left, std::string_view right) {
  const std::vector<Item> a = items_of(left);
  const std::vector<Item> b = items_of(right);
  std::optional<bool> numbers;
  for (std::size_t i = 0;; ++i) {
    if (i >= a.size())
      return i >= b.size() ? std::strong_ordering::equal : reversed(rest_against_nothing(b, i, std::nullopt));
    if (i >= b.size())
      return rest_against_nothing(a, i, std::nullopt);
    if (a[i].is_number() != b[i].is_number() && numbers)
      return *numbers == a[i].is_number() ? rest_against_nothing(a, i, numbers)
                                          : reversed(rest_against_nothing(b, i, numbers));
    if (const auto order = a[i] <=> b[i]; order != 0)
      return order;
    numbers = a[i].is_number();
  }
}

bool is_version_range(std::string_view version) {
  return version.starts_with('[') || version.starts_with('(');
}

std::optional<VersionRange> VersionRange::parse(std::string_view text) {
  VersionRange range;
  while (is_version_range(text)) {
    const auto close = text.find_first_of(")]");
    if (close == std::string_view::npos)
      return std::nullopt;
    const std::string_view inside = text.substr(1, close - 1);
    const auto comma = inside.find(',');
    Interval interval{.lowest = trimmed(inside.substr(0, comma)),
                      .highest = trimmed(comma == std::string_view::npos ? inside : inside.substr(comma + 1)),
                      .lowest_included = text.front() == '[',
                      .highest_included = text[close] == ']'};
    const bool single = comma == std::string_view::npos;
    if (single && (interval.lowest.empty() || !interval.lowest_included || !interval.highest_included))
      return std::nullopt;
    range.intervals_.push_back(std::move(interval));
    text.remove_prefix(close + 1);
    const auto next = text.find_first_not_of(", ");
    text.remove_prefix(next == std::string_view::npos ? text.size() : next);
  }
  return text.empty() && !range.intervals_.empty() ? std::optional(range) : std::nullopt;
}

bool VersionRange::contains(std::string_view version) const {
  return std::any_of(intervals_.begin(), intervals_.end(), [&](const Interval& interval) {
    const auto above =
        interval.lowest.empty() ? std::strong_ordering::greater : compare_versions(version, interval.lowest);
    const auto below =
        interval.highest.empty() ? std::strong_ordering::less : compare_versions(version, interval.highest);
    return (above > 0 || (above == 0 && interval.lowest_included)) &&
           (below < 0 || (below == 0 && interval.highest_included));
  });
}

std::optional<std::string> VersionRange::only_version() const {
  if (intervals_.size() != 1 || intervals_[0].lowest.empty() || intervals_[0].lowest != intervals_[0].highest)
    return std::nullopt;
  return intervals_[0].lowest;
}

std::optional<std::string> VersionRange::highest_of(const std::vector<std::string>& versions) const {
  std::optional<std::string> highest;
  for (const std::string& version : versions) {
    if (contains(version) && (!highest || compare_versions(version, *highest) > 0))
      highest = version;
  }
  return highest;
}

}  // namespace preflight
