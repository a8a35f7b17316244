#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "classfile/names.h"
#include "input/text_hash.h"
#include "linkage/class_names.h"
#include "linkage/index_releases.h"
#include "linkage/linkage.h"

namespace preflight {
namespace {

class LinkedSet {
 public:
  LinkedSet(const ApplicationJar& application, const ApiIndex& api)
      : application_(application),
        api_(api),
        names_(application),
        chosen_(application.classes.size(), false),
        stands_on_flink_(application.classes.size(), State::open) {}

  void add(std::uint32_t index) { chosen_[index] = true; }

  /// Classes that name one of Flink's that is not in the JAR.
  void add_users_of_flink() {
    for (const ExternalClass& external : application_.external_classes)
      if (is_flinks(external.name))
        for (const std::uint32_t referrer : external.referrers)
          add(referrer);
  }

  /// Classes that stand on one of Flink's, and those that name one which does, or a packed copy of one of Flink's.
  void add_heirs_and_their_users() {
    std::vector<bool> heir(application_.classes.size());
    for (std::uint32_t i = 0; i < heir.size(); ++i)
      heir[i] = stands_on_flink(i) || is_flinks(application_.classes[i].name);
    for (std::uint32_t i = 0; i < heir.size(); ++i)
      if (heir[i] || std::ranges::any_of(application_.references_of(i), [&](std::uint32_t j) { return heir[j]; }))
        add(i);
  }

  /// Whatever stands above a chosen class decides what the class inherits.
  void add_super_types() {
    std::vector<std::uint32_t> open = chosen();
    while (!open.empty()) {
      const ApplicationClass& below = application_.classes[open.back()];
      open.pop_back();
      for_each_super(below, [&](std::string_view name) {
        for (const ApplicationClass& own : names_.find(name))
          if (const std::uint32_t super = names_.index_of(own); !chosen_[super]) {
            add(super);
            open.push_back(super);
          }
      });
    }
  }

  std::vector<std::uint32_t> chosen() const {
    std::vector<std::uint32_t> result;
    for (std::uint32_t i = 0; i < chosen_.size(); ++i)
      if (chosen_[i])
        result.push_back(i);
    return result;
  }

 private:
  enum class State : std::uint8_t { open, underway, no, yes };

  template <class Visit>
  static void for_each_super(const ApplicationClass& of, Visit visit) {
    visit(of.super_class);
    for (const std::string_view name : of.interfaces)
      visit(name);
  }

  bool is_flinks(std::string_view name) {
    const auto [known, is_new] = flink_packages_.try_emplace(package_of(name), false);
    if (is_new)
      known->second = name.starts_with("org.apache.flink.") || (!is_of_the_jdk(name) && api_.has_package(known->first));
    return known->second;
  }

  /// With a stack of its own: a hostile JAR may have a class on a class on a class, or in a circle.
  bool stands_on_flink(std::uint32_t index) {
    stack_.assign(1, index);
    while (!stack_.empty()) {
      const std::uint32_t at = stack_.back();
      if (stands_on_flink_[at] == State::yes || stands_on_flink_[at] == State::no) {
        stack_.pop_back();
        continue;
      }
      const bool visited = stands_on_flink_[at] == State::underway;
      stands_on_flink_[at] = State::underway;
      bool yes = false;
      bool waits = false;
      for_each_super(application_.classes[at], [&](std::string_view name) {
        const std::span<const ApplicationClass> found = names_.find(name);
        yes = yes || (found.empty() && is_flinks(name));
        for (const ApplicationClass& own : found) {
          const std::uint32_t super = names_.index_of(own);
          yes = yes || stands_on_flink_[super] == State::yes;
          if (!visited && stands_on_flink_[super] == State::open) {
            stack_.push_back(super);
            waits = true;
          }
        }
      });
      if (yes || !waits)
        stands_on_flink_[at] = yes ? State::yes : State::no;
    }
    return stands_on_flink_[index] == State::yes;
  }

  const ApplicationJar& application_;
  const ApiIndex& api_;
  ClassNames names_;
  std::vector<bool> chosen_;
  std::vector<State> stands_on_flink_;
  std::vector<std::uint32_t> stack_;  ///< Of stands_on_flink, whose memory serves the next class.
  std::unordered_map<std::string_view, bool, TextHash> flink_packages_;
};

}  // namespace

std::vector<std::uint32_t> classes_to_link(const ApplicationJar& application, const ApiIndex& api,
                                           const ClassOrigins& origins) {
  LinkedSet set(application, api);
  for (std::uint32_t i = 0; i < application.classes.size(); ++i)
    if (origins.of[i] == ClassOrigin::application)
      set.add(i);
  set.add_users_of_flink();
  set.add_heirs_and_their_users();
  set.add_super_types();
  return set.chosen();
}

}  // namespace preflight
