#pragma once

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "archive/jar.h"
#include "parsers/archive/zip_builder.h"

namespace preflight::test {

/// Longer than any buffer on the way.
inline const std::string kLong(200'000, 'x');

/// The zip as a JAR that errors call app.jar.
inline Jar open(const std::string& zip, const JarLimits& limits = {}) {
  return Jar::open(bytes_of(zip), InputPlace{"app.jar"}, limits);
}

inline std::string read(const Jar& jar, const std::string& name) {
  const JarEntry* entry = jar.find(name);
  REQUIRE(entry != nullptr);
  std::vector<std::byte> bytes;
  jar.read(*entry, bytes);
  std::string text;
  for (const std::byte byte : bytes)
    text.push_back(std::to_integer<char>(byte));
  return text;
}

inline std::vector<std::string> names(const Jar& jar) {
  std::vector<std::string> result;
  for (const JarEntry& entry : jar.entries())
    result.emplace_back(entry.name);
  return result;
}

}  // namespace preflight::test
