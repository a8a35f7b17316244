#include "application/class_scan.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <memory>
#include <numeric>
#include <string>
#include <utility>

#include "classfile/access_flags.h"
#include "classfile/class_file.h"
#include "classfile/names.h"

namespace preflight {
namespace {

bool is_of_the_jdk(std::string_view internal_name) {
  constexpr std::array<std::string_view, 5> kPrefixes = {"java/", "javax/", "jdk/", "sun/", "com/sun/"};
  return std::any_of(kPrefixes.begin(), kPrefixes.end(),
                     [&](std::string_view prefix) { return internal_name.starts_with(prefix); });
}

/// The JVM loads no class of java.* from an application (ClassLoader#preDefineClass), so it is never one of the JAR's.
bool is_never_of_an_application(std::string_view internal_name) {
  return internal_name.starts_with("java/");
}

bool has_main(const ClassView& view) {
  return std::any_of(view.methods.begin(), view.methods.end(), [](const MethodView& method) {
    return method.name == "main" && method.descriptor == "([Ljava/lang/String;)V" &&
           (method.access_flags & kAccPublic) != 0 && (method.access_flags & kAccStatic) != 0;
  });
}

}  // namespace

void ClassScan::add(std::span<const std::byte> bytes, const Origin& origin) {
  view_class_file(bytes, origin.place, view_);
  add_class(origin);
  for (UidCall& call : find_uid_calls(view_, origin.place))
    uid_calls_.push_back(std::move(call));
}

void ClassScan::add_class(const Origin& origin) {
  Scanned& added = classes_.emplace_back();
  added.facts.entry = origin.lasting_entry.empty() ? entries_.keep(origin.place.entry) : origin.lasting_entry;
  added.facts.major_version = view_.major_version;
  added.facts.release = origin.release;
  added.facts.crc = origin.crc;
  added.facts.has_main = has_main(view_);
  added.facts.preview = is_preview(view_.major_version, view_.minor_version);

  added.name = names_.add(view_.name);
  if (!view_.super_class.empty())
    added.super_class = names_.add(view_.super_class);
  for (const std::string_view name : view_.interfaces)
    interfaces_.push_back(names_.add(name));
  added.interfaces_end = interfaces_.size();
  last_referrers_.resize(names_.size(), 0);
  last_referrers_[added.name] = static_cast<std::uint32_t>(classes_.size());  // Itself is left out.
  for (const std::string_view name : view_.references)
    if (!is_never_of_an_application(name))
      refer(names_.add(name));
  added.references_end = references_.size();
  if (wanted_strings_ == StringConstants::gathered)
    for (const std::uint16_t index : view_.pool.strings())
      strings_.add(view_.pool.string(index));
}

void ClassScan::refer(std::uint32_t name) {
  const auto referrer = static_cast<std::uint32_t>(classes_.size());
  if (name >= last_referrers_.size())
    last_referrers_.resize(name + std::size_t{1}, 0);
  if (last_referrers_[name] != referrer) {
    last_referrers_[name] = referrer;
    references_.push_back(name);
  }
}

void ClassScan::append(ClassScan&& behind) {
  if (classes_.empty()) {
    *this = std::move(behind);
    return;
  }
  std::vector<std::uint32_t> numbers(behind.names_.size());
  for (std::uint32_t i = 0; i < numbers.size(); ++i)
    numbers[i] = names_.add(behind.names_[i]);
  last_referrers_.resize(names_.size(), 0);
  for (Scanned& added : behind.classes_) {
    added.name = numbers[added.name];
    if (added.super_class != kNone)
      added.super_class = numbers[added.super_class];
    added.interfaces_end += interfaces_.size();
    added.references_end += references_.size();
    classes_.push_back(std::move(added));
  }
  const auto number_of = [&](std::uint32_t name) { return numbers[name]; };
  std::ranges::transform(behind.interfaces_, std::back_inserter(interfaces_), number_of);
  std::ranges::transform(behind.references_, std::back_inserter(references_), number_of);
  std::ranges::move(behind.uid_calls_, std::back_inserter(uid_calls_));
  for (std::uint32_t i = 0; i < behind.strings_.size(); ++i)
    strings_.add(behind.strings_[i]);
  entries_.take_over(std::move(behind.entries_));
}

/// Of those internal names that are asked for.
class ClassScan::BinaryNames {
 public:
  /// What it makes is kept in `texts`.
  BinaryNames(const InternedTexts& internal_names, TextStore& texts)
      : internal_names_(internal_names), texts_(texts), names_(internal_names.size()) {}

  std::string_view operator[](std::uint32_t number) {
    std::string_view& name = names_[number];
    if (name.data() == nullptr) {
      binary_name(internal_names_[number], next_);
      name = texts_.keep(next_);
    }
    return name;
  }

 private:
  const InternedTexts& internal_names_;
  TextStore& texts_;
  std::vector<std::string_view> names_;
  std::string next_;  ///< Whose memory serves the next.
};

void ClassScan::name_classes(BinaryNames& names) {
  std::size_t interface = 0;
  for (Scanned& scanned : classes_) {
    scanned.facts.name = names[scanned.name];
    if (scanned.super_class != kNone)
      scanned.facts.super_class = names[scanned.super_class];
    scanned.facts.interfaces.reserve(scanned.interfaces_end - interface);
    for (; interface < scanned.interfaces_end; ++interface)
      scanned.facts.interfaces.push_back(names[interfaces_[interface]]);
  }
}

void ClassScan::finish(ApplicationJar& jar) {
  const auto texts = std::make_shared<TextStore>(std::move(entries_));
  BinaryNames names(names_, *texts);
  name_classes(names);
  // Classes were added in class-path order, which a stable sort keeps among those of one name and release.
  std::vector<std::uint32_t> order(classes_.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(
      order, {}, [&](std::uint32_t i) { return std::pair(classes_[i].facts.name, classes_[i].facts.release); });
  jar.classes.reserve(classes_.size());
  for (const std::uint32_t index : order)
    jar.classes.push_back(std::move(classes_[index].facts));
  finish_references(jar, order, names);
  jar.texts = texts;
  jar.uid_calls = std::move(uid_calls_);
  std::ranges::sort(jar.uid_calls);
  jar.string_constants.reserve(strings_.size());
  for (std::uint32_t i = 0; i < strings_.size(); ++i)
    jar.string_constants.push_back(text_of(strings_[i]));
  std::ranges::sort(jar.string_constants);
}

void ClassScan::finish_references(ApplicationJar& jar, const std::vector<std::uint32_t>& order,
                                  BinaryNames& names) const {
  // By name the class of the JAR: of several the first, which has the lowest release.
  std::vector<std::uint32_t> targets(names_.size(), kNone);
  for (std::uint32_t i = 0; i < order.size(); ++i)
    if (std::uint32_t& target = targets[classes_[order[i]].name]; target == kNone)
      target = i;
  std::vector<std::uint32_t> externals(names_.size(), kNone);
  jar.reference_starts.assign(1, 0);
  jar.reference_starts.reserve(order.size() + 1);
  for (std::uint32_t i = 0; i < order.size(); ++i) {
    const std::size_t start = order[i] == 0 ? 0 : classes_[order[i] - 1].references_end;
    for (std::size_t at = start; at < classes_[order[i]].references_end; ++at) {
      const std::uint32_t name = references_[at];
      if (targets[name] != kNone) {
        if (jar.classes[targets[name]].release == 0)
          jar.reference_targets.push_back(targets[name]);
      } else if (!is_of_the_jdk(names_[name])) {
        if (externals[name] == kNone) {
          externals[name] = static_cast<std::uint32_t>(jar.external_classes.size());
          jar.external_classes.push_back({names[name], {}});
        }
        jar.external_classes[externals[name]].referrers.push_back(i);
      }
    }
    std::sort(jar.reference_targets.begin() + jar.reference_starts.back(), jar.reference_targets.end());
    jar.reference_starts.push_back(static_cast<std::uint32_t>(jar.reference_targets.size()));
  }
  std::ranges::sort(jar.external_classes, {}, &ExternalClass::name);
}

}  // namespace preflight
