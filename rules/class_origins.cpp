#include "class_origins.h"

#include <map>
#include <optional>
#include <string_view>

#include "classfile/names.h"
#include "library_finder.h"
#include "own_packages.h"

namespace preflight {
namespace {

/// "lib/a.jar" for an entry of that nested JAR, and for the JAR itself.
std::optional<std::string_view> nested_jar_of(std::string_view entry) {
  if (const std::size_t end = entry.find('!'); end != std::string_view::npos)
    return entry.substr(0, end);
  return entry.ends_with(".jar") ? std::optional(entry) : std::nullopt;
}

/// What is known of a package: the same for all of its classes that came in one JAR.
class OriginFinder {
 public:
  OriginFinder(const ApplicationJar& application, const CompatibilityTable& table, ClassOrigins& result)
      : result_(result), libraries_(application, table.libraries), own_(application) {
    for (const BundledLibrary& library : application.libraries) {
      const Coordinates& coordinates = library.coordinates;
      if (const auto nested = nested_jar_of(library.entry))
        nested_[std::string(*nested)].push_back(coordinates.group + ":" + coordinates.artifact);
      else
        groups_[coordinates.group].push_back(coordinates.group + ":" + coordinates.artifact);
    }
  }

  void add(const ApplicationClass& added) {
    const std::string_view package = package_of(added.name);
    const auto nested = nested_jar_of(added.entry);
    // The classes are sorted by name: those of a package mostly stand together.
    if (!known_ || package != last_package_ || nested != last_nested_) {
      find(package, nested);
      last_package_ = package;
      last_nested_ = nested;
      known_ = true;
    }
    result_.of.push_back(last_origin_);
    result_.library_of.push_back(last_library_);
  }

 private:
  void find(std::string_view package, std::optional<std::string_view> nested) {
    const LibraryFinder::Match match = libraries_.of_package(package);
    if (match.library != nullptr && !match.relocated_under.empty())
      return set(ClassOrigin::library, match.library->label());
    if (own_.is_entry_package(package))
      return set_own();
    if (match.library != nullptr)
      return set(match.library->of_flink() ? ClassOrigin::flink : ClassOrigin::library, match.library->label());
    if (own_.is_own_package(package))
      return set_own();
    if (nested)
      return set(ClassOrigin::library, name_of_nested(*nested));
    if (const auto claim = claim_of_group(package))
      return set(ClassOrigin::library, *claim);
    set_own();
  }

  std::string name_of_nested(std::string_view nested) const {
    const auto known = nested_.find(std::string(nested));
    return known != nested_.end() && known->second.size() == 1 ? known->second.front()
                                                               : std::string(nested.substr(nested.rfind('/') + 1));
  }

  /// Without an entry class nobody can tell which group is the application's own, so that none claims anything.
  std::optional<std::string> claim_of_group(std::string_view package) const {
    if (!own_.known())
      return std::nullopt;
    for (std::string_view outer = package; outer.find('.') != std::string_view::npos; outer = package_of(outer))
      if (const auto group = groups_.find(outer); group != groups_.end() && !own_.is_own_group(outer))
        return group->second.size() == 1 ? group->second.front() : std::string(outer);
    return std::nullopt;
  }

  void set_own() {
    last_origin_ = ClassOrigin::application;
    last_library_ = ClassOrigins::kNoLibrary;
  }

  void set(ClassOrigin origin, std::string library) {
    last_origin_ = origin;
    const auto [entry, added] = index_of_.try_emplace(library, static_cast<std::uint32_t>(result_.libraries.size()));
    if (added)
      result_.libraries.push_back(std::move(library));
    last_library_ = entry->second;
  }

  ClassOrigins& result_;
  LibraryFinder libraries_;
  OwnPackages own_;
  std::map<std::string, std::vector<std::string>, std::less<>> groups_;  ///< Artifacts by group.
  std::map<std::string, std::vector<std::string>, std::less<>> nested_;  ///< Artifacts by nested JAR.
  std::map<std::string, std::uint32_t> index_of_;

  bool known_ = false;
  std::string_view last_package_;
  std::optional<std::string_view> last_nested_;
  ClassOrigin last_origin_ = ClassOrigin::application;
  std::uint32_t last_library_ = ClassOrigins::kNoLibrary;
};

}  // namespace

ClassOrigins origins_of(const ApplicationJar& application, const CompatibilityTable& table) {
  ClassOrigins result;
  result.of.reserve(application.classes.size());
  result.library_of.reserve(application.classes.size());
  OriginFinder finder(application, table, result);
  for (const ApplicationClass& added : application.classes)
    finder.add(added);
  return result;
}

}  // namespace preflight
