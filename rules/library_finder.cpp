#include "library_finder.h"

#include <algorithm>
#include <array>

#include "classfile/names.h"

namespace preflight {
namespace {

constexpr std::size_t kRoughNames = 1U << 14U;

/// A number that few names share: of their lengths and of two of their letters.
std::size_t rough_name(std::string_view simple_name) {
  if (simple_name.empty())
    return 0;
  const auto letter = [&](std::size_t at) { return static_cast<unsigned char>(simple_name[at]); };
  return (letter(0) * std::size_t{611} + letter(simple_name.size() - 1) * std::size_t{37} + simple_name.size()) %
         kRoughNames;
}

}  // namespace

LibraryFinder::LibraryFinder(const ApplicationJar& application, std::span<const KnownLibrary> libraries) {
  struct Marker {
    std::string_view name;
    const KnownLibrary* library;
  };
  std::unordered_multimap<std::string_view, Marker, TextHash> markers;  // By simple name.
  std::array<bool, kRoughNames> rough_names{};  // Of the markers: most classes are told to be none by it alone.
  for (const KnownLibrary& library : libraries) {
    for (const std::string& package : library.packages)
      packages_.try_emplace(package, Place{&library, 0});
    for (const std::string& marker : library.markers) {
      markers.emplace(simple_name(marker), Marker{marker, &library});
      rough_names[rough_name(simple_name(marker))] = true;
    }
  }
  for (const ApplicationClass& candidate : application.classes) {
    const std::string_view name = candidate.name;
    if (!rough_names[rough_name(simple_name(name))])
      continue;
    const auto [first, last] = markers.equal_range(simple_name(name));
    for (auto entry = first; entry != last; ++entry) {
      const auto& [marker, library] = entry->second;
      const std::size_t prefix = name.size() - marker.size();
      if (name.ends_with(marker) && (prefix == 0 || name[prefix - 1] == '.'))
        mark(*library, name.substr(0, prefix));
    }
  }
}

void LibraryFinder::mark(const KnownLibrary& library, std::string_view prefix) {
  const bool known = std::ranges::any_of(
      marked_, [&](const Marked& seen) { return seen.library == &library && seen.relocated_under == prefix; });
  if (known)
    return;
  marked_.push_back({&library, std::string(prefix)});
  for (const std::string& package : library.packages)
    packages_.try_emplace(std::string(prefix) + package, Place{&library, prefix.size()});
}

LibraryFinder::Match LibraryFinder::of_package(std::string_view package) const {
  for (std::string_view outer = package; !outer.empty(); outer = package_of(outer))
    if (const auto found = packages_.find(outer); found != packages_.end())
      return {found->second.library, package.substr(0, found->second.prefix_size)};
  return {};
}

bool is_within(std::string_view package, std::string_view outer) {
  return package.starts_with(outer) && (package.size() == outer.size() || package[outer.size()] == '.');
}

}  // namespace preflight
