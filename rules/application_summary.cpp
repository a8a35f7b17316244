#include "application_summary.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <tuple>

#include "classfile/class_file.h"
#include "classfile/names.h"
#include "library_finder.h"

namespace preflight {
namespace {

void count(ClassCounts& counts, ClassOrigin origin) {
  switch (origin) {
    case ClassOrigin::application:
      ++counts.application;
      break;
    case ClassOrigin::flink:
      ++counts.flink;
      break;
    case ClassOrigin::library:
      ++counts.library;
      break;
  }
}

bool is_of_flink(std::string_view class_name) {
  return is_within(package_of(class_name), "org.apache.flink");
}

std::map<std::string, PackageUse> flink_use(const ApplicationJar& application, std::span<const LinkedClass> linked,
                                            const ClassOrigins& origins) {
  const auto is_own = [&](std::uint32_t index) { return origins.of[index] == ClassOrigin::application; };
  std::map<std::string, PackageUse> uses;
  for (const ExternalClass& external : application.external_classes)
    if (is_of_flink(external.name) && std::ranges::any_of(external.referrers, is_own))
      ++uses[std::string(package_of(external.name))].classes;
  std::set<std::tuple<std::string_view, std::string_view, std::string_view>> members;
  for (const LinkedClass& one : linked)
    if (is_own(one.index))
      for (const SymbolUse& use : one.uses)
        if (!use.name.empty() && is_of_flink(use.owner) && application.find_class(use.owner) == nullptr &&
            members.emplace(use.owner, use.name, use.descriptor).second)
          ++uses[std::string(package_of(use.owner))].members;
  return uses;
}

/// "1.20" of 3.4.0-1.20, as connectors that are released apart from Flink are named.
std::optional<FlinkVersion> flink_suffix(std::string_view version) {
  const std::size_t dash = version.rfind('-');
  return dash == std::string_view::npos ? std::nullopt : FlinkVersion::parse(std::string(version.substr(dash + 1)));
}

std::vector<FlinkVersion> built_for(const PackedLibrary& library, const CompatibilityTable& table) {
  if (const Connector* connector = table.find_connector(library.group, library.artifact)) {
    const auto release = std::ranges::find(connector->releases, library.version, &ConnectorRelease::version);
    if (release != connector->releases.end())
      return release->flink;
  }
  const auto suffix = flink_suffix(library.version);
  return suffix ? std::vector{*suffix} : std::vector<FlinkVersion>{};
}

std::vector<PackedConnector> connectors_of(const Packing& packing, const CompatibilityTable& table) {
  std::vector<PackedConnector> connectors;
  for (const PackedLibrary& library : packing.libraries)
    if (library.known != nullptr && library.known->role == KnownLibrary::Role::connector)
      connectors.push_back({library.key(), library.known->name, library.version, built_for(library, table)});
  return connectors;
}

std::vector<UidCall> own_uid_calls(const ApplicationJar& application, const ClassOrigins& origins) {
  std::set<std::string_view> own;
  for (std::size_t i = 0; i < application.classes.size(); ++i)
    if (origins.of[i] == ClassOrigin::application)
      own.insert(application.classes[i].name);
  std::vector<UidCall> calls;
  std::ranges::copy_if(application.uid_calls, std::back_inserter(calls),
                       [&](const UidCall& call) { return own.contains(call.class_name); });
  return calls;
}

}  // namespace

ApplicationSummary summary_of(const ApplicationJar& application, std::span<const LinkedClass> linked,
                              const ClassOrigins& origins, const CompatibilityTable& table) {
  ApplicationSummary summary;
  for (std::size_t i = 0; i < application.classes.size(); ++i) {
    const ApplicationClass& one = application.classes[i];
    count(summary.classes, origins.of[i]);
    if (one.preview)
      summary.previews.push_back({std::string(one.entry), java_release(one.major_version)});
    if (one.is_module())
      summary.modules.emplace_back(one.entry);
    else if (one.release == 0)
      count(summary.java_levels[java_release(one.major_version)], origins.of[i]);
  }
  summary.shadowed = application.shadowed_classes();
  std::ranges::stable_partition(summary.shadowed, [](const ShadowedClass& shadowed) { return !shadowed.copies; });
  summary.packing = packing_of(application, table);
  summary.connectors = connectors_of(summary.packing, table);
  summary.flink_use = flink_use(application, linked, origins);
  summary.uid_calls = own_uid_calls(application, origins);
  return summary;
}

}  // namespace preflight
