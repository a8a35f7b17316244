// The least that reading the classes of a JAR can take: inflates each into one buffer and checks its CRC-32, with the
// same library as the program, and does nothing else.
//
//   inflate_floor JAR     prints JSON
#include <fmt/format.h>

#include <cstdlib>
#include <ctime>
#include <exception>
#include <vector>

#include "archive/jar.h"
#include "archive/libzip.h"

int main(int argc, char** argv) {
  using namespace preflight;
  name_local_time_zone();
  const std::vector<const char*> arguments(argv, argv + argc);
  if (argc != 2) {
    fmt::print(stderr, "usage: inflate_floor JAR\n");
    return EXIT_FAILURE;
  }
  try {
    const Jar jar = Jar::open(arguments[1]);
    std::uint64_t classes = 0;
    std::uint64_t bytes = 0;
    const std::clock_t start = std::clock();
    for (const JarEntry& entry : jar.entries())
      if (entry.name.ends_with(".class")) {
        bytes += jar.read(entry).size();
        ++classes;
      }
    fmt::print(R"({{"classes": {}, "bytes": {}, "cpu_seconds": {:.3f}}})"
               "\n",
               classes, bytes, static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}
