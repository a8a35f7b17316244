#include "application/linked_class.h"

#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>

#include "fixture_paths.h"
#include "parsers/archive/zip_builder.h"
#include "parsers/classfile/class_file_builder.h"
#include "temporary_folder.h"

using namespace preflight;
using namespace preflight::test;

namespace {

std::string class_file(const std::string& name, const std::string& super = "java/lang/Object") {
  std::string text;
  for (const std::byte byte : ClassFileBuilder(name, super).build())
    text.push_back(std::to_integer<char>(byte));
  return text;
}

std::vector<std::uint32_t> all_of(const ApplicationJar& application) {
  std::vector<std::uint32_t> indices(application.classes.size());
  std::iota(indices.begin(), indices.end(), 0U);
  return indices;
}

std::uint32_t index_of(const ApplicationJar& application, const std::string& name) {
  return static_cast<std::uint32_t>(application.find_class(name) - application.classes.data());
}

/// "METHOD:LINE OWNER.NAME" of what is used of Flink.
std::vector<std::string> flink_uses(const LinkedClass& linked) {
  std::vector<std::string> lines;
  for (const SymbolUse& use : linked.uses)
    if (use.owner.starts_with("org.apache.flink.") && use.line != 0)
      lines.push_back(fmt::format("{}:{} {}{}{}", use.method, use.line, use.owner.substr(use.owner.rfind('.') + 1),
                                  use.name.empty() ? "" : ".", use.name));
  return lines;
}

}  // namespace

TEST_CASE("A real job says where it uses Flink") {
  const ApplicationJar application = read_application_jar(fixtures() / "jars/plain.jar");
  const std::vector<std::uint32_t> indices = {index_of(application, "com.example.special.TickJob"),
                                              index_of(application, "com.example.special.TickJob$TickCounter")};
  const std::vector<LinkedClass> linked = read_linked_classes(application, indices);
  REQUIRE(linked.size() == 2);
  CHECK(linked[0].index == indices[0]);
  CHECK(linked[0].source_file == "TickJob.java");
  CHECK(linked[0].access_flags == 0x0031);
  // As the source has it: fixtures/generator/special/base.
  CHECK(flink_uses(linked[0]) ==
        std::vector<std::string>{"main:14 StreamExecutionEnvironment.getExecutionEnvironment",
                                 "main:15 StreamExecutionEnvironment.fromSequence", "main:15 DataStreamSource.uid",
                                 "main:16 SingleOutputStreamOperator.keyBy", "main:17 KeyedStream.process",
                                 "main:17 SingleOutputStreamOperator.uid", "main:18 SingleOutputStreamOperator.print",
                                 "main:18 DataStreamSink.uid", "main:19 StreamExecutionEnvironment.execute"});
  CHECK(linked[1].access_flags == 0x0019);  // static final, as InnerClasses says
  REQUIRE(linked[1].fields.size() == 1);
  CHECK(linked[1].fields[0].name == "count");
  CHECK(linked[1].fields[0].descriptor == "Lorg/apache/flink/api/common/state/ValueState;");
  CHECK(std::any_of(linked[1].methods.begin(), linked[1].methods.end(),
                    [](const DeclaredMember& method) { return method.name == "processElement"; }));
}

TEST_CASE("Classes are read wherever they lie, in the order that is asked for") {
  for (const char* name : {"jars/nested-lib.jar", "jars/multi-release.jar", "jars/language-levels.jar",
                           "jars/data-descriptors.jar", "applications/orders-1.0/orders-1.0.jar"}) {
    INFO(name);
    const ApplicationJar application = read_application_jar(fixtures() / name);
    std::vector<std::uint32_t> indices = all_of(application);
    std::reverse(indices.begin(), indices.end());
    const std::vector<LinkedClass> linked = read_linked_classes(application, indices);
    REQUIRE(linked.size() == indices.size());
    for (std::size_t i = 0; i < linked.size(); ++i)
      CHECK(linked[i].index == indices[i]);
  }
}

TEST_CASE("A class of a nested JAR is that one, and not its namesake") {
  ZipBuilder library;
  library.add("a/B.class", class_file("a/B", "nested/Super"));
  ZipBuilder zip;
  zip.add("a/B.class", class_file("a/B", "outer/Super"));
  zip.add("lib/x!y.jar", library.build());
  const TemporaryFolder folder;
  const ApplicationJar application = read_application_jar(folder.write("app.jar", zip.build()));
  REQUIRE(application.classes.size() == 2);
  const std::vector<LinkedClass> linked = read_linked_classes(application, all_of(application));
  REQUIRE(linked.size() == 2);
  for (const LinkedClass& each : linked)
    CHECK(each.uses.at(0).owner == application.classes.at(each.index).super_class);
}

TEST_CASE("Texts with a table's connector are kept of the classes whose own code counts") {
  const auto with_texts = [](const char* name, std::initializer_list<const char*> texts) {
    ClassFileBuilder builder(name);
    for (const char* text : texts)
      builder.string(text);
    const std::vector<std::byte> bytes = builder.build();
    return std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  };
  const std::string table = "CREATE TABLE t WITH ('connector' = 'kinesis')";
  ZipBuilder zip;
  zip.add("a/Own.class", with_texts("a/Own", {"hello", table.c_str(), "connector"}));
  zip.add("b/Library.class", with_texts("b/Library", {table.c_str()}));
  const TemporaryFolder folder;
  const ApplicationJar application = read_application_jar(folder.write("app.jar", zip.build()));
  const std::vector<LinkedClass> linked =
      read_linked_classes(application, all_of(application), [&](std::uint32_t index) {
        return application.classes[index].name == "a.Own" ? JavaUses::kept : JavaUses::left_out;
      });
  REQUIRE(linked.size() == 2);
  CHECK(linked[0].table_texts == std::vector<std::string_view>{table});
  CHECK(linked[1].table_texts.empty());
}

TEST_CASE("Classes that can no longer be read are left out") {
  ZipBuilder zip;
  zip.add("a/A.class", class_file("a/A")).add("a/B.class", class_file("a/B")).add("a/C.class", class_file("a/C"));
  const std::string before = zip.build();
  const TemporaryFolder folder;
  const auto path = folder.write("app.jar", before);
  const ApplicationJar application = read_application_jar(path);
  std::string after = before;
  after[after.find("\xCA\xFE\xBA\xBE") + 1] = 'x';
  folder.write("app.jar", after);
  std::filesystem::remove(path);  // The file itself is still open.
  const std::vector<LinkedClass> linked = read_linked_classes(application, all_of(application));
  REQUIRE(linked.size() == 2);
  CHECK(application.classes.at(linked[0].index).name == "a.B");
  CHECK(application.classes.at(linked[1].index).name == "a.C");
}

TEST_CASE("An application that was read from no archive has no classes to be read once more") {
  ApplicationJar application;
  application.classes.emplace_back();
  CHECK(read_linked_classes(application, all_of(application)).empty());
}
