#include "suggestion.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace preflight {
namespace {

std::size_t edit_distance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j)
    row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substitution = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, substitution}));
    }
  }
  return row.back();
}

}  // namespace

std::string nearest_name(const std::string& given, const std::vector<std::string>& names) {
  std::size_t best = 3;
  std::string nearest;
  for (const std::string& name : names) {
    const std::size_t length_gap = given.size() > name.size() ? given.size() - name.size() : name.size() - given.size();
    const std::size_t distance = length_gap < best ? edit_distance(given, name) : best;
    if (distance < best) {
      best = distance;
      nearest = name;
    }
  }
  return nearest;
}

std::string did_you_mean(const std::string& given, const std::vector<std::string>& names) {
  const std::string nearest = nearest_name(given, names);
  return nearest.empty() ? std::string() : " Did you mean " + nearest + "?";
}

std::string one_of(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) {
    if (!text.empty())
      text += &name == &names.back() ? " or " : ", ";
    text += name;
  }
  return text;
}

}  // namespace preflight
