#include <catch2/catch.hpp>

#include "archive/jar.h"
#include "parsers/archive/open_jar.h"
#include "parsers/archive/zip_builder.h"
#include "temporary_folder.h"

using namespace preflight;
using namespace preflight::test;

TEST_CASE("What is no JAR is refused with what it is instead") {
  ZipBuilder whole;
  whole.add("a", "alpha");
  const std::string zip = whole.build();
  struct Row {
    const char* name;
    std::string bytes;
    InputErrorKind kind;
    const char* message;
  };
  const std::vector<Row> rows = {
      {"empty", "", InputErrorKind::not_this_format, "app.jar: expected a JAR (zip archive), found an empty file"},
      {"ELF",
       "\x7F"
       "ELF and more than an end record is long",
       InputErrorKind::not_this_format,
       "app.jar: expected a JAR (zip archive), found a file that starts with 0x7F454C46 and has no end of central "
       "directory "
       "record"},
      {"two bytes", "PK", InputErrorKind::not_this_format,
       "app.jar: expected a JAR (zip archive), found a file that starts with 0x504B and has no end of central "
       "directory "
       "record"},
      {"truncated", zip.substr(0, zip.size() - 1), InputErrorKind::truncated,
       "app.jar: expected a JAR (zip archive), found one that is truncated: it starts with an entry but has no end of "
       "central directory record for it"},
      {"truncated behind a stored JAR", zip.substr(0, 31) + zip, InputErrorKind::truncated,
       "app.jar: expected a JAR (zip archive), found one that is truncated: it starts with an entry but has no end of "
       "central directory record for it"},
      {"bytes before and behind", "#!" + zip + "x", InputErrorKind::not_this_format,
       "app.jar: expected a JAR (zip archive), found a file that starts with 0x2321504B and has no end of central "
       "directory "
       "record"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    CHECK_THROWS_WITH(open(row.bytes), row.message);
    try {
      open(row.bytes);
    } catch (const InputError& error) {
      CHECK(error.kind() == row.kind);
    }
  }
}

TEST_CASE("A path that is no regular file is refused") {
  const TemporaryFolder folder;
  CHECK_THROWS_WITH(Jar::open(folder.path() / "none.jar"),
                    Catch::EndsWith("expected a JAR (zip archive), found no such file"));
  CHECK_THROWS_WITH(Jar::open(folder.path()), Catch::EndsWith("expected a JAR (zip archive), found a directory"));
}

TEST_CASE("A JAR cut at any byte is refused, and as truncated where it still starts as one") {
  ZipBuilder inner;
  inner.add("x", "stored inside, with an end record of its own");
  ZipBuilder zip;
  zip.add("lib/inner.jar", inner.build()).deflated("b", "beta");
  zip.comment = "comment";
  const std::string whole = zip.build();
  for (std::size_t length = 0; length < whole.size(); ++length) {
    INFO(length << " of " << whole.size() << " bytes");
    try {
      open(whole.substr(0, length));
      FAIL("taken");
    } catch (const InputError& error) {
      CHECK(error.kind() == (length < 4 ? InputErrorKind::not_this_format : InputErrorKind::truncated));
    }
  }
}

TEST_CASE("A JAR with any byte changed gives an InputError or the bytes it says, never more than its limits") {
  ZipBuilder zip;
  zip.add("a", "alpha").deflated("b", "beta").add(ZipEntry{"c", "gamma", 8, 0, true});
  zip.zip64 = true;
  const std::string whole = zip.build();
  const JarLimits limits{.entries = 1000, .entry_bytes = 1 << 20, .total_bytes = 1 << 21};
  int refused = 0;
  for (std::size_t at = 0; at < whole.size(); ++at)
    for (const int flip : {0x01, 0x80, 0xFF}) {
      std::string damaged = whole;
      damaged[at] = static_cast<char>(damaged[at] ^ flip);
      try {
        const Jar jar = open(damaged, limits);
        std::vector<std::byte> bytes;
        for (const JarEntry& entry : jar.entries()) {
          jar.read(entry, bytes);
          CHECK(bytes.size() == entry.size);
        }
      } catch (const InputError&) {
        ++refused;
      }
    }
  CHECK(refused > 0);
}

TEST_CASE("An entry that lies or cannot be read is refused when it is read, the others are not") {
  struct Row {
    const char* name;
    ZipEntry entry;
    InputErrorKind kind;
    const char* message;
  };
  const std::vector<Row> rows = {
      {"wrong CRC",
       {"a", "alpha", 8, 0, false, false, 1U},
       InputErrorKind::corrupt,
       "app.jar!a: expected bytes whose CRC-32 is 0x00000001, found 0xD0E0396A"},
      {"wrong CRC, stored",
       {"a", "alpha", 0, 0, false, false, 1U},
       InputErrorKind::corrupt,
       "app.jar!a: expected bytes whose CRC-32 is 0x00000001, found 0xD0E0396A"},
      {"more bytes than stated",
       {"a", kLong, 8, 0, false, false, {}, 5},
       InputErrorKind::corrupt,
       "app.jar!a: expected 5 bytes, found more"},
      {"fewer bytes than stated",
       {"a", "alpha", 8, 0, false, false, {}, 50'000},
       InputErrorKind::truncated,
       "app.jar!a: expected 50000 bytes, found 5"},
      {"bytes stated of none",
       {"a", "", 0, 0, false, false, {}, 5, 0},
       InputErrorKind::truncated,
       "app.jar!a: expected 5 bytes, found 0"},
      {"encrypted",
       {"a", "alpha", 8, 1},
       InputErrorKind::unsupported,
       "app.jar!a: expected an entry that is not encrypted, found an encrypted one"},
      {"bzip2",
       {"a", "alpha", 12},
       InputErrorKind::unsupported,
       "app.jar!a: expected an entry that is stored (0) or deflated (8), as java.util.zip reads, found method 12"},
      {"a method that nothing knows",
       {"a", "alpha", 77},
       InputErrorKind::unsupported,
       "app.jar!a: expected an entry that is stored (0) or deflated (8), as java.util.zip reads, found method 77"},
      {"a local header behind the end",
       {"a", "alpha", 0, 0, false, false, {}, {}, {}, 0x7FFFFFFF},
       InputErrorKind::corrupt,
       "app.jar!a: expected a local header at offset 2147483647, found none"},
      {"more compressed bytes than the archive has",
       {"a", "alpha", 0, 0, false, false, {}, 1'000'000, 1'000'000},
       InputErrorKind::corrupt,
       "app.jar!a: expected 1000000 bytes from offset 69 on, found that the entry's part of the archive ends at 74"},
      {"1 GiB stated of ten bytes",
       {"a", "alpha", 8, 0, false, false, {}, 1 << 30},
       InputErrorKind::over_limit,
       "app.jar!a: expected an entry that inflates to at most 1200 times its size (limit), found 1073741824 bytes from "
       "10"},
      {"2 GiB stated",
       {"a", "alpha", 8, 0, false, false, {}, std::uint64_t{2} << 30},
       InputErrorKind::over_limit,
       "app.jar!a: expected an entry of at most 1073741824 bytes (limit), found 2147483648"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    ZipBuilder zip;
    zip.add("good", "fine").add(row.entry);
    const Jar jar = open(zip.build());
    CHECK(read(jar, "good") == "fine");
    CHECK_THROWS_WITH(read(jar, "a"), row.message);
    try {
      read(jar, "a");
    } catch (const InputError& error) {
      CHECK(error.kind() == row.kind);
    }
  }
}

TEST_CASE("A deflate stream that is broken is refused") {
  ZipBuilder zip;
  zip.deflated("a", "alpha");
  std::string bytes = zip.build();
  bytes[31] = '\7';  // The first byte of the stream: a block of a reserved type.
  CHECK_THROWS_WITH(
      read(open(bytes), "a"),
      "app.jar!a: expected 5 bytes from 10 compressed ones, found that these are no deflate stream (RFC 1951)");
}

TEST_CASE("Limits on the whole archive are named when it is opened") {
  ZipBuilder zip;
  zip.add("a", "12345").add("b", "12345");
  CHECK_NOTHROW(open(zip.build(), {.entries = 2, .total_bytes = 10}));
  CHECK_THROWS_WITH(open(zip.build(), {.entries = 1}), "app.jar: expected at most 1 entries (limit), found 2");
  CHECK_THROWS_WITH(open(zip.build(), {.total_bytes = 9}),
                    "app.jar: expected at most 9 bytes in all entries together (limit), found 10");
}

TEST_CASE("Sizes that add up beyond 64 bits are over the limit") {
  ZipBuilder zip;
  for (const char* name : {"a", "b", "c"})
    zip.add(ZipEntry{name, "x", 8, 0, false, true, {}, UINT64_MAX / 2});
  CHECK_THROWS_WITH(open(zip.build()), Catch::Contains("(limit), found 18446744073709551615"));
}

TEST_CASE("Entries that share their bytes are refused") {
  // Local headers of "a" and "b" take 31 bytes each, their data five.
  struct Row {
    const char* name;
    ZipEntry first;
    ZipEntry second;
    const char* message;
  };
  const std::vector<Row> rows = {
      {"one local header for two",
       {"a", "alpha"},
       {"b", "alpha", 0, 0, false, false, {}, {}, {}, 0},
       "app.jar: expected entries that do not overlap, found that a at offset 0 takes 36 bytes and b begins at offset "
       "0"},
      {"data that reach into the next header by one byte",
       {"a", "alpha", 0, 0, false, false, {}, 6, 6},
       {"b", "beta"},
       "app.jar: expected entries that do not overlap, found that a at offset 0 takes 37 bytes and b begins at offset "
       "36"},
      {"a header inside the data of another entry",
       {"a", "alpha and more than a local header takes"},
       {"b", "", 0, 0, false, false, {}, {}, {}, 33},
       "app.jar: expected entries that do not overlap, found that a at offset 0 takes 71 bytes and b begins at offset "
       "33"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    ZipBuilder zip;
    zip.add(row.first).add(row.second);
    CHECK_THROWS_WITH(open(zip.build()), row.message);
  }
}

TEST_CASE("A zip bomb of overlapping files is refused") {
  ZipBuilder zip;
  zip.deflated("kernel", kLong);
  for (int i = 0; i < 10; ++i)
    zip.add(ZipEntry{"quote" + std::to_string(i), "", 8, 0, false, false, crc32_of(kLong), kLong.size(),
                     deflate_stored(kLong).size(), 0});
  CHECK_THROWS_WITH(open(zip.build()), Catch::Contains("expected entries that do not overlap"));
}

TEST_CASE("An entry whose local header lies is refused when it is read, the others are not") {
  ZipBuilder zip;
  zip.add("a", "alpha").add("b", "beta");
  struct Row {
    const char* name;
    std::size_t at;
    char byte;
    const char* message;
  };
  const std::vector<Row> rows = {
      {"another signature", 3, 'x', "app.jar!a: expected a local header at offset 0, found none"},
      {"a longer name", 26, 2,
       "app.jar!a: expected 5 bytes from offset 32 on, found that the entry's part of the archive ends at 36"},
      {"an extra field", 28, 1,
       "app.jar!a: expected 5 bytes from offset 32 on, found that the entry's part of the archive ends at 36"},
      {"an extra field beyond the archive", 29, 0x7F,
       "app.jar!a: expected 5 bytes from offset 32543 on, found that the entry's part of the archive ends at 36"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    std::string bytes = zip.build();
    bytes[row.at] = row.byte;
    const Jar jar = open(bytes);
    CHECK_THROWS_WITH(read(jar, "a"), row.message);
    CHECK(read(jar, "b") == "beta");
  }
}

TEST_CASE("Entries in another order than the central directory's are read, too") {
  ZipBuilder zip;
  zip.add("a", "alpha").deflated("b", "beta").add("c", "gamma");
  std::string bytes = zip.build();
  const std::size_t directory = bytes.find("PK\1\2");
  constexpr std::size_t kRecord = 47;  // With a name of one byte.
  const std::string first = bytes.substr(directory, kRecord);
  bytes.replace(directory, kRecord, bytes.substr(directory + 2 * kRecord, kRecord));
  bytes.replace(directory + 2 * kRecord, kRecord, first);
  const Jar jar = open(bytes);
  CHECK(names(jar) == std::vector<std::string>{"c", "b", "a"});
  CHECK(read(jar, "a") == "alpha");
  CHECK(read(jar, "b") == "beta");
  CHECK(read(jar, "c") == "gamma");
}

TEST_CASE("A count of entries that the central directory does not have is refused") {
  struct Row {
    const char* name;
    std::uint64_t stated;
    bool zip64;
    const char* message;
  };
  const std::vector<Row> rows = {
      {"one more", 3, false, "expected a central directory of 3 entries before offset"},
      {"one fewer", 1, true, "expected a central directory of 1 entries before offset"},
      {"900,000 in zip64", 900'000, true, "expected a central directory of 900000 entries before offset"},
      {"the largest in zip64", UINT64_MAX, true,
       "expected at most 1000000 entries (limit), found 18446744073709551615"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    ZipBuilder zip;
    zip.add("a", "1").add("b", "2");
    zip.stated_entries = row.stated;
    zip.zip64 = row.zip64;
    CHECK_THROWS_WITH(open(zip.build()), Catch::Contains(row.message));
  }
}

TEST_CASE("An entry that libzip and the own reader understand differently is refused") {
  // AES (method 99) by its extra field, and not encrypted by its flags.
  ZipEntry two_faced{"a", "alpha", 99};
  put_little_endian(two_faced.extra, 0x9901, 2);
  put_little_endian(two_faced.extra, 7, 2);
  put_little_endian(two_faced.extra, 1, 2);
  two_faced.extra += "AE\3";
  put_little_endian(two_faced.extra, 8, 2);
  ZipBuilder zip;
  zip.add("good", "fine").add(two_faced);
  CHECK_THROWS_WITH(open(zip.build()),
                    "app.jar, offset 124: expected the central directory's record of a, found one "
                    "that says something else than libzip reads there");
}

TEST_CASE("A central directory that would take much memory for few entries is over the limit") {
  ZipBuilder zip;
  zip.add(std::string(1'000, 'n'), "");
  CHECK_NOTHROW(open(zip.build(), {.entries = 10}));
  CHECK_THROWS_WITH(open(zip.build(), {.entries = 3}),
                    "app.jar: expected a central directory of at most 256 bytes for each of 3 entries (limit), found "
                    "1046 bytes");
}
