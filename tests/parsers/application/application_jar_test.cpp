#include "application/application_jar.h"

#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>

#include "parsers/archive/zip_builder.h"
#include "parsers/classfile/class_file_builder.h"
#include "temporary_folder.h"

using namespace preflight;
using namespace preflight::test;

namespace {

std::string text_of(const std::vector<std::byte>& bytes) {
  std::string text;
  for (const std::byte byte : bytes)
    text.push_back(std::to_integer<char>(byte));
  return text;
}

std::string class_file(const std::string& name, const std::vector<std::string>& references = {},
                       std::uint16_t major_version = 52) {
  ClassFileBuilder builder(name);
  builder.major_version = major_version;
  for (const std::string& reference : references)
    builder.class_entry(reference);
  return text_of(builder.build());
}

ApplicationJar read(const std::string& zip, const JarLimits& limits = {}) {
  const TemporaryFolder folder;
  return read_application_jar(folder.write("app.jar", zip), limits);
}

std::vector<std::string> class_lines(const ApplicationJar& jar) {
  std::vector<std::string> lines;
  for (const ApplicationClass& c : jar.classes)
    lines.push_back(fmt::format("{} {} {}", c.name, c.release, c.entry));
  return lines;
}

}  // namespace

TEST_CASE("Classes are sorted, and each knows where it came from") {
  ZipBuilder zip;
  zip.add("com/example/Z.class", class_file("com/example/Z"));
  ClassFileBuilder job("com/example/Job", "com/example/Base");
  job.major_version = 61;
  job.interfaces = {job.class_entry("com/example/Api")};
  job.method(0x0009, "main", "([Ljava/lang/String;)V");
  zip.deflated("com/example/Job.class", text_of(job.build()));
  const ApplicationJar jar = read(zip.build());
  CHECK(class_lines(jar) ==
        std::vector<std::string>{"com.example.Job 0 com/example/Job.class", "com.example.Z 0 com/example/Z.class"});
  const ApplicationClass* found = jar.find_class("com.example.Job");
  REQUIRE(found != nullptr);
  CHECK(found->super_class == "com.example.Base");
  CHECK(found->interfaces == std::vector<std::string_view>{"com.example.Api"});
  CHECK(found->major_version == 61);
  CHECK(found->has_main);
  CHECK_FALSE(jar.find_class("com.example.Z")->has_main);
  CHECK(jar.find_class("com.example.None") == nullptr);
  CHECK(jar.file_bytes == zip.build().size());
}

TEST_CASE("A main method is public, static and takes strings") {
  struct Row {
    const char* name;
    std::uint16_t access;
    const char* method;
    const char* descriptor;
    bool main;
  };
  const std::vector<Row> rows = {
      {"main", 0x0009, "main", "([Ljava/lang/String;)V", true},
      {"final varargs main", 0x0099, "main", "([Ljava/lang/String;)V", true},
      {"private", 0x000A, "main", "([Ljava/lang/String;)V", false},
      {"not static", 0x0001, "main", "([Ljava/lang/String;)V", false},
      {"without arguments", 0x0009, "main", "()V", false},
      {"another name", 0x0009, "run", "([Ljava/lang/String;)V", false},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    ClassFileBuilder builder("a/B");
    builder.method(row.access, row.method, row.descriptor);
    ZipBuilder zip;
    zip.add("a/B.class", text_of(builder.build()));
    CHECK(read(zip.build()).classes.at(0).has_main == row.main);
  }
}

TEST_CASE("External classes are those of neither the JAR nor the JDK, with their referrers") {
  ZipBuilder zip;
  zip.add("a/Z.class", class_file("a/Z", {"org/apache/flink/X", "a/A", "java/util/List", "javax/annotation/Nullable"}));
  zip.add("a/A.class", class_file("a/A", {"org/apache/flink/X", "org/apache/flink/W", "[Lorg/apache/flink/X;", "jdk/X",
                                          "sun/misc/Unsafe", "com/sun/X", "javafx/X", "sunny/X"}));
  const ApplicationJar jar = read(zip.build());
  std::vector<std::string> lines;
  for (const ExternalClass& external : jar.external_classes) {
    std::string line = fmt::format("{}:", external.name);
    for (const std::uint32_t referrer : external.referrers)
      line += fmt::format(" {}", jar.classes.at(referrer).name);
    lines.push_back(line);
  }
  CHECK(lines == std::vector<std::string>{"javafx.X: a.A", "org.apache.flink.W: a.A", "org.apache.flink.X: a.A a.Z",
                                          "sunny.X: a.A"});
}

TEST_CASE("Each class knows the classes of the JAR that it refers to") {
  ZipBuilder library;
  library.add("a/A.class", class_file("a/A", {"a/Z"}))
      .add("javax/inject/Inject.class", class_file("javax/inject/Inject"));
  ZipBuilder zip;
  zip.add("META-INF/MANIFEST.MF", "Multi-Release: true\n");
  zip.add("a/Z.class", class_file("a/Z", {"a/A", "a/Z", "a/A", "[La/A;", "x/External", "java/util/List", "a/Newer"}));
  zip.add("a/A.class", class_file("a/A", {"javax/inject/Inject", "a/Z"}));
  zip.add("META-INF/versions/17/a/A.class", class_file("a/A", {"a/Newer", "a/A", "a/Z"}));
  zip.add("META-INF/versions/17/a/Newer.class", class_file("a/Newer"));
  zip.add("java/util/List.class", class_file("java/util/List"));
  zip.add("lib/library.jar", library.build());
  const ApplicationJar jar = read(zip.build());
  REQUIRE(jar.reference_starts.size() == jar.classes.size() + 1);
  CHECK(jar.reference_starts.back() == jar.reference_targets.size());
  std::vector<std::string> lines;
  for (std::uint32_t i = 0; i < jar.classes.size(); ++i) {
    std::string line = fmt::format("{}:", jar.classes[i].entry);
    for (const std::uint32_t target : jar.references_of(i))
      line += fmt::format(" {}", jar.classes.at(target).entry);
    lines.push_back(line);
  }
  CHECK(lines == std::vector<std::string>{"a/A.class: a/Z.class lib/library.jar!javax/inject/Inject.class",
                                          "lib/library.jar!a/A.class: a/Z.class",
                                          "META-INF/versions/17/a/A.class: a/Z.class",
                                          "META-INF/versions/17/a/Newer.class:", "a/Z.class: a/A.class",
                                          "java/util/List.class:", "lib/library.jar!javax/inject/Inject.class:"});
}

TEST_CASE("However many threads read, the result is the same") {
  ZipBuilder zip;
  for (int i = 0; i < 40; ++i) {
    const std::string name = "p" + std::to_string(i * 7 % 40) + "/C";
    // Large enough that each thread gets a part.
    std::string bytes = class_file(name, {"p" + std::to_string(i) + "/C", "x/External" + std::to_string(i % 3)});
    if (i % 10 == 9)
      bytes = "no class file";
    zip.add(name + ".class", bytes).add(name + "$Large.class", std::string(400'000, 'x'));
  }
  const TemporaryFolder folder;
  const std::filesystem::path path = folder.write("app.jar", zip.build());
  const ApplicationJar one = read_application_jar(path, {}, 1);
  CHECK(one.classes.size() == 36);
  CHECK(one.unread.size() == 44);
  for (const unsigned jobs : {0U, 2U, 3U, 64U}) {
    INFO(jobs << " threads");
    const ApplicationJar several = read_application_jar(path, {}, jobs);
    CHECK(class_lines(several) == class_lines(one));
    CHECK(several.unread == one.unread);
    CHECK(several.reference_starts == one.reference_starts);
    CHECK(several.reference_targets == one.reference_targets);
    REQUIRE(several.external_classes.size() == one.external_classes.size());
    for (std::size_t i = 0; i < one.external_classes.size(); ++i) {
      CHECK(several.external_classes[i].name == one.external_classes[i].name);
      CHECK(several.external_classes[i].referrers == one.external_classes[i].referrers);
    }
  }
}

TEST_CASE("The class that a Java release loads is the newest version for it in the first JAR that has one") {
  ZipBuilder library;
  library.add("META-INF/MANIFEST.MF", "Multi-Release: true\n");
  library.add("META-INF/versions/9/a/A.class", class_file("a/A", {}, 53));
  library.add("META-INF/versions/11/l/L.class", class_file("l/L", {}, 55));
  ZipBuilder zip;
  zip.add("META-INF/MANIFEST.MF", "Multi-Release: true\n");
  zip.add("a/A.class", class_file("a/A")).add("META-INF/versions/17/a/A.class", class_file("a/A", {}, 61));
  zip.add("META-INF/versions/11/a/A.class", class_file("a/A", {}, 55));
  zip.add("META-INF/versions/21/a/New.class", class_file("a/New", {}, 65));
  zip.add("lib/l.jar", library.build());
  const ApplicationJar jar = read(zip.build());
  struct Row {
    const char* name;
    int java;
    const char* entry;
  };
  const std::vector<Row> rows = {
      {"a.A", 8, "a/A.class"},
      {"a.A", 9, "a/A.class"},
      {"a.A", 11, "META-INF/versions/11/a/A.class"},
      {"a.A", 16, "META-INF/versions/11/a/A.class"},
      {"a.A", 17, "META-INF/versions/17/a/A.class"},
      {"a.A", 25, "META-INF/versions/17/a/A.class"},
      {"a.New", 17, nullptr},
      {"a.New", 21, "META-INF/versions/21/a/New.class"},
      {"l.L", 8, nullptr},
      {"l.L", 17, "lib/l.jar!META-INF/versions/11/l/L.class"},
      {"x.None", 17, nullptr},
  };
  for (const Row& row : rows) {
    INFO(row.name << " on Java " << row.java);
    const ApplicationClass* found = jar.find_class(row.name, row.java);
    CHECK((found == nullptr ? "none" : found->entry) == (row.entry == nullptr ? "none" : row.entry));
  }
}

TEST_CASE("A class that several JARs have is loaded from the first") {
  ZipBuilder first;
  first.add("a/Copy.class", class_file("a/Copy")).add("a/Other.class", class_file("a/Other", {"x/First"}));
  ZipBuilder second;
  second.add("a/Copy.class", class_file("a/Copy")).add("a/Other.class", class_file("a/Other", {"x/Second"}));
  ZipBuilder zip;
  zip.add("lib/z.jar", first.build()).add("lib/b.jar", second.build()).add("a/Copy.class", class_file("a/Copy"));
  zip.add("a/Single.class", class_file("a/Single"));
  std::vector<std::string> lines;
  for (const ShadowedClass& shadowed : read(zip.build()).shadowed_classes()) {
    std::string line = shadowed.name + (shadowed.copies ? " copies " : " differs ") + shadowed.loaded + " over";
    for (const std::string& entry : shadowed.shadowed)
      line += " " + entry;
    lines.push_back(line);
  }
  CHECK(lines ==
        std::vector<std::string>{"a.Copy copies a/Copy.class over lib/z.jar!a/Copy.class lib/b.jar!a/Copy.class",
                                 "a.Other differs lib/z.jar!a/Other.class over lib/b.jar!a/Other.class"});
}

TEST_CASE("Names that would leave their folder and signature files are named") {
  ZipBuilder zip;
  zip.add("/etc/passwd", "").add("../up", "").add("a/../../up", "").add("a\\..\\up", "").add("C:/x", "");
  zip.add("a/..", "").add("a/..b/c", "").add("a/b..", "").add("..c", "").add("ab:/c", "").add("a/...", "");
  zip.add("META-INF/SIGNER.SF", "").add("META-INF/x/OTHER.SF", "");
  const ApplicationJar jar = read(zip.build());
  CHECK(jar.unsafe_names ==
        std::vector<std::string>{"/etc/passwd", "../up", "a/../../up", "a\\..\\up", "C:/x", "a/.."});
  CHECK(jar.signature_files == std::vector<std::string>{"META-INF/SIGNER.SF"});
}

TEST_CASE("An empty JAR has no references") {
  const ApplicationJar jar = read(ZipBuilder().build());
  CHECK(jar.reference_starts == std::vector<std::uint32_t>{0});
  CHECK(jar.reference_targets.empty());
}

TEST_CASE("Versions of a class count in a multi-release JAR alone") {
  for (const bool multi_release : {true, false}) {
    ZipBuilder zip;
    zip.add("META-INF/MANIFEST.MF", multi_release ? "Multi-Release: true\n" : "Main-Class: a.B\n");
    zip.add("META-INF/versions/17/a/B.class", class_file("a/B", {}, 61));
    zip.add("META-INF/versions/9/module-info.class", class_file("module-info", {}, 53));
    zip.add("a/B.class", class_file("a/B"));
    zip.add("META-INF/versions/8/a/B.class", class_file("a/B"));
    zip.add("META-INF/versions/x/a/B.class", class_file("a/B"));
    zip.add("META-INF/versions/B.class", class_file("a/B"));
    const ApplicationJar jar = read(zip.build());
    if (multi_release)
      CHECK(class_lines(jar) == std::vector<std::string>{"a.B 0 a/B.class", "a.B 17 META-INF/versions/17/a/B.class",
                                                         "module-info 9 META-INF/versions/9/module-info.class"});
    else
      CHECK(class_lines(jar) == std::vector<std::string>{"a.B 0 a/B.class"});
    CHECK(jar.find_class("a.B")->major_version == 52);
    CHECK(jar.find_class("module-info") == nullptr);
  }
}

TEST_CASE("JARs in lib/ are on Flink's class path, behind the JAR itself; others are not") {
  ZipBuilder library;
  library.add("META-INF/MANIFEST.MF",
              "Multi-Release: true\nImplementation-Vendor-Id: org.example\nImplementation-Version: 1.2-3\n");
  library.add("META-INF/versions/11/l/Lib.class", class_file("l/Lib"));
  library.add("l/Lib.class", class_file("l/Lib", {"a/Job"})).add("a/Job.class", class_file("a/Job"));
  library.add("lib/deeper.jar", "not looked at").add("l/Lib.class", "again");
  ZipBuilder zip;
  zip.add("META-INF/MANIFEST.MF", "program-class: a.Job\n");
  zip.deflated("lib/library-1.2-3.jar", library.build());
  zip.add("a/Job.class", class_file("a/Job", {"l/Lib"}));
  zip.add("BOOT-INF/lib/other.jar", library.build()).add("lib/x.zip", "").add("lib/.jar", "");
  const ApplicationJar jar = read(zip.build());
  CHECK(jar.manifest.entry_class() == "a.Job");
  CHECK(jar.nested_jars == std::vector<std::string>{"lib/library-1.2-3.jar"});
  CHECK(class_lines(jar) ==
        std::vector<std::string>{"a.Job 0 a/Job.class", "a.Job 0 lib/library-1.2-3.jar!a/Job.class",
                                 "l.Lib 0 lib/library-1.2-3.jar!l/Lib.class",
                                 "l.Lib 11 lib/library-1.2-3.jar!META-INF/versions/11/l/Lib.class"});
  CHECK(jar.find_class("a.Job")->entry == "a/Job.class");
  CHECK(jar.external_classes.empty());
  CHECK(jar.duplicate_entries == std::vector<std::string>{"lib/library-1.2-3.jar!l/Lib.class"});
  CHECK(jar.libraries == std::vector<BundledLibrary>{{{"org.example", "library", "1.2-3"}, "lib/library-1.2-3.jar"}});
  CHECK(jar.unread.empty());
}

TEST_CASE("A nested JAR's name and manifest make coordinates only where they agree") {
  struct Row {
    const char* name;
    const char* manifest;
    bool known;
  };
  const std::vector<Row> rows = {
      {"lib/a-1.jar", "Implementation-Vendor-Id: g\nImplementation-Version: 1\n", true},
      {"lib/a-2.jar", "Implementation-Vendor-Id: g\nImplementation-Version: 1\n", false},
      {"lib/a-1.jar", "Implementation-Version: 1\n", false},
      {"lib/a-1.jar", "Implementation-Vendor-Id: g\n", false},
      {"lib/a-.jar", "Implementation-Vendor-Id: g\nImplementation-Version: \n", false},
      {"lib/-11.jar", "Implementation-Vendor-Id: g\nImplementation-Version: 11\n", false},
  };
  for (const Row& row : rows) {
    INFO(row.name << " with " << row.manifest);
    ZipBuilder library;
    library.add("META-INF/MANIFEST.MF", row.manifest);
    ZipBuilder zip;
    zip.add(row.name, library.build());
    const ApplicationJar jar = read(zip.build());
    CHECK(jar.nested_jars.size() == 1);
    CHECK(jar.libraries.size() == (row.known ? 1 : 0));
  }
}

TEST_CASE("Libraries are known by their pom.properties") {
  ZipBuilder zip;
  zip.add("META-INF/maven/org.b/b/pom.properties", "groupId=org.b\nartifactId=b\nversion=2\n");
  zip.add("META-INF/maven/org.a/a/pom.properties", "#made\nversion=1.0\ngroupId=org.a\nartifactId=a\n");
  zip.add("META-INF/maven/org.c/c/pom.properties", "version=3\n");
  zip.add("META-INF/maven/org.d/d/pom.xml", "<project/>").add("META-INF/maven/pom.properties", "version=4\n");
  zip.add("META-INF/maven/org.e/e/pom.properties", "version=\\u00\n");
  const ApplicationJar jar = read(zip.build());
  std::vector<std::string> coordinates;
  for (const BundledLibrary& library : jar.libraries)
    coordinates.push_back(library.coordinates.text());
  CHECK(coordinates == std::vector<std::string>{"org.a:a:1.0", "org.b:b:2", "org.c:c:3"});
  CHECK(jar.unread == std::vector<UnreadEntry>{{"META-INF/maven/org.e/e/pom.properties",
                                                "line 1: expected four hex digits behind \\u, found others"}});
}

TEST_CASE("String constants and uid calls of all classes, sorted") {
  const auto with_uid = [](const std::string& name, const std::string& uid) {
    ClassFileBuilder builder(name);
    const auto member =
        builder.member(10, "org/apache/flink/streaming/api/datastream/DataStreamSink", "uid",
                       "(Ljava/lang/String;)Lorg/apache/flink/streaming/api/datastream/DataStreamSink;");
    builder.string("shared");
    const auto text = builder.string(uid);
    builder.method_with_code(9, "main", "()V", Bytes().u1(0x12).u1(text).u1(0xB6).u2(member).u1(0xB1));
    return text_of(builder.build());
  };
  ZipBuilder zip;
  zip.add("b/B.class", with_uid("b/B", "second")).add("a/A.class", with_uid("a/A", "first"));
  const ApplicationJar jar = read(zip.build());
  CHECK(jar.string_constants == std::vector<std::string>{"first", "second", "shared"});
  CHECK(jar.uid_calls == std::vector<UidCall>{{"a.A", "main", "first"}, {"b.B", "main", "second"}});

  const TemporaryFolder folder;
  const ApplicationJar without =
      read_application_jar(folder.write("app.jar", zip.build()), {}, 1, StringConstants::left_out);
  CHECK(without.string_constants.empty());
  CHECK(without.uid_calls == jar.uid_calls);
}

TEST_CASE("What cannot be read is named, and the rest is read") {
  ClassFileBuilder bad_code("a/Code");
  bad_code.member(10, "org/apache/flink/X", "uid", "(Ljava/lang/String;)V");
  bad_code.method_with_code(9, "main", "()V", Bytes().u1(0xFF));
  ZipBuilder zip;
  zip.add("META-INF/MANIFEST.MF", "Main-Class a.Good\n");
  zip.add("a/Text.class", "no class file").add("a/New.class", class_file("a/New", {}, 70)).add("a/Empty.class", "");
  zip.add(ZipEntry{"a/Crc.class", class_file("a/Crc"), 8, 0, false, false, 1U});
  zip.add(ZipEntry{"a/Secret.class", "x", 8, 1});
  zip.add("a/Code.class", text_of(bad_code.build()));
  zip.add("lib/broken.jar", "no zip").add("a/Good.class", class_file("a/Good"));
  const ApplicationJar jar = read(zip.build());
  std::vector<std::string> reasons;
  for (const UnreadEntry& unread : jar.unread)
    reasons.push_back(unread.entry + ": " + unread.reason);
  CHECK(reasons ==
        std::vector<std::string>{
            "META-INF/MANIFEST.MF: line 1: expected an attribute (\"Name: value\"), found \"Main-Class a.Good\"",
            "a/Code.class: offset 162: expected an opcode up to 0xC9, found 0xFF",
            "a/Crc.class: expected bytes whose CRC-32 is 0x00000001, found 0x7F82C905",
            "a/Empty.class: offset 0: expected magic (4 bytes), found 0 left",
            "a/New.class: offset 6: expected a class file version of 45 to 69 (Java 1.1 to 25), found 70",
            "a/Secret.class: expected an entry that is not encrypted, found an encrypted one",
            "a/Text.class: offset 0: expected the magic 0xCAFEBABE, found 0x6E6F2063",
            "lib/broken.jar: expected a JAR (zip archive), found a file that starts with 0x6E6F207A and has no end of "
            "central "
            "directory record"});
  CHECK(class_lines(jar) == std::vector<std::string>{"a.Code 0 a/Code.class", "a.Good 0 a/Good.class"});
}

TEST_CASE("What is over a limit ends the scan") {
  ZipBuilder inner;
  inner.add("a", "");
  ZipBuilder zip;
  zip.add(ZipEntry{"a/Bomb.class", "x", 8, 0, false, false, {}, 1 << 29}).add("lib/inner.jar", inner.build());
  CHECK_THROWS_WITH(read(zip.build()),
                    Catch::Contains("app.jar!a/Bomb.class: expected an entry that inflates to at most"));
  ZipBuilder nested;
  nested.add("lib/inner.jar", inner.build());
  CHECK_THROWS_WITH(read(nested.build(), {.nesting = 0}),
                    Catch::Contains("expected no JAR nested deeper than the limit"));
}

TEST_CASE("JARs without a manifest and archives without classes are fine") {
  CHECK(read(ZipBuilder().build()).classes.empty());
  ZipBuilder python;
  python.add("main.py", "import pyflink\n").add("META-INF/manifest.mf", "Created-By: hand\n");
  const ApplicationJar jar = read(python.build());
  CHECK(jar.classes.empty());
  CHECK(jar.manifest.attribute("Created-By") == "hand");
  CHECK(jar.manifest.entry_class() == std::nullopt);
  CHECK(jar.unread.empty());
  CHECK(jar.python.has_value());
}
