#include "application/class_scan.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <numeric>
#include <tuple>
#include <utility>

#include "classfile/names.h"

namespace preflight {
namespace {

constexpr std::uint16_t kPublicStatic = 0x0009;

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
           (method.access_flags & kPublicStatic) == kPublicStatic;
  });
}

/// A name that the JAR has, and who refers to it: indices into ApplicationJar::classes.
struct OwnReferences {
  std::uint32_t target;
  std::vector<std::uint32_t> referrers;
};

/// Turns "who refers to this class" into "which classes does this one refer to".
void set_references(ApplicationJar& jar, std::vector<OwnReferences> own) {
  std::sort(own.begin(), own.end(), [](const OwnReferences& a, const OwnReferences& b) { return a.target < b.target; });
  jar.reference_starts.assign(jar.classes.size() + 1, 0);
  for (const OwnReferences& one : own)
    for (const std::uint32_t referrer : one.referrers)
      ++jar.reference_starts[referrer + 1];
  std::partial_sum(jar.reference_starts.begin(), jar.reference_starts.end(), jar.reference_starts.begin());
  jar.reference_targets.resize(jar.reference_starts.back());
  std::vector<std::uint32_t> next(jar.reference_starts.begin(), jar.reference_starts.end() - 1);
  for (const OwnReferences& one : own)
    for (const std::uint32_t referrer : one.referrers)
      jar.reference_targets[next[referrer]++] = one.target;
}

}  // namespace

void ClassScan::add(std::span<const std::byte> bytes, const InputPlace& place, int release) {
  const ClassView view = view_class_file(bytes, place);
  add(view, place, release);
  for (UidCall& call : find_uid_calls(view, place))
    uid_calls_.push_back(std::move(call));
}

void ClassScan::add(const ClassView& view, const InputPlace& place, int release) {
  const auto referrer = static_cast<std::uint32_t>(classes_.size());
  ApplicationClass& added = classes_.emplace_back();
  added.name = binary_name(view.name);
  added.super_class = binary_name(view.super_class);
  for (const std::string_view name : view.interfaces)
    added.interfaces.push_back(binary_name(name));
  added.entry = place.entry;
  added.major_version = view.major_version;
  added.release = release;
  added.has_main = has_main(view);
  for (const std::string_view name : view.references)
    refer(name, referrer);
  for (std::uint16_t index = 1; index < view.pool.count(); ++index)
    if (view.pool.tag(index) == ConstantTag::string)
      if (const std::string_view text = view.pool.string(index); strings_.find(text) == strings_.end())
        strings_.emplace(text);
}

void ClassScan::refer(std::string_view internal_name, std::uint32_t referrer) {
  if (is_never_of_an_application(internal_name))
    return;
  auto found = referrers_.find(internal_name);
  if (found == referrers_.end())
    found = referrers_.emplace(internal_name, std::vector<std::uint32_t>{}).first;
  // Classes come one after the other, so a class that refers often stands at the end already.
  if (found->second.empty() || found->second.back() != referrer)
    found->second.push_back(referrer);
}

void ClassScan::append(ClassScan&& behind) {
  const auto offset = static_cast<std::uint32_t>(classes_.size());
  std::move(behind.classes_.begin(), behind.classes_.end(), std::back_inserter(classes_));
  std::move(behind.uid_calls_.begin(), behind.uid_calls_.end(), std::back_inserter(uid_calls_));
  strings_.merge(behind.strings_);
  for (auto& [internal_name, referrers] : behind.referrers_) {
    std::vector<std::uint32_t>& all = referrers_[internal_name];
    for (const std::uint32_t referrer : referrers)
      all.push_back(referrer + offset);
  }
}

void ClassScan::finish(ApplicationJar& jar) {
  // Classes were added in class-path order, which a stable sort keeps among those of one name and release.
  std::vector<std::uint32_t> order(classes_.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::tie(classes_[a].name, classes_[a].release) < std::tie(classes_[b].name, classes_[b].release);
  });
  std::vector<std::uint32_t> position(classes_.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) {
    position[order[i]] = i;
    jar.classes.push_back(std::move(classes_[order[i]]));
  }
  finish_references(jar, position);
  jar.uid_calls = std::move(uid_calls_);
  std::sort(jar.uid_calls.begin(), jar.uid_calls.end());
  for (const std::string& text : strings_)
    jar.string_constants.push_back(text_of(text));
  std::sort(jar.string_constants.begin(), jar.string_constants.end());
}

void ClassScan::finish_references(ApplicationJar& jar, const std::vector<std::uint32_t>& position) {
  // Of several classes of one name the first, which has the lowest release.
  std::unordered_map<std::string_view, std::uint32_t> first_of_name;
  for (std::uint32_t i = 0; i < jar.classes.size(); ++i)
    first_of_name.emplace(jar.classes[i].name, i);
  std::vector<OwnReferences> own;
  for (auto& [internal_name, referrers] : referrers_) {
    std::string name = binary_name(internal_name);
    for (std::uint32_t& referrer : referrers)
      referrer = position[referrer];
    const auto found = first_of_name.find(name);
    if (found == first_of_name.end()) {
      if (is_of_the_jdk(internal_name))
        continue;
      std::sort(referrers.begin(), referrers.end());
      jar.external_classes.push_back({std::move(name), std::move(referrers)});
    } else if (jar.classes[found->second].release == 0) {
      std::erase_if(referrers, [&](std::uint32_t referrer) { return jar.classes[referrer].name == name; });
      own.push_back({found->second, std::move(referrers)});
    }
  }
  std::sort(jar.external_classes.begin(), jar.external_classes.end(),
            [](const ExternalClass& a, const ExternalClass& b) { return a.name < b.name; });
  set_references(jar, std::move(own));
}

}  // namespace preflight
