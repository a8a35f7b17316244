#include "bundled_libraries.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>

#include "classfile/names.h"
#include "library_finder.h"
#include "own_packages.h"

namespace preflight {
namespace {

/// A row of the table, and the prefix that its packages stand behind.
using Place = std::pair<const KnownLibrary*, std::string>;

struct Seen {
  std::uint32_t classes = 0;
  bool marked = false;
};

/// What the class names say. A row whose packages were only brushed, with no marker class, counts as well: the rest may
/// have been left out by the shade plugin (minimizeJar).
std::map<Place, Seen> seen_by_classes(const ApplicationJar& application, const CompatibilityTable& table) {
  const LibraryFinder finder(application, table.libraries);
  const OwnPackages own(application);
  std::map<Place, Seen> seen;
  for (const LibraryFinder::Marked& marked : finder.marked())
    seen[{marked.library, marked.relocated_under}].marked = true;
  // The classes are sorted by name: those of a package mostly stand together.
  for (std::size_t start = 0, end = 0; start < application.classes.size(); start = end) {
    const std::string_view package = package_of(application.classes[start].name);
    for (end = start + 1; end < application.classes.size() && package_of(application.classes[end].name) == package;)
      ++end;
    const LibraryFinder::Match match = finder.of_package(package);
    if (match.library != nullptr && (!match.relocated_under.empty() || !own.is_entry_package(package)))
      seen[{match.library, std::string(match.relocated_under)}].classes += static_cast<std::uint32_t>(end - start);
  }
  return seen;
}

const KnownLibrary* row_of(const Coordinates& coordinates, const CompatibilityTable& table) {
  const auto row = std::ranges::find_if(table.libraries, [&](const KnownLibrary& library) {
    return library.has_artifact(coordinates.group, coordinates.artifact);
  });
  return row == table.libraries.end() ? nullptr : &*row;
}

/// One entry for each version of each artifact that metadata names.
std::vector<PackedLibrary> named_by_metadata(const ApplicationJar& application, const CompatibilityTable& table,
                                             std::vector<Coordinates>& own) {
  const OwnPackages own_packages(application);
  std::vector<PackedLibrary> libraries;
  for (const BundledLibrary& bundled : application.libraries) {
    const Coordinates& coordinates = bundled.coordinates;
    const KnownLibrary* row = row_of(coordinates, table);
    if (row == nullptr && own_packages.is_own_group(coordinates.group)) {
      own.push_back(coordinates);
      continue;
    }
    const auto same = std::ranges::find_if(libraries, [&](const PackedLibrary& library) {
      return library.group == coordinates.group && library.artifact == coordinates.artifact &&
             library.version == coordinates.version;
    });
    if (same != libraries.end())
      same->entries.push_back(bundled.entry);
    else
      libraries.push_back({.group = coordinates.group,
                           .artifact = coordinates.artifact,
                           .version = coordinates.version,
                           .known = row,
                           .entries = {bundled.entry}});
  }
  return libraries;
}

/// Where the classes of `row` stand, as far as metadata that names it can mean: in its own packages before all
/// relocated ones, of which there must be one alone.
const std::pair<const Place, Seen>* place_of(const KnownLibrary& row, const std::map<Place, Seen>& seen) {
  const std::pair<const Place, Seen>* only = nullptr;
  std::size_t places = 0;
  for (const auto& entry : seen) {
    if (entry.first.first != &row)
      continue;
    if (entry.first.second.empty())
      return &entry;
    only = &entry;
    ++places;
  }
  return places == 1 ? only : nullptr;
}

PackedLibrary known_by_classes(const Place& place, const Seen& seen) {
  const auto& [row, prefix] = place;
  PackedLibrary library{
      .group = row->group, .known = row, .relocated_under = prefix, .classes = seen.classes, .marked = seen.marked};
  const std::string label = row->label();
  if (label.size() > row->group.size())
    library.artifact = label.substr(row->group.size() + 1);
  if (!seen.marked)
    library.note = "only a part of its packages is there";
  return library;
}

/// A library without packages of its own (an SLF4J binding) is known by its marker classes alone.
bool has_nothing_to_see(const KnownLibrary& row) {
  return row.packages.empty() && row.markers.empty();
}

}  // namespace

Packing packing_of(const ApplicationJar& application, const CompatibilityTable& table) {
  Packing packing;
  std::map<Place, Seen> seen = seen_by_classes(application, table);
  packing.libraries = named_by_metadata(application, table, packing.own);
  std::map<const KnownLibrary*, std::size_t> artifacts_of_row;
  for (const PackedLibrary& library : packing.libraries)
    ++artifacts_of_row[library.known];
  std::vector<Place> explained;
  for (PackedLibrary& library : packing.libraries) {
    if (library.known == nullptr)
      continue;
    if (const auto* place = place_of(*library.known, seen)) {
      library.relocated_under = place->first.second;
      library.marked = place->second.marked;
      library.classes = artifacts_of_row[library.known] == 1 ? place->second.classes : 0;
      explained.push_back(place->first);
    } else if (!has_nothing_to_see(*library.known) &&
               std::ranges::none_of(seen, [&](const auto& entry) { return entry.first.first == library.known; })) {
      library.note = "it is named, but none of its classes is there";
    }
  }
  for (const auto& [place, what] : seen)
    if (std::ranges::find(explained, place) == explained.end())
      packing.libraries.push_back(known_by_classes(place, what));
  std::ranges::sort(packing.libraries, {}, [](const PackedLibrary& library) {
    return std::tie(library.group, library.artifact, library.version, library.relocated_under);
  });
  return packing;
}

}  // namespace preflight
