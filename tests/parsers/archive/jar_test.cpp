#include "archive/jar.h"

#include <catch2/catch.hpp>

#include "parsers/archive/open_jar.h"
#include "parsers/archive/zip_builder.h"
#include "temporary_folder.h"

using namespace preflight;
using namespace preflight::test;

TEST_CASE("A JAR gives the content of its entries however they are stored") {
  struct Row {
    const char* name;
    ZipEntry entry;
  };
  const std::vector<Row> rows = {
      {"stored", {"a", "alpha"}},
      {"deflated", {"a", "alpha", 8}},
      {"empty", {"a", ""}},
      {"deflated and empty", {"a", "", 8}},
      {"longer than one buffer", {"a", kLong, 8}},
      {"sizes in a data descriptor", {"a", "alpha", 8, 0, true}},
      {"sizes in a zip64 extra field", {"a", "alpha", 8, 0, false, true}},
      {"another name in the local header", {"a", "alpha", 8, 0, false, false, {}, {}, {}, {}, "b"}},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    for (const bool zip64 : {false, true}) {
      ZipBuilder zip;
      zip.add("before", "1").add(row.entry).add("behind", "2");
      zip.zip64 = zip64;
      const Jar jar = open(zip.build());
      CHECK(names(jar) == std::vector<std::string>{"before", "a", "behind"});
      CHECK(read(jar, "a") == row.entry.content);
      CHECK(read(jar, "behind") == "2");
    }
  }
}

TEST_CASE("A JAR on disk reads as one in memory") {
  const TemporaryFolder folder;
  ZipBuilder zip;
  zip.add("a", "alpha").deflated("b", kLong);
  zip.prefix = "#!/bin/sh\nexec java -jar \"$0\"\n";
  const std::string bytes = zip.build();
  const Jar jar = Jar::open(folder.write("app.jar", bytes));
  CHECK(jar.file_bytes() == bytes.size());
  CHECK(read(jar, "a") == "alpha");
  CHECK(read(jar, "b") == kLong);
}

TEST_CASE("Entries are files in the order of the central directory, names as stored") {
  ZipBuilder zip;
  zip.add("com/", "")
      .add("com/B.class", "b")
      .add("../../etc/passwd", "p")
      .add("\xC3\xB6.class", "o")
      .add("com/A.class", "a");
  const Jar jar = open(zip.build());
  CHECK(names(jar) == std::vector<std::string>{"com/B.class", "../../etc/passwd", "\xC3\xB6.class", "com/A.class"});
  CHECK(jar.find("com/") == nullptr);
  CHECK(jar.find("com/C.class") == nullptr);
  CHECK(jar.place_of(*jar.find("com/A.class")).entry == "com/A.class");
}

TEST_CASE("A name is the stored one, not that of a Unicode Path field, which java.util.zip does not look at") {
  ZipEntry entry{"stored", "alpha"};
  const std::string other = "other";
  put_little_endian(entry.extra, 0x7075, 2);
  put_little_endian(entry.extra, 5 + other.size(), 2);
  put_little_endian(entry.extra, 1, 1);
  put_little_endian(entry.extra, crc32_of(entry.name), 4);
  entry.extra += other;
  ZipBuilder zip;
  zip.add(entry);
  const Jar jar = open(zip.build());
  CHECK(names(jar) == std::vector<std::string>{"stored"});
  CHECK(read(jar, "stored") == "alpha");
}

TEST_CASE("Of entries with one name the first counts, and the name is reported once") {
  ZipBuilder zip;
  zip.add("b", "first").add("a", "only").add("b", "second").add("b", "third").add("d/", "").add("d/", "");
  const Jar jar = open(zip.build());
  CHECK(names(jar) == std::vector<std::string>{"b", "a"});
  CHECK(read(jar, "b") == "first");
  CHECK(jar.duplicate_names() == std::vector<std::string>{"b"});
}

TEST_CASE("What stands before or behind the archive does not hide it") {
  struct Row {
    const char* name;
    std::string prefix;
    std::string comment;
    std::string behind;
  };
  const std::vector<Row> rows = {
      {"a prefix", std::string(70'000, '#'), "", ""},
      {"a comment", "", std::string(0xFFFF, 'c'), ""},
      {"both", "#!/bin/sh\n", "comment", ""},
      {"bytes behind", "", "", "\n"},
  };
  for (const Row& row : rows) {
    for (const bool zip64 : {false, true}) {
      INFO(row.name << (zip64 ? ", zip64" : ""));
      ZipBuilder zip;
      zip.add("a", "alpha").deflated("b", "beta");
      zip.prefix = row.prefix;
      zip.comment = row.comment;
      zip.behind = row.behind;
      zip.zip64 = zip64;
      const Jar jar = open(zip.build());
      CHECK(read(jar, "a") == "alpha");
      CHECK(read(jar, "b") == "beta");
    }
  }
}

TEST_CASE("65,536 entries and more are counted, with and without zip64") {
  ZipBuilder zip;
  for (int i = 0; i < 66'000; ++i)
    zip.add("e" + std::to_string(i), "");
  zip.zip64 = true;
  CHECK(open(zip.build()).entries().size() == 66'000);
  zip.zip64 = false;  // The count is then stated modulo 65,536, as Info-ZIP did.
  CHECK(open(zip.build()).entries().size() == 66'000);
  CHECK_THROWS_WITH(open(zip.build(), {.entries = 65'999}),
                    "app.jar: expected at most 65999 entries (limit), found 66000");
}

TEST_CASE("An empty JAR has no entries") {
  CHECK(open(ZipBuilder().build()).entries().empty());
}

TEST_CASE("Of two archives in one file the last end record counts, as for java.util.zip") {
  ZipBuilder first;
  first.add("a", "1");
  const std::string plain = first.build();
  ZipBuilder second;
  second.add("b", "2").add("c", "3");
  const std::string other = second.build();
  // The second central directory and end record make up the comment of the first, moved to where they stand now.
  std::string hidden = other.substr(other.find("PK\1\2"));
  const std::size_t offset_field = hidden.size() - 6;
  std::string offset;
  put_little_endian(offset, plain.size(), 4);
  hidden.replace(offset_field, 4, offset);
  first.comment = hidden;
  CHECK(names(open(first.build())) == std::vector<std::string>{"b", "c"});

  first.comment = hidden + "x";  // Now the comment's end record does not end the file, yet still follows its directory.
  CHECK(names(open(first.build())) == std::vector<std::string>{"b", "c"});
}

TEST_CASE("A comment full of end records costs no time") {
  ZipBuilder zip;
  for (int i = 0; i < 20'000; ++i)
    zip.add("e" + std::to_string(i), "");
  const std::string plain = zip.build();
  std::string comment;
  while (comment.size() < 0xFF00)
    comment += plain.substr(plain.size() - 22);
  zip.comment = comment + "x";
  CHECK(open(zip.build()).entries().size() == 20'000);
}

TEST_CASE("A nested JAR reads like any other, within what is left of the limits") {
  ZipBuilder inner;
  inner.add("com/A.class", "a");
  ZipBuilder outer;
  outer.deflated("lib/inner.jar", inner.build()).add("lib/broken.jar", "no zip");
  const Jar jar = open(outer.build());
  const Jar nested = jar.open_nested(*jar.find("lib/inner.jar"), jar.claimed_bytes());
  CHECK(read(nested, "com/A.class") == "a");
  CHECK(nested.place_of(nested.entries().front()).entry == "lib/inner.jar!com/A.class");
  CHECK(nested.claimed_bytes() == jar.claimed_bytes() + 1);
  CHECK_THROWS_WITH(
      jar.open_nested(*jar.find("lib/broken.jar"), 0),
      "app.jar!lib/broken.jar: expected a JAR (zip archive), found a file that starts with 0x6E6F207A and has no "
      "end of central directory record");

  const Jar shallow = open(outer.build(), {.nesting = 0});
  CHECK_THROWS_WITH(shallow.open_nested(*shallow.find("lib/inner.jar"), 0),
                    "app.jar!lib/inner.jar: expected no JAR nested deeper than the limit, found one");
  const Jar tight = open(outer.build(), {.total_bytes = 1'000});
  CHECK_NOTHROW(tight.open_nested(*tight.find("lib/inner.jar"), 999));
  CHECK_THROWS_WITH(tight.open_nested(*tight.find("lib/inner.jar"), 1'000),
                    "app.jar!lib/inner.jar: expected at most 1000 bytes in all entries together (limit), found 1001");
}

TEST_CASE("A JAR opened again reads on its own") {
  const TemporaryFolder folder;
  ZipBuilder zip;
  zip.deflated("a", kLong).deflated("b", "beta");
  const std::string bytes = zip.build();
  for (const Jar& jar : {Jar::open(folder.write("app.jar", bytes)), open(bytes)}) {
    const Jar again = jar.open_again();
    CHECK(names(again) == names(jar));
    CHECK(again.find("a") == jar.find("a"));
    CHECK(read(again, "a") == kLong);
    CHECK(read(jar, "b") == "beta");
  }
}
