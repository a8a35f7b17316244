#include "application/class_scan.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <iterator>
#include <numeric>
#include <tuple>
#include <utility>

#include "classfile/class_file.h"
#include "classfile/names.h"

namespace preflight {
namespace {

constexpr std::uint16_t kPublicStatic = 0x0009;
constexpr std::uint32_t kNone = UINT32_MAX;

bool is_of_the_jdk(std::string_view internal_name) {
  constexpr std::array<std::string_view, 5> kPrefixes = {"java/", "javax/", "jdk/", "sun/", "com/sun/"};
  return std::any_of(kPrefixes.begin(), kPrefixes.end(),
                     [&](std::string_view prefix) { return internal_name.starts_with(prefix); });
}

/// The JVM loads no class of java.* from an application (ClassLoader#preDefineClass), so it is never one of the JAR's.
bool is_never_of_an_application(std::string_view internal_name) {
  return internal_name.starts_with("java/");
}

/// So few that they stay in the processor's nearest cache.
constexpr std::size_t kRecentNames = 1024;

/// Where a name may stand among the recent ones. Names of classes differ at their ends.
std::size_t place_among_recent(std::string_view name) {
  constexpr std::uint64_t kMix = 0x9E3779B97F4A7C15;  // 2^64 over the golden ratio
  constexpr unsigned kUpperHalf = 32;
  std::uint64_t end = name.size();
  if (name.size() >= sizeof end)
    std::memcpy(&end, name.data() + name.size() - sizeof end, sizeof end);
  return static_cast<std::size_t>(((end ^ name.size()) * kMix) >> kUpperHalf) % kRecentNames;
}

bool has_main(const ClassView& view) {
  return std::any_of(view.methods.begin(), view.methods.end(), [](const MethodView& method) {
    return method.name == "main" && method.descriptor == "([Ljava/lang/String;)V" &&
           (method.access_flags & kPublicStatic) == kPublicStatic;
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
  ApplicationClass& added = classes_.emplace_back();
  added.name = binary_name(view_.name);
  added.super_class = binary_name(view_.super_class);
  added.interfaces.reserve(view_.interfaces.size());
  for (const std::string_view name : view_.interfaces)
    added.interfaces.push_back(binary_name(name));
  added.entry = origin.place.entry;
  added.major_version = view_.major_version;
  added.release = origin.release;
  added.crc = origin.crc;
  added.has_main = has_main(view_);
  added.preview = is_preview(view_.major_version, view_.minor_version);

  const std::uint32_t own_name = names_.add(view_.name);
  own_names_.push_back(own_name);
  last_referrers_.resize(names_.size(), 0);
  last_referrers_[own_name] = static_cast<std::uint32_t>(classes_.size());  // Itself is left out.
  for (const std::string_view name : view_.references)
    if (!is_never_of_an_application(name))
      refer(number_of(name));
  reference_ends_.push_back(references_.size());
  if (wanted_strings_ == StringConstants::gathered)
    for (const std::uint16_t index : view_.pool.strings())
      strings_.add(view_.pool.string(index));
}

/// Nearly all names have been met a moment ago, and then one look at the text tells, not three at tables of all names.
std::uint32_t ClassScan::number_of(std::string_view name) {
  if (recent_names_.empty())
    recent_names_.resize(kRecentNames);
  RecentName& recent = recent_names_[place_among_recent(name)];
  if (recent.text != name) {
    recent.number = names_.add(name);
    recent.text = names_[recent.number];
  }
  return recent.number;
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
  std::move(behind.classes_.begin(), behind.classes_.end(), std::back_inserter(classes_));
  std::move(behind.uid_calls_.begin(), behind.uid_calls_.end(), std::back_inserter(uid_calls_));
  for (std::uint32_t i = 0; i < behind.strings_.size(); ++i)
    strings_.add(behind.strings_[i]);
  std::vector<std::uint32_t> numbers(behind.names_.size());
  for (std::uint32_t i = 0; i < numbers.size(); ++i)
    numbers[i] = names_.add(behind.names_[i]);
  last_referrers_.resize(names_.size(), 0);
  for (const std::uint32_t name : behind.own_names_)
    own_names_.push_back(numbers[name]);
  const std::size_t offset = references_.size();
  for (const std::uint32_t name : behind.references_)
    references_.push_back(numbers[name]);
  for (const std::size_t end : behind.reference_ends_)
    reference_ends_.push_back(offset + end);
}

void ClassScan::finish(ApplicationJar& jar) {
  // Classes were added in class-path order, which a stable sort keeps among those of one name and release.
  std::vector<std::uint32_t> order(classes_.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::tie(classes_[a].name, classes_[a].release) < std::tie(classes_[b].name, classes_[b].release);
  });
  jar.classes.reserve(classes_.size());
  for (const std::uint32_t index : order)
    jar.classes.push_back(std::move(classes_[index]));
  finish_references(jar, order);
  jar.uid_calls = std::move(uid_calls_);
  std::sort(jar.uid_calls.begin(), jar.uid_calls.end());
  jar.string_constants.reserve(strings_.size());
  for (std::uint32_t i = 0; i < strings_.size(); ++i)
    jar.string_constants.push_back(text_of(strings_[i]));
  std::sort(jar.string_constants.begin(), jar.string_constants.end());
}

void ClassScan::finish_references(ApplicationJar& jar, const std::vector<std::uint32_t>& order) {
  // By name the class of the JAR: of several the first, which has the lowest release.
  std::vector<std::uint32_t> targets(names_.size(), kNone);
  for (std::uint32_t i = 0; i < order.size(); ++i)
    if (std::uint32_t& target = targets[own_names_[order[i]]]; target == kNone)
      target = i;
  std::vector<std::uint32_t> externals(names_.size(), kNone);
  jar.reference_starts.assign(1, 0);
  jar.reference_starts.reserve(order.size() + 1);
  for (std::uint32_t i = 0; i < order.size(); ++i) {
    const std::size_t start = order[i] == 0 ? 0 : reference_ends_[order[i] - 1];
    for (std::size_t at = start; at < reference_ends_[order[i]]; ++at) {
      const std::uint32_t name = references_[at];
      if (targets[name] != kNone) {
        if (jar.classes[targets[name]].release == 0)
          jar.reference_targets.push_back(targets[name]);
      } else if (!is_of_the_jdk(names_[name])) {
        if (externals[name] == kNone) {
          externals[name] = static_cast<std::uint32_t>(jar.external_classes.size());
          jar.external_classes.push_back({binary_name(names_[name]), {}});
        }
        jar.external_classes[externals[name]].referrers.push_back(i);
      }
    }
    std::sort(jar.reference_targets.begin() + jar.reference_starts.back(), jar.reference_targets.end());
    jar.reference_starts.push_back(static_cast<std::uint32_t>(jar.reference_targets.size()));
  }
  std::sort(jar.external_classes.begin(), jar.external_classes.end(),
            [](const ExternalClass& a, const ExternalClass& b) { return a.name < b.name; });
}

}  // namespace preflight
