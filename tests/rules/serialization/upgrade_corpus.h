#pragma once

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "application/application_jar.h"
#include "fixture_paths.h"
#include "job/class_pool.h"
#include "job/class_shapes.h"
#include "savepoint/savepoint.h"

namespace preflight::test {

/// fixtures/upgrades: jobs that Flink really ran, with the savepoints that they wrote.
inline std::filesystem::path upgrades() {
  return fixtures() / "upgrades";
}

inline const std::vector<std::string>& releases_of_savepoints() {
  static const std::vector<std::string> releases = {"1.15", "1.18", "1.20", "2.0", "2.1", "2.2"};
  return releases;
}

/// A JAR of the corpus, whose classes can be read as long as it lives.
struct CorpusJar {
  explicit CorpusJar(const std::filesystem::path& path)
      : application(read_application_jar(path)), pool(application, {}), cache(pool) {}

  /// All classes of the JAR, as if a job reached them.
  ClassShapes all_shapes() {
    std::vector<std::string> names;
    for (const ApplicationClass& of : application.classes)
      names.emplace_back(of.name);
    return collect_shapes(cache, names);
  }

  ApplicationJar application;
  ClassPool pool;
  ShapeCache cache;
};

struct CorpusSavepoint {
  std::string job;  ///< "PojoUnchanged-rocksdb"
  Savepoint savepoint;
};

inline std::vector<CorpusSavepoint> savepoints_of(const std::string& release) {
  std::vector<CorpusSavepoint> savepoints;
  for (const auto& entry : std::filesystem::directory_iterator(upgrades() / "savepoints" / release))
    if (entry.is_directory())
      savepoints.push_back({entry.path().filename().string(), read_savepoint(entry.path())});
  std::ranges::sort(savepoints, {}, &CorpusSavepoint::job);
  return savepoints;
}

/// The snapshot without what only the values of a run make of it: subclasses that came up and are not registered; and
/// without the class of a JavaSerializer, which a job's code may tell and no snapshot has.
inline SerializerSnapshot without_subclasses_seen(SerializerSnapshot snapshot) {
  if (snapshot.serializer == "JavaSerializer")
    std::erase_if(snapshot.parameters, [](const SnapshotParameter& one) { return one.name == "class"; });
  const auto seen = std::ranges::find(snapshot.parameters, "unregistered_subclasses", &SnapshotParameter::name);
  if (seen != snapshot.parameters.end()) {
    const std::size_t count = std::get<std::vector<std::string>>(seen->value).size();
    snapshot.nested.resize(snapshot.nested.size() - count);
    snapshot.parameters.erase(seen);
  }
  for (SerializerSnapshot& nested : snapshot.nested)
    nested = without_subclasses_seen(std::move(nested));
  for (SerializerField& field : snapshot.fields)
    for (SerializerSnapshot& serializer : field.serializer)
      serializer = without_subclasses_seen(std::move(serializer));
  return snapshot;
}

/// Everything in it on one line, for messages.
inline std::string full_text(const SerializerSnapshot& snapshot) {
  std::string text = snapshot.snapshot_class.substr(snapshot.snapshot_class.rfind('.') + 1) + "/" +
                     snapshot.serializer + "/" + std::to_string(snapshot.version);
  for (const SnapshotParameter& parameter : snapshot.parameters) {
    text += " " + parameter.name + "=";
    if (const auto* one = std::get_if<std::string>(&parameter.value))
      text += *one;
    else if (const auto* many = std::get_if<std::vector<std::string>>(&parameter.value))
      for (const std::string& each : *many)
        text += each + ",";
    else if (const auto* number = std::get_if<std::int64_t>(&parameter.value))
      text += std::to_string(*number);
    else
      text += std::get<bool>(parameter.value) ? "true" : "false";
  }
  for (const SerializerSnapshot& nested : snapshot.nested)
    text += " <" + full_text(nested) + ">";
  for (const SerializerField& field : snapshot.fields)
    for (const SerializerSnapshot& serializer : field.serializer)
      text += " {" + field.declaring_class + "#" + field.name + ": " + full_text(serializer) + "}";
  return text;
}

}  // namespace preflight::test
