// What the rules say of linkage problems, on the built-in index and table.
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <set>

#include "linkage/symbol_text.h"
#include "upgrade_builder.h"

using namespace preflight;
using preflight::test::embedded_api;
using preflight::test::embedded_table;
using preflight::test::UpgradeBuilder;

namespace {

using Texts = std::vector<std::string>;

constexpr const char* kEnvironment = "org.apache.flink.streaming.api.environment.StreamExecutionEnvironment";

SymbolUse call(std::string_view owner, std::string_view name, std::string_view descriptor,
               SymbolUse::Kind kind = SymbolUse::Kind::invoke_virtual) {
  return {.kind = kind, .owner = owner, .name = name, .descriptor = descriptor, .method = "main", .line = 12};
}

/// An application of one class.
Assessment assess(const std::string& target, Platform platform, const std::string& class_name,
                  const std::string& super_class, std::vector<DeclaredMember> methods, std::vector<SymbolUse> uses) {
  UpgradeBuilder builder(target);
  builder.on(platform).application();
  Upgrade& upgrade = builder.upgrade();
  upgrade.application->classes.front().name = class_name;
  upgrade.application->classes.front().super_class = super_class;
  upgrade.application->manifest.main_attributes["main-class"] = "com.example.Job";
  upgrade.linked_classes = {{.index = 0,
                             .access_flags = 1,
                             .source_file = "Job.java",
                             .methods = std::move(methods),
                             .uses = std::move(uses)}};
  return builder.assess();
}

struct Row {
  const char* name;
  std::string rule;
  Severity severity;
  std::string title;
  std::string remedy;
  std::string class_name = "com.example.Job";
  std::string super_class = "java.lang.Object";
  std::vector<DeclaredMember> methods = {};
  std::vector<SymbolUse> uses = {};
  Platform platform = Platform::standalone;
  const char* target = "2.2";
};

std::vector<Row> rows() {
  constexpr std::string_view state_backend =
      "(Lorg/apache/flink/runtime/state/StateBackend;)"
      "Lorg/apache/flink/streaming/api/environment/StreamExecutionEnvironment;";
  const SymbolUse kafka = {.kind = SymbolUse::Kind::class_reference,
                           .owner = "org.apache.flink.connector.kafka.source.KafkaSource",
                           .method = "main",
                           .line = 3};
  return {
      {.name = "a method that is gone, with the table's replacement",
       .rule = "missing-method-referenced",
       .severity = Severity::blocker,
       .title = std::string(kEnvironment) + ".setStateBackend(StateBackend) is gone since Flink 2.0",
       .remedy = "state.backend.type",
       .uses = {call(kEnvironment, "setStateBackend", state_backend)}},
      {.name = "an override that is never called",
       .rule = "override-never-called",
       .severity = Severity::high,
       .title = "org.apache.flink.api.common.functions.AbstractRichFunction.open(Configuration) is overridden by "
                "com.example.Job, but Flink 2.2 never calls it",
       .remedy = "open(OpenContext)",
       .super_class = "org.apache.flink.api.common.functions.RichMapFunction",
       .methods = {{"open", "(Lorg/apache/flink/configuration/Configuration;)V", 1},
                   {"map", "(Ljava/lang/Object;)Ljava/lang/Object;", 1}}},
      {.name = "a method that is not implemented",
       .rule = "method-not-implemented",
       .severity = Severity::blocker,
       .title =
           "org.apache.flink.api.common.functions.RichMapFunction.map(Object) is not implemented by com.example.Job",
       .remedy = "Implement the method",
       .super_class = "org.apache.flink.api.common.functions.RichMapFunction"},
      {.name = "a connector that nobody packed, where the class path can be added to",
       .rule = "class-not-on-class-path",
       .severity = Severity::medium,
       .title = "org.apache.flink.connector.kafka.source.KafkaSource is in flink-connector-kafka, which neither "
                "Flink's class "
                "path nor the JAR has",
       .remedy = "Pack org.apache.flink:flink-connector-kafka",
       .uses = {kafka}},
      {.name = "and where it cannot",
       .rule = "class-not-on-class-path",
       .severity = Severity::high,
       .title = "org.apache.flink.connector.kafka.source.KafkaSource is in flink-connector-kafka, which neither "
                "Flink's class "
                "path nor the JAR has",
       .remedy = "Pack org.apache.flink:flink-connector-kafka",
       .uses = {kafka},
       .platform = Platform::msf},
      {.name = "a static method called as one of an object",
       .rule = "incompatible-class-change",
       .severity = Severity::blocker,
       .title = std::string(kEnvironment) + ".getExecutionEnvironment() became static",
       .remedy = "Compile against the target release",
       .uses = {call(kEnvironment, "getExecutionEnvironment",
                     "()Lorg/apache/flink/streaming/api/environment/StreamExecutionEnvironment;")}},
      {.name = "packed code of Flink's own",
       .rule = "bundled-code-does-not-link",
       .severity = Severity::high,
       .title = "org.apache.flink:flink-connector-kafka was built for another Flink than 2.2",
       .remedy = "Flink 2.2",
       .class_name = "org.apache.flink.connector.kafka.source.KafkaSource",
       .uses = {call(kEnvironment, "setStateBackend", state_backend)}},
  };
}

}  // namespace

TEST_CASE("Linkage findings say what is wrong, how bad it is and what to do") {
  for (const Row& row : rows()) {
    INFO(row.name);
    const Assessment assessment =
        assess(row.target, row.platform, row.class_name, row.super_class, row.methods, row.uses);
    const auto finding = std::ranges::find(assessment.findings, row.rule, &Finding::rule);
    REQUIRE(finding != assessment.findings.end());
    CHECK(finding->title == row.title);
    CHECK(finding->severity == row.severity);
    CHECK_THAT(finding->remedy, Catch::Contains(row.remedy));
    CHECK(!finding->evidence.empty());
    CHECK(!finding->subject.name.empty());
  }
}

TEST_CASE("Places are named by class, method, file and line") {
  const Assessment assessment =
      assess("2.2", Platform::standalone, "com.example.Job", "java.lang.Object", {},
             {call(kEnvironment, "readTextFile",
                   "(Ljava/lang/String;)Lorg/apache/flink/streaming/api/datastream/DataStreamSource;")});
  const auto finding = std::ranges::find(assessment.findings, std::string("missing-method-referenced"), &Finding::rule);
  REQUIRE(finding != assessment.findings.end());
  CHECK(finding->evidence == Texts{"com.example.Job.main (Job.java:12)"});
  CHECK(finding->subject.name == std::string(kEnvironment) + ".readTextFile(java.lang.String)");
  CHECK(finding->location.entry == "com.example.Main.class");
}

TEST_CASE("A target that the index does not know is unknown, never silently fine") {
  const Assessment assessment = UpgradeBuilder("9.9").application().assess();
  CHECK(std::ranges::any_of(assessment.unknowns, [](const Unknown& unknown) {
    return unknown.reason == "the index of Flink's API has no release of 9.9";
  }));
}

TEST_CASE("Every member that the table says is gone was there before, and is not there any more") {
  const ApiIndex& api = *embedded_api();
  const ApiSpan line = api.line("flink").value();
  REQUIRE(embedded_table().removed_members.size() >= 60);
  for (const RemovedMember& row : embedded_table().removed_members) {
    INFO(row.class_name << "." << row.member);
    CHECK(!row.sources.empty());
    CHECK(!row.why.empty());
    CHECK(!row.replacement.empty());
    const ApiClass* declared = api.find_class(row.class_name);
    REQUIRE(declared != nullptr);
    const auto has = [&](const ApiMember& member, bool removed) {
      if (fmt::format("{}{}", member.name, parameters_text(member.descriptor)) != row.member)
        return false;
      for (std::uint16_t ordinal = line.first; ordinal <= line.last; ++ordinal) {
        const auto version = FlinkVersion::parse(api.releases()[ordinal].version).value();
        if ((version >= row.removed_in) == removed && member.span.contains(ordinal))
          return true;
      }
      return false;
    };
    std::set<std::string> before;
    for (const ApiMember& member : declared->members)
      if (has(member, false))
        before.insert(std::string(member.descriptor));
    CHECK(!before.empty());
    for (const ApiMember& member : declared->members)
      if (has(member, true))
        CHECK(!before.contains(std::string(member.descriptor)));
  }
}
