#include "api/api_builder.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "fixture_paths.h"
#include "parsers/archive/zip_builder.h"
#include "parsers/classfile/class_file_builder.h"
#include "temporary_folder.h"

using namespace preflight;
using preflight::test::ClassFileBuilder;
using preflight::test::TemporaryFolder;
using preflight::test::ZipBuilder;

namespace {

std::string text_of(const std::vector<std::byte>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string class_file(const std::string& name, const std::string& method) {
  ClassFileBuilder builder(name);
  builder.method(1, method, "()V");
  return text_of(builder.build());
}

ApiIndex built(const ApiRelease& release, const std::vector<std::filesystem::path>& inputs,
               const ApiPackageFilter& filter = {}) {
  ApiBuilder builder(release, filter);
  for (const auto& input : inputs)
    builder.add(input);
  return ApiIndex::read(builder.write(), {"built.api"});
}

std::vector<std::string> class_names(const ApiIndex& index) {
  std::vector<std::string> names;
  for (const std::string_view package : index.packages())
    for (const ApiClass& declared : index.classes_of(package))
      names.emplace_back(declared.name);
  return names;
}

std::vector<std::string> member_names(const ApiClass* declared) {
  REQUIRE(declared != nullptr);
  std::vector<std::string> names;
  for (const ApiMember& member : declared->members)
    names.emplace_back(member.name);
  return names;
}

/// An attribute table's one annotation without elements.
void annotate(ClassFileBuilder& builder, const std::string& type) {
  const std::uint16_t name = builder.utf8("RuntimeInvisibleAnnotations");
  builder.attribute(name, 6, test::Bytes().u2(1).u2(builder.utf8(type)).u2(0));
}

}  // namespace

TEST_CASE("A release's index has what other code can name, as javac compiled it") {
  const ApiIndex index =
      built({"flink", "1.20.0"}, {test::fixtures() / "jars/language-levels.jar"}, {{"com.example.levels.java8"}, {}});
  CHECK(class_names(index) ==
        std::vector<std::string>{"com.example.levels.java8.Everything", "com.example.levels.java8.Everything$Color",
                                 "com.example.levels.java8.Everything$Guarded",
                                 "com.example.levels.java8.Everything$Inner",
                                 "com.example.levels.java8.Everything$Shape", "com.example.levels.java8.Marks",
                                 "com.example.levels.java8.Marks$Plain"});
  const ApiClass* everything = index.find_class("com.example.levels.java8.Everything");
  CHECK(member_names(everything) ==
        std::vector<std::string>{"LARGE", "LIMIT", "NAME", "<init>", "choose", "close", "read", "references"});
  CHECK(everything->forms.front().module == "language-levels");
  CHECK(everything->forms.front().interfaces == std::vector<std::string_view>{"java.util.function.Supplier"});
  const auto read = std::ranges::find(everything->members, "read", &ApiMember::name);
  CHECK(read->deprecated);
  CHECK(read->access_flags == 0x0081);
  CHECK(read->descriptor ==
        "(Lcom/example/levels/java8/Everything$Inner;[[I[Ljava/lang/Comparable;)Ljava/lang/Object;");
  // protected and private stand in the InnerClasses attribute alone.
  CHECK((index.find_class("com.example.levels.java8.Everything$Guarded")->forms.front().access_flags & 0x0007U) == 4);
  CHECK((index.find_class("com.example.levels.java8.Everything$Inner")->forms.front().access_flags & 0x0007U) == 2);
}

TEST_CASE("Flink's annotations are its promise") {
  const TemporaryFolder folder;
  const std::vector<std::pair<std::string, ApiStability>> rows{
      {"Lorg/apache/flink/annotation/Public;", ApiStability::public_api},
      {"Lorg/apache/flink/annotation/PublicEvolving;", ApiStability::public_evolving},
      {"Lorg/apache/flink/annotation/Experimental;", ApiStability::experimental},
      {"Lorg/apache/flink/annotation/Internal;", ApiStability::internal},
      {"Lorg/apache/flink/annotation/VisibleForTesting;", ApiStability::unmarked},
  };
  for (const auto& [annotation, stability] : rows) {
    INFO(annotation);
    ClassFileBuilder builder("a/B");
    annotate(builder, annotation);
    const auto jar = folder.write("a.jar", ZipBuilder().add("a/B.class", text_of(builder.build())).build());
    CHECK(built({"flink", "1"}, {jar}).find_class("a.B")->forms.front().stability == stability);
  }
}

TEST_CASE("Of a class in two JARs the first is taken") {
  const TemporaryFolder folder;
  const auto first = folder.write("first-1.0.jar", ZipBuilder().add("a/B.class", class_file("a/B", "first")).build());
  const auto second = folder.write(
      "second-1.0.jar",
      ZipBuilder().add("a/B.class", class_file("a/B", "second")).add("a/C.class", class_file("a/C", "second")).build());
  const ApiIndex index = built({"flink", "1"}, {first, second});
  CHECK(member_names(index.find_class("a.B")) == std::vector<std::string>{"first"});
  CHECK(index.find_class("a.B")->forms.front().module == "first");
  CHECK(index.find_class("a.C")->forms.front().module == "second");
}

TEST_CASE("Members that only their own class can name are left out, bridges are kept") {
  ClassFileBuilder builder("a/B");
  builder.field(0x0002, "secret", "I");
  builder.field(0x1010, "this$0", "La/A;");
  builder.field(0x0080, "transient", "I");
  builder.method(0x0008, "<clinit>", "()V");
  builder.method(0x1008, "access$000", "()V");
  builder.method(0x100A, "lambda$run$0", "()V");
  builder.method(0x1041, "compareTo", "(Ljava/lang/Object;)I");
  builder.method(0x0020, "locked", "()V");
  const TemporaryFolder folder;
  const auto jar = folder.write("a.jar", ZipBuilder().add("a/B.class", text_of(builder.build())).build());
  const ApiIndex index = built({"flink", "1"}, {jar});
  const ApiClass* b = index.find_class("a.B");
  CHECK(member_names(b) == std::vector<std::string>{"transient", "compareTo", "locked"});
  CHECK(b->members[0].access_flags == 0);
  CHECK(b->members[1].access_flags == 0x1041);
  CHECK(b->members[2].access_flags == 0);
}

TEST_CASE("Variants for later Java, resources that are class files and packages that are not wanted are left out") {
  const TemporaryFolder folder;
  const auto jar = folder.write("a.jar", ZipBuilder()
                                             .add("META-INF/versions/21/a/B.class", class_file("a/B", "later"))
                                             .add("templates/Other.class", class_file("a/Template", "x"))
                                             .add("a/B.class", class_file("a/B", "base"))
                                             .add("a/shaded/C.class", class_file("a/shaded/C", "x"))
                                             .add("ab/D.class", class_file("ab/D", "x"))
                                             .add("a/readme.txt", "no class")
                                             .build());
  const ApiIndex index = built({"flink", "1"}, {jar}, {{"a"}, {"a.shaded"}});
  CHECK(class_names(index) == std::vector<std::string>{"a.B"});
  CHECK(member_names(index.find_class("a.B")) == std::vector<std::string>{"base"});
}

TEST_CASE("A JDK is read from its ct.sym or from a folder of classes") {
  const TemporaryFolder folder;
  const auto symbols =
      folder.write("ct.sym", ZipBuilder()
                                 .add("8/java.base/java/lang/Old.sig", class_file("java/lang/Old", "x"))
                                 .add("BH/java.base/java/lang/New.sig", class_file("java/lang/New", "x"))
                                 .build());
  CHECK(class_names(built({"java", "8"}, {symbols})) == std::vector<std::string>{"java.lang.Old"});
  const ApiIndex java17 = built({"java", "17"}, {symbols});
  CHECK(class_names(java17) == std::vector<std::string>{"java.lang.New"});
  CHECK(java17.find_class("java.lang.New")->forms.front().module == "java.base");
  folder.write("classes/a/B.class", class_file("a/B", "x"));
  CHECK(class_names(built({"java", "17"}, {folder.path() / "classes"})) == std::vector<std::string>{"a.B"});
}

TEST_CASE("A JAR that cannot be read ends the build") {
  const TemporaryFolder folder;
  ApiBuilder builder({"flink", "1"}, {});
  CHECK_THROWS_AS(builder.add(folder.path() / "missing.jar"), InputError);
  CHECK_THROWS_AS(builder.add(folder.write("no.jar", "text")), InputError);
  CHECK_THROWS_AS(builder.add(folder.write("bad.jar", ZipBuilder().add("a/B.class", "text").build())), InputError);
}

TEST_CASE("The module is the artifact's name without version and Scala suffix") {
  const std::vector<std::pair<std::string, std::string>> rows{
      {"flink-core-1.20.1.jar", "flink-core"},
      {"flink-streaming-java_2.12-1.14.0.jar", "flink-streaming-java"},
      {"lib/flink-connector-kafka-3.4.0-1.20.jar", "flink-connector-kafka"},
      {"flink-connector-elasticsearch7-3.0.1-1.17.jar", "flink-connector-elasticsearch7"},
      {"flink-shaded-hadoop-2-uber-2.8.3-10.0.jar", "flink-shaded-hadoop-2-uber"},
      {"flink-table-planner_2.12-1.20-SNAPSHOT.jar", "flink-table-planner"},
      {"plain.jar", "plain"},
      {"java.base.jmod", "java.base"},
      {"classes/", "classes"},
  };
  for (const auto& [file, module] : rows) {
    INFO(file);
    CHECK(module_of_file(file) == module);
  }
}
