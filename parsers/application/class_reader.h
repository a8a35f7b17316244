#pragma once

#include <vector>

#include "application/class_scan.h"
#include "application/unread_entry.h"
#include "archive/jar.h"

namespace preflight {

/// A class file of a JAR. `release` is the N of META-INF/versions/N, 0 for the base.
struct ClassEntry {
  const JarEntry* entry = nullptr;
  int release = 0;
};

/// Reads class files into `scan`, by up to `jobs` threads where there is enough to inflate (0: as many as there are
/// cores); the result does not depend on how many. What cannot be read goes to `unread`. Throws InputError where
/// something is over a limit. The application's own JAR has to outlive what the scan makes of it; a nested one need
/// not.
void read_classes(const Jar& jar, const std::vector<ClassEntry>& entries, unsigned jobs, ClassScan& scan,
                  std::vector<UnreadEntry>& unread);

}  // namespace preflight
