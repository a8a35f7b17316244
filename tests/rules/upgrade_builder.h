#pragma once

#include <memory>
#include <string>
#include <vector>

#include "assessment.h"
#include "upgrade.h"

namespace preflight::test {

/// The table that is built into the program.
const CompatibilityTable& embedded_table();
std::shared_ptr<const CompatibilityTable> shared_embedded_table();

/// The index that is built into the program.
std::shared_ptr<const ApiIndex> embedded_api();

/// An Upgrade written down in a few words; what is not said is absent, as on a command line.
class UpgradeBuilder {
 public:
  explicit UpgradeBuilder(const std::string& target);

  UpgradeBuilder& on(Platform platform);

  UpgradeBuilder& from(const std::string& version);

  UpgradeBuilder& from_between(const std::string& lowest, const std::string& highest);

  UpgradeBuilder& table(CompatibilityTable table);

  /// A dependency with its version written as a literal, or held by a property.
  UpgradeBuilder& dependency(const std::string& group, const std::string& artifact, const std::string& version,
                             const std::string& property = "", const std::string& scope = "compile");

  /// An application JAR with one class that has a main method and is the entry class.
  UpgradeBuilder& application();

  UpgradeBuilder& add_class(const std::string& name, int major_version, int release = 0);

  /// The first class of the JAR refers to a class outside it.
  UpgradeBuilder& refers_to(const std::string& name);

  UpgradeBuilder& bundles(const std::string& group, const std::string& artifact, const std::string& version);

  /// A library that the metadata of a nested JAR names.
  UpgradeBuilder& bundles_in(const std::string& entry, const std::string& group, const std::string& artifact,
                             const std::string& version);

  /// A call in the class of that name, which the JAR has already.
  UpgradeBuilder& calls(const std::string& caller, const std::string& owner, const std::string& name, int line);

  /// A string constant with the options of a table in the class of that name, which the JAR has already.
  UpgradeBuilder& table_text(const std::string& holder, const std::string& sql);

  /// The application builds a job, which has an operator with this uid; nothing is known of its states.
  UpgradeBuilder& calls_uid(const std::string& uid);

  UpgradeBuilder& computes_a_uid();

  UpgradeBuilder& string_constant(const std::string& text);

  UpgradeBuilder& savepoint(int metadata_version = 4);

  UpgradeBuilder& stateless_operator(const std::string& uid);

  UpgradeBuilder& operator_with_state(const std::string& uid, const std::string& state, SerializerSnapshot value);

  UpgradeBuilder& allow_non_restored_state(bool allowed);
  UpgradeBuilder& parallelism(int value);
  UpgradeBuilder& max_parallelism(int value);

  Upgrade& upgrade() { return upgrade_; }
  /// With every class read in full, unless the test says otherwise.
  Assessment assess() const;

 private:
  JobOperator& add_operator();
  LinkedClass& linked_class(const std::string& name);

  Upgrade upgrade_;
  std::vector<SymbolUse> uses_of_the_first_;
  std::shared_ptr<TextStore> class_names_ = std::make_shared<TextStore>();  ///< And entries.
  std::shared_ptr<ClassTexts> texts_ = std::make_shared<ClassTexts>();      ///< Of uses.
};

SerializerSnapshot long_serializer();

SerializerSnapshot kryo_serializer(const std::string& type);

SerializerSnapshot pojo_serializer(const std::string& type, std::vector<SerializerField> fields);

/// The findings of one rule, as "severity title".
std::vector<std::string> findings_of(const Assessment& assessment, const std::string& rule);

}  // namespace preflight::test
