#pragma once

#include <string>
#include <vector>

#include "archive/jar.h"
#include "classfile/class_view.h"
#include "fixture_paths.h"

namespace preflight::test {

/// A class file together with the bytes that its views point into.
struct OpenedClass {
  explicit OpenedClass(std::vector<std::byte> class_bytes,
                       InputPlace class_place = {"app.jar", "com/example/Job.class"})
      : bytes(std::move(class_bytes)), place(std::move(class_place)), view(view_class_file(bytes, place)) {}
  OpenedClass(const OpenedClass&) = delete;
  OpenedClass& operator=(const OpenedClass&) = delete;

  std::vector<std::byte> bytes;
  InputPlace place;
  ClassView view;
};

/// Bytes of a class of fixtures/jars/language-levels.jar, "java8/Everything".
inline std::vector<std::byte> language_level_class(const std::string& name) {
  const Jar jar = Jar::open(fixtures() / "jars/language-levels.jar");
  std::vector<std::byte> bytes;
  jar.read(*jar.find("com/example/levels/" + name + ".class"), bytes);
  return bytes;
}

}  // namespace preflight::test
