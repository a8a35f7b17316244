#include "upgrade_builder.h"

#include <algorithm>
#include <utility>

#include "embedded_api_index.h"
#include "savepoint/operator_id.h"

namespace preflight::test {

const CompatibilityTable& embedded_table() {
  return *shared_embedded_table();
}

std::shared_ptr<const CompatibilityTable> shared_embedded_table() {
  static const auto table =
      std::make_shared<const CompatibilityTable>(read_compatibility_table(embedded_table_documents()));
  return table;
}

std::shared_ptr<const ApiIndex> embedded_api() {
  static const auto index = std::make_shared<const ApiIndex>(api_index());
  return index;
}

UpgradeBuilder::UpgradeBuilder(const std::string& target) {
  upgrade_.to = FlinkVersion::parse(target).value();
  upgrade_.target_text = target;
  upgrade_.table = shared_embedded_table();
  upgrade_.api = embedded_api();
}

UpgradeBuilder& UpgradeBuilder::on(Platform platform) {
  upgrade_.platform = platform;
  return *this;
}

UpgradeBuilder& UpgradeBuilder::from(const std::string& version) {
  const FlinkVersion release = FlinkVersion::parse(version).value();
  upgrade_.from = SourceRelease{release, release, "--from"};
  return *this;
}

UpgradeBuilder& UpgradeBuilder::from_between(const std::string& lowest, const std::string& highest) {
  upgrade_.from =
      SourceRelease{FlinkVersion::parse(lowest).value(), FlinkVersion::parse(highest).value(), "the savepoint"};
  return *this;
}

UpgradeBuilder& UpgradeBuilder::table(CompatibilityTable table) {
  upgrade_.table = std::make_shared<const CompatibilityTable>(std::move(table));
  return *this;
}

UpgradeBuilder& UpgradeBuilder::dependency(const std::string& group, const std::string& artifact,
                                           const std::string& version, const std::string& property,
                                           const std::string& scope) {
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

UpgradeBuilder& UpgradeBuilder::application() {
  if (!upgrade_.application) {
    upgrade_.application.emplace();
    upgrade_.application->path = "app.jar";
    upgrade_.application->texts = class_names_;
    upgrade_.application->manifest.main_attributes["main-class"] = "com.example.Main";
    add_class("com.example.Main", 55);
    upgrade_.application->classes.back().has_main = true;
  }
  return *this;
}

UpgradeBuilder& UpgradeBuilder::add_class(const std::string& name, int major_version, int release) {
  ApplicationClass added;
  added.name = class_names_->keep(name);
  added.super_class = "java.lang.Object";
  added.entry = class_names_->keep(name + ".class");
  added.major_version = static_cast<std::uint16_t>(major_version);
  added.release = release;
  auto& classes = upgrade_.application->classes;
  classes.insert(std::ranges::upper_bound(classes, name, {}, &ApplicationClass::name), added);
  return *this;
}

UpgradeBuilder& UpgradeBuilder::refers_to(const std::string& name) {
  application();
  upgrade_.application->external_classes.push_back({class_names_->keep(name), {0}});
  uses_of_the_first_.push_back(
      {.kind = SymbolUse::Kind::class_reference, .owner = texts_->text(name), .method = "main"});
  return *this;
}

UpgradeBuilder& UpgradeBuilder::bundles(const std::string& group, const std::string& artifact,
                                        const std::string& version) {
  application();
  upgrade_.application->libraries.push_back({{group, artifact, version}, "META-INF/maven/pom.properties"});
  return *this;
}

UpgradeBuilder& UpgradeBuilder::bundles_in(const std::string& entry, const std::string& group,
                                           const std::string& artifact, const std::string& version) {
  application();
  upgrade_.application->libraries.push_back({{group, artifact, version}, entry});
  return *this;
}

UpgradeBuilder& UpgradeBuilder::calls(const std::string& caller, const std::string& owner, const std::string& name,
                                      int line) {
  linked_class(caller).uses.push_back({.kind = SymbolUse::Kind::invoke_virtual,
                                       .owner = texts_->text(owner),
                                       .name = texts_->text(name),
                                       .descriptor = "()V",
                                       .method = "main",
                                       .line = line});
  return *this;
}

UpgradeBuilder& UpgradeBuilder::table_text(const std::string& holder, const std::string& sql) {
  linked_class(holder).table_texts.push_back(texts_->text(sql));
  return *this;
}

LinkedClass& UpgradeBuilder::linked_class(const std::string& name) {
  const auto& classes = upgrade_.application->classes;
  const auto index =
      static_cast<std::uint32_t>(std::ranges::find(classes, name, &ApplicationClass::name) - classes.begin());
  const auto linked = std::ranges::find(upgrade_.linked_classes, index, &LinkedClass::index);
  if (linked != upgrade_.linked_classes.end())
    return *linked;
  upgrade_.linked_classes.push_back({.index = index, .source_file = "Job.java"});
  return upgrade_.linked_classes.back();
}

UpgradeBuilder& UpgradeBuilder::calls_uid(const std::string& uid) {
  add_operator().uid = {.knowledge = JobValue<std::string>::Knowledge::known, .values = {uid}};
  upgrade_.application->string_constants.push_back(uid);
  return *this;
}

UpgradeBuilder& UpgradeBuilder::computes_a_uid() {
  add_operator().uid = {.knowledge = JobValue<std::string>::Knowledge::unknown, .reason = "it is computed"};
  return *this;
}

UpgradeBuilder& UpgradeBuilder::string_constant(const std::string& text) {
  application();
  upgrade_.application->string_constants.push_back(text);
  return *this;
}

UpgradeBuilder& UpgradeBuilder::savepoint(int metadata_version) {
  upgrade_.savepoint.emplace();
  upgrade_.savepoint->metadata_path = "savepoint/_metadata";
  upgrade_.savepoint->metadata_version = metadata_version;
  return *this;
}

UpgradeBuilder& UpgradeBuilder::stateless_operator(const std::string& uid) {
  if (!upgrade_.savepoint)
    savepoint();
  OperatorState added;
  added.id = operator_id_of_uid(uid);
  added.parallelism = 2;
  added.max_parallelism = 128;
  upgrade_.savepoint->operators.push_back(added);
  return *this;
}

UpgradeBuilder& UpgradeBuilder::operator_with_state(const std::string& uid, const std::string& state,
                                                    SerializerSnapshot value) {
  stateless_operator(uid);
  OperatorState& added = upgrade_.savepoint->operators.back();
  added.has_state = true;
  added.states.push_back({.name = state, .kind = StateKind::keyed, .value = std::move(value)});
  return *this;
}

UpgradeBuilder& UpgradeBuilder::allow_non_restored_state(bool allowed) {
  upgrade_.start.allow_non_restored_state = allowed;
  return *this;
}

UpgradeBuilder& UpgradeBuilder::parallelism(int value) {
  upgrade_.start.parallelism = value;
  return *this;
}

UpgradeBuilder& UpgradeBuilder::max_parallelism(int value) {
  upgrade_.start.max_parallelism = value;
  return *this;
}

Assessment UpgradeBuilder::assess() const {
  Upgrade upgrade = upgrade_;
  if (upgrade.application)
    upgrade.origins = origins_of(*upgrade.application, *upgrade.table);
  if (upgrade.application && upgrade.linked_classes.empty()) {
    for (std::uint32_t i = 0; i < upgrade.application->classes.size(); ++i)
      upgrade.linked_classes.push_back({.index = i, .access_flags = 1});
    upgrade.linked_classes.front().uses = uses_of_the_first_;
  }
  return preflight::assess(upgrade);
}

JobOperator& UpgradeBuilder::add_operator() {
  application();
  if (!upgrade_.job)
    upgrade_.job.emplace();
  JobOperator added;
  added.call = "process";
  added.states_incomplete_because = "its function was not read";
  upgrade_.job->operators.push_back(std::move(added));
  return upgrade_.job->operators.back();
}

SerializerSnapshot long_serializer() {
  return {.snapshot_class = "org.apache.flink.api.common.typeutils.base.LongSerializer$LongSerializerSnapshot",
          .serializer = "LongSerializer",
          .version = 3};
}

SerializerSnapshot kryo_serializer(const std::string& type) {
  return {.snapshot_class = "org.apache.flink.api.java.typeutils.runtime.kryo.KryoSerializerSnapshot",
          .serializer = "KryoSerializer",
          .version = 2,
          .parameters = {{"class", type}}};
}

SerializerSnapshot pojo_serializer(const std::string& type, std::vector<SerializerField> fields) {
  return {.snapshot_class = "org.apache.flink.api.java.typeutils.runtime.PojoSerializerSnapshot",
          .serializer = "PojoSerializer",
          .version = 2,
          .parameters = {{"class", type}},
          .fields = std::move(fields)};
}

std::vector<std::string> findings_of(const Assessment& assessment, const std::string& rule) {
  std::vector<std::string> titles;
  for (const Finding& finding : assessment.findings)
    if (finding.rule == rule)
      titles.push_back(std::string(to_string(finding.severity)) + " " + finding.title);
  return titles;
}

}  // namespace preflight::test
