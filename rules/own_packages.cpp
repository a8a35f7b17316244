#include "own_packages.h"

#include <algorithm>
#include <array>

#include "classfile/names.h"
#include "library_finder.h"

namespace preflight {
namespace {

/// The first labels of a package that are one organisation's: com.acme of com.acme.jobs.orders. Behind a name that many
/// share it takes one label more.
std::string_view organisation_of(std::string_view package) {
  constexpr std::array<std::string_view, 5> kShared = {"com.github", "io.github", "com.gitlab", "org.apache",
                                                       "com.amazonaws"};
  std::size_t end = package.find('.');
  if (end == std::string_view::npos)
    return package;
  end = package.find('.', end + 1);
  if (end != std::string_view::npos && std::ranges::find(kShared, package.substr(0, end)) != kShared.end())
    end = package.find('.', end + 1);
  return package.substr(0, end);
}

}  // namespace

OwnPackages::OwnPackages(const ApplicationJar& application) {
  const auto entry_class = application.manifest.entry_class();
  if (!entry_class || application.find_class(*entry_class) == nullptr)
    return;
  entry_package_ = package_of(*entry_class);
  organisation_ = organisation_of(entry_package_);
}

bool OwnPackages::is_entry_package(std::string_view package) const {
  // An entry class right below a top-level domain, or in no package, says nothing of what is below.
  return entry_package_.find('.') == std::string::npos ? !entry_package_.empty() && package == entry_package_
                                                       : is_within(package, entry_package_);
}

bool OwnPackages::is_own_package(std::string_view package) const {
  return known() && is_within(package, organisation_);
}

bool OwnPackages::is_own_group(std::string_view group) const {
  return known() && (is_within(group, organisation_) || is_within(entry_package_, group));
}

}  // namespace preflight
