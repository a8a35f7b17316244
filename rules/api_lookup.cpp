#include "api_lookup.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <tuple>
#include <utility>

#include "classfile/access_flags.h"

namespace preflight {
namespace {

constexpr std::size_t kMostNear = 5;

/// The name behind the package, nested classes with dots: "Outer.Inner".
std::string source_name(std::string_view binary_name) {
  std::string name(binary_name.substr(binary_name.rfind('.') + 1));
  std::ranges::replace(name, '$', '.');
  return name;
}

std::string_view last_part(std::string_view name) {
  return name.substr(name.find_last_of(".$#") + 1);
}

/// Edit distance without regard to case; a misspelling is a few edits of the whole.
std::size_t distance(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return std::tolower(static_cast<unsigned char>(c)); };
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j)
    row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substituted = diagonal + (lower(a[i - 1]) == lower(b[j - 1]) ? 0 : 1);
      diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, substituted}));
    }
  }
  return row.back();
}

/// Keeps the names nearest to a wanted one.
class Nearest {
 public:
  explicit Nearest(std::string_view wanted) : wanted_(wanted), limit_(1 + wanted.size() / 4) {}

  void offer(std::string_view simple, std::string name) {
    const std::size_t gap =
        simple.size() > wanted_.size() ? simple.size() - wanted_.size() : wanted_.size() - simple.size();
    if (gap > limit_)
      return;
    if (const std::size_t edits = distance(wanted_, simple); edits <= limit_)
      names_.emplace(edits, std::move(name));
  }

  std::vector<std::string> take() const {
    std::vector<std::string> result;
    for (const auto& [edits, name] : names_)
      if (result.size() < kMostNear)
        result.push_back(name);
    return result;
  }

 private:
  std::string_view wanted_;
  std::size_t limit_;
  std::set<std::pair<std::size_t, std::string>> names_;
};

/// The class of a full name, whose nested classes may be written with dots.
const ApiClass* find_full_name(const ApiIndex& index, std::string name) {
  for (;;) {
    if (const ApiClass* found = index.find_class(name))
      return found;
    const std::size_t dot = name.rfind('.');
    if (dot == std::string::npos)
      return nullptr;
    name[dot] = '$';
  }
}

template <class Visit>
void for_each_class(const ApiIndex& index, const Visit& visit) {
  for (const std::string_view package : index.packages())
    for (const ApiClass& declared : index.classes_of(package))
      visit(declared);
}

/// Classes of that simple name: those that are called so as a whole, else nested ones whose own name it is.
std::vector<const ApiClass*> find_simple_name(const ApiIndex& index, std::string name) {
  // The source name of a Scala object, Thing$, ends with an empty name of its own.
  if (name.empty())
    return {};
  std::ranges::replace(name, '$', '.');
  std::vector<const ApiClass*> whole;
  std::vector<const ApiClass*> nested;
  for_each_class(index, [&](const ApiClass& declared) {
    const std::string own = source_name(declared.name);
    if (own == name)
      whole.push_back(&declared);
    else if (own.ends_with(name) && own[own.size() - name.size() - 1] == '.')
      nested.push_back(&declared);
  });
  return whole.empty() ? nested : whole;
}

std::vector<ApiMemberHistory> members_of(const ApiIndex& index, const ApiClass& declared, std::string_view name) {
  std::vector<ApiMemberHistory> histories;
  std::vector<const ApiMember*> records;
  const auto close = [&] {
    if (!records.empty())
      histories.push_back({records.back(), periods_of(index, records)});
    records.clear();
  };
  for (const ApiMember& member : declared.members) {
    if (name.empty() ? (member.access_flags & kAccSynthetic) != 0 : member.name != name)
      continue;
    if (!records.empty() && std::tie(records.back()->kind, records.back()->name, records.back()->descriptor) !=
                                std::tie(member.kind, member.name, member.descriptor))
      close();
    records.push_back(&member);
  }
  close();
  return histories;
}

/// The class itself or the nearest super class or interface, as it was last, that has a member of that name.
const ApiClass* owner_of(const ApiIndex& index, const ApiClass& start, std::string_view member,
                         std::set<std::string_view>& seen) {
  if (!seen.insert(start.name).second)
    return nullptr;
  if (std::ranges::find(start.members, member, &ApiMember::name) != start.members.end())
    return &start;
  std::vector<std::string_view> parents = start.forms.back().interfaces;
  parents.insert(parents.begin(), start.forms.back().super_class);
  for (const std::string_view parent : parents)
    if (const ApiClass* next = index.find_class(parent))
      if (const ApiClass* found = owner_of(index, *next, member, seen))
        return found;
  return nullptr;
}

/// A class, and the name of a member where there is one behind it.
struct Reading {
  std::vector<const ApiClass*> classes;
  std::string member;
};

std::vector<const ApiClass*> find_classes(const ApiIndex& index, const std::string& name) {
  if (const ApiClass* found = find_full_name(index, name))
    return {found};
  return find_simple_name(index, name);
}

Reading read_name(const ApiIndex& index, std::string_view name) {
  if (const std::size_t mark = name.find('#'); mark != std::string_view::npos)
    return {find_classes(index, std::string(name.substr(0, mark))), std::string(name.substr(mark + 1))};
  Reading reading{find_classes(index, std::string(name)), ""};
  const std::size_t dot = name.rfind('.');
  if (reading.classes.empty() && dot != std::string_view::npos)
    reading = {find_classes(index, std::string(name.substr(0, dot))), std::string(name.substr(dot + 1))};
  return reading;
}

/// Classes that look like the name, whose last part may be a member's: those start in lower case.
std::vector<std::string> near_classes(const ApiIndex& index, std::string_view name) {
  std::string_view wanted = last_part(name);
  if (wanted.size() < name.size() && !wanted.empty() && std::islower(static_cast<unsigned char>(wanted.front())) != 0)
    wanted = last_part(name.substr(0, name.size() - wanted.size() - 1));
  Nearest nearest(wanted);
  for_each_class(
      index, [&](const ApiClass& declared) { nearest.offer(last_part(declared.name), std::string(declared.name)); });
  return nearest.take();
}

std::vector<std::string> near_members(const ApiClass& declared, std::string_view name) {
  Nearest nearest(name);
  for (const ApiMember& member : declared.members)
    nearest.offer(member.name, std::string(declared.name) + "." + std::string(member.name));
  return nearest.take();
}

}  // namespace

ApiLookup look_up(const ApiIndex& index, std::string_view name) {
  const Reading reading = read_name(index, name);
  ApiLookup lookup{.member = reading.member};
  if (reading.classes.empty()) {
    lookup.near = near_classes(index, name);
    return lookup;
  }
  if (reading.classes.size() > 1) {
    for (const ApiClass* candidate : reading.classes)
      lookup.candidates.emplace_back(candidate->name);
    return lookup;
  }
  const ApiClass* declared = reading.classes.front();
  if (!reading.member.empty()) {
    std::set<std::string_view> seen;
    const ApiClass* owner = owner_of(index, *declared, reading.member, seen);
    if (owner == nullptr) {
      lookup.near = near_members(*declared, reading.member);
      return lookup;
    }
    lookup.asked_in = owner == declared ? "" : std::string(declared->name);
    declared = owner;
  }
  lookup.declared = declared;
  lookup.periods = periods_of(index, declared->forms);
  lookup.members = members_of(index, *declared, reading.member);
  return lookup;
}

}  // namespace preflight
