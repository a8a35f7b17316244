#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "assessment.h"
#include "embedded_api_index.h"
#include "savepoint/operator_id.h"
#include "upgrade.h"

namespace preflight::test {

/// The table that is built into the program.
inline const CompatibilityTable& embedded_table() {
  static const CompatibilityTable table = read_compatibility_table(embedded_table_documents());
  return table;
}

/// The index that is built into the program.
inline std::shared_ptr<const ApiIndex> embedded_api() {
  static const auto index = std::make_shared<const ApiIndex>(api_index());
  return index;
}

/// An Upgrade written down in a few words; what is not said is absent, as on a command line.
class UpgradeBuilder {
 public:
  explicit UpgradeBuilder(const std::string& target) {
    upgrade_.to = FlinkVersion::parse(target).value();
    upgrade_.target_text = target;
    upgrade_.table = embedded_table();
    upgrade_.api = embedded_api();
  }

  UpgradeBuilder& on(Platform platform) {
    upgrade_.platform = platform;
    return *this;
  }

  UpgradeBuilder& from(const std::string& version) {
    const FlinkVersion release = FlinkVersion::parse(version).value();
    upgrade_.from = SourceRelease{release, release, "--from"};
    return *this;
  }

  UpgradeBuilder& from_between(const std::string& lowest, const std::string& highest) {
    upgrade_.from =
        SourceRelease{FlinkVersion::parse(lowest).value(), FlinkVersion::parse(highest).value(), "the savepoint"};
    return *this;
  }

  UpgradeBuilder& table(CompatibilityTable table) {
    upgrade_.table = std::move(table);
    return *this;
  }

  /// A dependency with its version written as a literal, or held by a property.
  UpgradeBuilder& dependency(const std::string& group, const std::string& artifact, const std::string& version,
                             const std::string& property = "", const std::string& scope = "compile") {
    if (upgrade_.poms.empty()) {
      upgrade_.poms.emplace_back();
      upgrade_.poms.back().path = "pom.xml";
    }
    PomDependency dependency;
    dependency.coordinates = {group, artifact, version};
    dependency.scope = scope;
    dependency.declared = {"pom.xml", 10 + static_cast<int>(upgrade_.poms.back().dependencies.size())};
    dependency.version_property = property;
    if (version.empty())
      dependency.unknown = "the property is not defined";
    upgrade_.poms.back().dependencies.push_back(dependency);
    return *this;
  }

  /// An application JAR with one class that has a main method and is the entry class.
  UpgradeBuilder& application() {
    if (!upgrade_.application) {
      upgrade_.application.emplace();
      upgrade_.application->path = "app.jar";
      upgrade_.application->manifest.main_attributes["main-class"] = "com.example.Main";
      add_class("com.example.Main", 55);
      upgrade_.application->classes.back().has_main = true;
    }
    return *this;
  }

  UpgradeBuilder& add_class(const std::string& name, int major_version, int release = 0) {
    ApplicationClass added;
    added.name = name;
    added.super_class = "java.lang.Object";
    added.entry = name + ".class";
    added.major_version = static_cast<std::uint16_t>(major_version);
    added.release = release;
    auto& classes = upgrade_.application->classes;
    classes.insert(std::ranges::upper_bound(classes, name, {}, &ApplicationClass::name), added);
    return *this;
  }

  /// The first class of the JAR refers to a class outside it.
  UpgradeBuilder& refers_to(const std::string& name) {
    application();
    upgrade_.application->external_classes.push_back({name, {0}});
    uses_of_the_first_.push_back(
        {.kind = SymbolUse::Kind::class_reference, .owner = texts_->text(name), .method = "main"});
    return *this;
  }

  UpgradeBuilder& bundles(const std::string& group, const std::string& artifact, const std::string& version) {
    application();
    upgrade_.application->libraries.push_back({{group, artifact, version}, "META-INF/maven/pom.properties"});
    return *this;
  }

  /// A library that the metadata of a nested JAR names.
  UpgradeBuilder& bundles_in(const std::string& entry, const std::string& group, const std::string& artifact,
                             const std::string& version) {
    application();
    upgrade_.application->libraries.push_back({{group, artifact, version}, entry});
    return *this;
  }

  /// A call in the class of that name, which the JAR has already.
  UpgradeBuilder& calls(const std::string& caller, const std::string& owner, const std::string& name, int line) {
    const auto& classes = upgrade_.application->classes;
    const auto found = std::ranges::find(classes, caller, &ApplicationClass::name);
    const auto index = static_cast<std::uint32_t>(found - classes.begin());
    auto linked = std::ranges::find(upgrade_.linked_classes, index, &LinkedClass::index);
    if (linked == upgrade_.linked_classes.end()) {
      upgrade_.linked_classes.push_back({.index = index, .source_file = "Job.java"});
      linked = upgrade_.linked_classes.end() - 1;
    }
    linked->uses.push_back({.kind = SymbolUse::Kind::invoke_virtual,
                            .owner = texts_->text(owner),
                            .name = texts_->text(name),
                            .descriptor = "()V",
                            .method = "main",
                            .line = line});
    return *this;
  }

  /// The application builds a job, which has an operator with this uid; nothing is known of its states.
  UpgradeBuilder& calls_uid(const std::string& uid) {
    add_operator().uid = {.knowledge = JobValue<std::string>::Knowledge::known, .values = {uid}};
    upgrade_.application->string_constants.push_back(uid);
    return *this;
  }

  UpgradeBuilder& computes_a_uid() {
    add_operator().uid = {.knowledge = JobValue<std::string>::Knowledge::unknown, .reason = "it is computed"};
    return *this;
  }

  UpgradeBuilder& string_constant(const std::string& text) {
    application();
    upgrade_.application->string_constants.push_back(text);
    return *this;
  }

  UpgradeBuilder& savepoint(int metadata_version = 4) {
    upgrade_.savepoint.emplace();
    upgrade_.savepoint->metadata_path = "savepoint/_metadata";
    upgrade_.savepoint->metadata_version = metadata_version;
    return *this;
  }

  UpgradeBuilder& stateless_operator(const std::string& uid) {
    if (!upgrade_.savepoint)
      savepoint();
    OperatorState added;
    added.id = operator_id_of_uid(uid);
    added.parallelism = 2;
    added.max_parallelism = 128;
    upgrade_.savepoint->operators.push_back(added);
    return *this;
  }

  UpgradeBuilder& operator_with_state(const std::string& uid, const std::string& state, SerializerSnapshot value) {
    stateless_operator(uid);
    OperatorState& added = upgrade_.savepoint->operators.back();
    added.has_state = true;
    added.states.push_back({.name = state, .kind = StateKind::keyed, .value = std::move(value)});
    return *this;
  }

  UpgradeBuilder& allow_non_restored_state(bool allowed) {
    upgrade_.start.allow_non_restored_state = allowed;
    return *this;
  }
  UpgradeBuilder& parallelism(int value) {
    upgrade_.start.parallelism = value;
    return *this;
  }
  UpgradeBuilder& max_parallelism(int value) {
    upgrade_.start.max_parallelism = value;
    return *this;
  }

  Upgrade& upgrade() { return upgrade_; }
  /// With every class read in full, unless the test says otherwise.
  Assessment assess() const {
    Upgrade upgrade = upgrade_;
    if (upgrade.application)
      upgrade.origins = origins_of(*upgrade.application, upgrade.table);
    if (upgrade.application && upgrade.linked_classes.empty()) {
      for (std::uint32_t i = 0; i < upgrade.application->classes.size(); ++i)
        upgrade.linked_classes.push_back({.index = i, .access_flags = 1});
      upgrade.linked_classes.front().uses = uses_of_the_first_;
    }
    return preflight::assess(upgrade);
  }

 private:
  JobOperator& add_operator() {
    application();
    if (!upgrade_.job)
      upgrade_.job.emplace();
    JobOperator added;
    added.call = "process";
    added.states_incomplete_because = "its function was not read";
    upgrade_.job->operators.push_back(std::move(added));
    return upgrade_.job->operators.back();
  }

  Upgrade upgrade_;
  std::vector<SymbolUse> uses_of_the_first_;
  std::shared_ptr<ClassTexts> texts_ = std::make_shared<ClassTexts>();  ///< Of uses.
};

inline SerializerSnapshot long_serializer() {
  return {.snapshot_class = "org.apache.flink.api.common.typeutils.base.LongSerializer$LongSerializerSnapshot",
          .serializer = "LongSerializer",
          .version = 3};
}

inline SerializerSnapshot kryo_serializer(const std::string& type) {
  return {.snapshot_class = "org.apache.flink.api.java.typeutils.runtime.kryo.KryoSerializerSnapshot",
          .serializer = "KryoSerializer",
          .version = 2,
          .parameters = {{"class", type}}};
}

inline SerializerSnapshot pojo_serializer(const std::string& type, std::vector<SerializerField> fields) {
  return {.snapshot_class = "org.apache.flink.api.java.typeutils.runtime.PojoSerializerSnapshot",
          .serializer = "PojoSerializer",
          .version = 2,
          .parameters = {{"class", type}},
          .fields = std::move(fields)};
}

/// The findings of one rule, as "severity title".
inline std::vector<std::string> findings_of(const Assessment& assessment, const std::string& rule) {
  std::vector<std::string> titles;
  for (const Finding& finding : assessment.findings)
    if (finding.rule == rule)
      titles.push_back(std::string(to_string(finding.severity)) + " " + finding.title);
  return titles;
}

}  // namespace preflight::test
