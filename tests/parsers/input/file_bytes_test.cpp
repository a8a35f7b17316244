#include "input/file_bytes.h"

#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "input/digest.h"
#include "input/input_error.h"
#include "temporary_folder.h"

using namespace preflight;
using preflight::test::TemporaryFolder;

TEST_CASE("read_file reads a regular file and refuses anything else, naming it") {
  const TemporaryFolder folder;
  const auto file = folder.write("five.bin", "12345");
  CHECK(read_file(file, 5, "five bytes").size() == 5);
  CHECK_THROWS_WITH(read_file(file, 4, "four bytes"),
                    file.string() + ": expected four bytes of at most 4 bytes, found more");
  CHECK_THROWS_WITH(read_file(folder.path() / "none", 5, "a JAR"),
                    (folder.path() / "none").string() + ": expected a JAR, found no such file");
  CHECK_THROWS_WITH(read_file(folder.path(), 5, "a JAR"),
                    folder.path().string() + ": expected a JAR, found a directory");

  const auto fifo = folder.path() / "fifo";
  REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
  CHECK_THROWS_WITH(read_file(fifo, 5, "a JAR"), fifo.string() + ": expected a JAR, found a FIFO");
  CHECK_THROWS_WITH(read_file("/dev/zero", 5, "a JAR"), "/dev/zero: expected a JAR, found a device");
}

TEST_CASE("read_file_range returns what there is of a range") {
  const TemporaryFolder folder;
  const auto file = folder.write("digits", "0123456789");
  CHECK(read_file_range(file, 2, 3, "digits").size() == 3);
  CHECK(read_file_range(file, 8, 100, "digits").size() == 2);
  CHECK(read_file_range(file, 10, 1, "digits").empty());
}

TEST_CASE("SHA-256 of a text and of a file agree with FIPS 180-4's example") {
  const TemporaryFolder folder;
  CHECK(sha256_of_text("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256_of_file(folder.write("abc", "abc")) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
