#include "api_changes.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <tuple>
#include <utility>

#include "api_history.h"
#include "classfile/access_flags.h"

namespace preflight {
namespace {

constexpr std::uint16_t kPublicOrProtected = kAccPublic | kAccProtected;

std::string keywords(std::uint16_t flags) {
  constexpr std::array<std::pair<std::uint16_t, std::string_view>, 6> kKeywords{{
      {kAccPublic, "public"},
      {kAccProtected, "protected"},
      {kAccPrivate, "private"},
      {kAccAbstract, "abstract"},
      {kAccStatic, "static"},
      {kAccFinal, "final"},
  }};
  std::string text;
  for (const auto& [flag, keyword] : kKeywords)
    if ((flags & flag) != 0)
      text += (text.empty() ? "" : " ") + std::string(keyword);
  return text;
}

std::string joined(const std::vector<std::string_view>& names) {
  std::string text;
  for (const std::string_view name : names)
    text += (text.empty() ? "" : ", ") + std::string(name);
  return text;
}

void note(std::vector<ValueChange>& values, const char* where, std::string before, std::string after) {
  if (before != after)
    values.push_back({where, std::move(before), std::move(after)});
}

template <class Marked>
void note_marks(std::vector<ValueChange>& values, const Marked& before, const Marked& after) {
  note(values, "modifiers", modifiers_of(before), modifiers_of(after));
  note(values, "promise", std::string(annotation_of(before.stability)), std::string(annotation_of(after.stability)));
  note(values, "deprecated", before.deprecated ? "yes" : "", after.deprecated ? "yes" : "");
}

using Symbol = std::tuple<ApiMember::Kind, std::string_view, std::string_view>;

Symbol symbol_of(const ApiMember& member) {
  return {member.kind, member.name, member.descriptor};
}

class Comparison {
 public:
  Comparison(const ApiIndex& index, std::uint16_t before, std::uint16_t after, const ApiChangeScope& scope)
      : index_(index), before_(before), after_(after), scope_(scope) {}

  ApiChanges run() {
    const ApiRelease& release = index_.releases()[before_];
    ApiChanges changes{.line = release.line, .before = release.version, .after = index_.releases()[after_].version};
    for (const std::string_view package : index_.packages())
      if (is_in_scope(package))
        for (const ApiClass& declared : index_.classes_of(package))
          add(declared, changes);
    return changes;
  }

 private:
  bool is_in_scope(std::string_view package) const {
    return scope_.package.empty() || package == scope_.package || package.starts_with(scope_.package + '.');
  }

  bool shows(std::uint16_t access_flags) const {
    return !scope_.public_only || (access_flags & kPublicOrProtected) != 0;
  }

  void add(const ApiClass& declared, ApiChanges& changes) const {
    const ApiClassForm* before = declared.form(before_);
    const ApiClassForm* after = declared.form(after_);
    if ((before == nullptr || !shows(before->access_flags)) && (after == nullptr || !shows(after->access_flags)))
      return;
    ApiClassChange change{.name = std::string(declared.name),
                          .module = std::string((after != nullptr ? after : before)->module)};
    if (before == nullptr || after == nullptr) {
      change.change = before == nullptr ? ChangeKind::added : ChangeKind::removed;
      change.deprecated = before != nullptr && before->deprecated;
    } else {
      note_marks(change.values, *before, *after);
      note(change.values, "extends", std::string(before->super_class), std::string(after->super_class));
      note(change.values, "implements", joined(before->interfaces), joined(after->interfaces));
      note(change.values, "module", std::string(before->module), std::string(after->module));
      add_members(declared, change.members);
      if (change.values.empty() && change.members.empty()) {
        ++changes.unchanged_classes;
        return;
      }
    }
    changes.classes.push_back(std::move(change));
  }

  void add_members(const ApiClass& declared, std::vector<ApiMemberChange>& changes) const {
    // Records of one symbol stand together.
    for (auto record = declared.members.begin(); record != declared.members.end();) {
      const auto end = std::find_if(record, declared.members.end(),
                                    [&](const ApiMember& other) { return symbol_of(other) != symbol_of(*record); });
      const auto in = [&](std::uint16_t ordinal) {
        const auto found = std::find_if(record, end, [&](const ApiMember& one) { return one.span.contains(ordinal); });
        return found == end ? nullptr : &*found;
      };
      add_member(declared, in(before_), in(after_), changes);
      record = end;
    }
  }

  void add_member(const ApiClass& declared, const ApiMember* before, const ApiMember* after,
                  std::vector<ApiMemberChange>& changes) const {
    const auto shown = [&](const ApiMember* member) {
      return member != nullptr && shows(member->access_flags) && (member->access_flags & kAccSynthetic) == 0;
    };
    if (!shown(before) && !shown(after))
      return;
    ApiMemberChange change{.before = before, .after = after};
    if (before == nullptr || after == nullptr) {
      change.change = before == nullptr ? ChangeKind::added : ChangeKind::removed;
      const ApiClass* other = declaring_class(index_, declared, change.member(), before == nullptr ? before_ : after_);
      change.inherited_from = other == nullptr ? "" : std::string(other->name);
    } else {
      note_marks(change.values, *before, *after);
      if (change.values.empty())
        return;
    }
    changes.push_back(std::move(change));
  }

  const ApiIndex& index_;
  std::uint16_t before_;
  std::uint16_t after_;
  const ApiChangeScope& scope_;
};

}  // namespace

std::string modifiers_of(const ApiClassForm& form) {
  const auto flags = form.access_flags;
  const auto with_kind = [&](std::uint16_t implied, const char* kind) {
    const std::string words = keywords(static_cast<std::uint16_t>(flags & ~implied));
    return words.empty() ? std::string(kind) : words + ' ' + kind;
  };
  if ((flags & kAccAnnotation) != 0)
    return with_kind(kAccAbstract, "@interface");
  if ((flags & kAccInterface) != 0)
    return with_kind(kAccAbstract, "interface");
  if ((flags & kAccEnum) != 0)
    return with_kind(kAccAbstract | kAccFinal, "enum");
  return with_kind(0, "class");
}

std::string modifiers_of(const ApiMember& member) {
  return keywords(member.access_flags);
}

ApiChanges compare_api(const ApiIndex& index, std::uint16_t before, std::uint16_t after, const ApiChangeScope& scope) {
  return Comparison(index, before, after, scope).run();
}

}  // namespace preflight
