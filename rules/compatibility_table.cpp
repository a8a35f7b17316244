#include "compatibility_table.h"

#include <algorithm>

#include "embedded_table.h"

namespace preflight {
namespace {

bool is_missing_in(const RemovedClass& row, const FlinkVersion& target) {
  return row.removed_in <= target || (row.added_in && target < *row.added_in);
}

bool is_pattern(std::string_view name) {
  return name.ends_with(".*");
}

/// "a.b.*" matches "a.b.C" and "a.b.c.D".
bool matches(std::string_view pattern, std::string_view binary_name) {
  return binary_name.starts_with(pattern.substr(0, pattern.size() - 1));
}

/// Of a row that speaks of the releases `from` to `until`.
bool is_within(const auto& row, const FlinkVersion& version) {
  return row.from <= version && (!row.until || version <= *row.until);
}

}  // namespace

const FlinkRelease* CompatibilityTable::find_release(const FlinkVersion& wanted) const {
  const auto row = std::ranges::find(releases, wanted, &FlinkRelease::version);
  return row == releases.end() ? nullptr : &*row;
}

const PlatformRuntime* CompatibilityTable::find_runtime(Platform platform, const FlinkVersion& wanted) const {
  const auto row = std::ranges::find_if(runtimes, [&](const PlatformRuntime& runtime) {
    return runtime.platform == platform && runtime.version == wanted;
  });
  return row == runtimes.end() ? nullptr : &*row;
}

const RemovedClass* CompatibilityTable::find_removed_class(std::string_view binary_name,
                                                           const FlinkVersion& target) const {
  const auto first = std::ranges::lower_bound(removed_classes, binary_name, {},
                                              [](const RemovedClass& row) { return std::string_view(row.name); });
  for (auto row = first; row != removed_classes.end() && row->name == binary_name; ++row)
    if (is_missing_in(*row, target))
      return &*row;
  const RemovedClass* longest = nullptr;
  for (const RemovedClass& row : removed_classes)
    if (is_pattern(row.name) && is_missing_in(row, target) && matches(row.name, binary_name) &&
        (longest == nullptr || row.name.size() > longest->name.size()))
      longest = &row;
  return longest;
}

const RemovedMember* CompatibilityTable::find_removed_member(std::string_view class_name, std::string_view name,
                                                             std::string_view parameters,
                                                             const FlinkVersion& target) const {
  const auto row = std::ranges::find_if(removed_members, [&](const RemovedMember& member) {
    return member.class_name == class_name && member.removed_in <= target && member.member.starts_with(name) &&
           std::string_view(member.member).substr(name.size()) == parameters;
  });
  return row == removed_members.end() ? nullptr : &*row;
}

const RemovedSnapshot* CompatibilityTable::find_removed_snapshot(std::string_view binary_name,
                                                                 const FlinkVersion& target) const {
  const auto row = std::ranges::find_if(removed_snapshots, [&](const RemovedSnapshot& snapshot) {
    return snapshot.name == binary_name && snapshot.removed_in <= target;
  });
  return row == removed_snapshots.end() ? nullptr : &*row;
}

const RetiredArtifact* CompatibilityTable::find_retired_artifact(std::string_view group, std::string_view artifact,
                                                                 const FlinkVersion& target) const {
  const auto row = std::ranges::find_if(retired_artifacts, [&](const RetiredArtifact& retired) {
    return retired.group == group && retired.removed_in <= target && artifact_matches(retired.artifact, artifact);
  });
  return row == retired_artifacts.end() ? nullptr : &*row;
}

const Connector* CompatibilityTable::find_connector(std::string_view group, std::string_view artifact) const {
  const auto row = std::ranges::find_if(connectors, [&](const Connector& connector) {
    return connector.group == group && std::ranges::any_of(connector.artifacts, [&](const std::string& pattern) {
             return artifact_matches(pattern, artifact);
           });
  });
  return row == connectors.end() ? nullptr : &*row;
}

const DistributedModule* CompatibilityTable::find_distribution(std::string_view module,
                                                               const FlinkVersion& wanted) const {
  const auto row = std::ranges::find_if(distribution, [&](const DistributedModule& distributed) {
    return distributed.module == module && is_within(distributed, wanted);
  });
  return row == distribution.end() ? nullptr : &*row;
}

bool CompatibilityTable::is_parent_first(std::string_view binary_name, const FlinkVersion& wanted) const {
  return std::ranges::any_of(class_loading, [&](const ClassLoading& loading) {
    return is_within(loading, wanted) && std::ranges::any_of(loading.parent_first, [&](const std::string& prefix) {
             return binary_name.starts_with(prefix);
           });
  });
}

const KryoForm* CompatibilityTable::find_kryo_form(std::string_view type) const {
  const auto found = std::ranges::find_if(
      kryo_forms, [&](const KryoForm& form) { return std::ranges::find(form.types, type) != form.types.end(); });
  return found == kryo_forms.end() ? nullptr : &*found;
}

std::span<const TableDocument> embedded_table_documents() {
  static const std::vector<TableDocument> documents = [] {
    std::vector<TableDocument> result;
    for (const EmbeddedFile& file : embedded_table_files) {
      const std::string name(file.name);
      result.push_back({name.substr(0, name.rfind('.')), "embedded " + name, std::string(file.text())});
    }
    return result;
  }();
  return documents;
}

const TypeSerializer* CompatibilityTable::find_type_serializer(std::string_view java_type) const {
  const auto row = std::ranges::find_if(type_serializers, [&](const TypeSerializer& candidate) {
    return std::ranges::find(candidate.types, java_type) != candidate.types.end();
  });
  return row == type_serializers.end() ? nullptr : &*row;
}

const SerializerForm* CompatibilityTable::find_serializer_form(std::string_view serializer_class) const {
  const auto row = std::ranges::find(serializer_forms, serializer_class, &SerializerForm::serializer);
  return row == serializer_forms.end() ? nullptr : &*row;
}

const LibraryPackage* CompatibilityTable::find_library_package(std::string_view name) const {
  const auto row = std::ranges::find(library_packages, name, &LibraryPackage::name);
  return row == library_packages.end() ? nullptr : &*row;
}

const ClassShape* CompatibilityTable::find_library_class(std::string_view binary_name) const {
  const LibraryPackage* package = find_library_package(binary_name.substr(0, binary_name.rfind('.')));
  if (package == nullptr)
    return nullptr;
  const auto shape = std::ranges::find(package->classes, binary_name, &ClassShape::name);
  return shape == package->classes.end() ? nullptr : &*shape;
}

}  // namespace preflight
