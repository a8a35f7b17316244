#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>

#include "input/input_error.h"

namespace preflight {

/// META-INF/MANIFEST.MF: the main attributes (JAR file specification, "JAR Manifest"); attribute names compare without
/// case.
struct Manifest {
  std::map<std::string, std::string> main_attributes;  ///< Keys in lower case; of an attribute given twice the last.

  /// program-class, Flink's own attribute, before Main-Class (PackagedProgram#getEntryPointClassNameFromJar).
  std::optional<std::string> entry_class() const;
  /// Multi-Release: true (java.util.jar.JarFile: without case).
  bool multi_release() const;
  std::optional<std::string> attribute(const std::string& name) const;
};

/// Continuation lines joined, lines ended by CR, LF or CRLF; nothing behind the main section is read. Throws InputError
/// (corrupt) at a line that is neither an attribute nor a continuation.
Manifest parse_manifest(std::span<const std::byte> bytes, const InputPlace& place);

}  // namespace preflight
