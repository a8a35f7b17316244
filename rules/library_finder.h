#pragma once

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "application/application_jar.h"
#include "input/text_hash.h"
#include "known_library.h"

namespace preflight {

/// Tells by its name which known library a class is of, also where the JAR holds that library under other package names
/// (maven-shade-plugin: relocation). A library counts as relocated where one of its marker classes stands behind a
/// prefix; all of its packages are then looked for behind the same prefix.
class LibraryFinder {
 public:
  /// A library under a prefix of its package names: "com.acme.shaded." for com.acme.shaded.com.google.common.
  struct Match {
    const KnownLibrary* library = nullptr;  ///< nullptr: of no known library.
    std::string_view relocated_under;       ///< Empty where the packages are the library's own.
  };

  /// `libraries` must outlive the finder.
  LibraryFinder(const ApplicationJar& application, std::span<const KnownLibrary> libraries);

  /// By the longest known package that a class of `package` (binary name) is in.
  Match of_package(std::string_view package) const;

  /// A library that has a marker class in the JAR, and the prefix that it stands behind.
  struct Marked {
    const KnownLibrary* library = nullptr;
    std::string relocated_under;  ///< Empty where the packages are the library's own.
  };
  /// Each library once for each prefix, in the order of the marker classes.
  const std::vector<Marked>& marked() const { return marked_; }

 private:
  void mark(const KnownLibrary& library, std::string_view prefix);

  struct Place {
    const KnownLibrary* library = nullptr;
    std::size_t prefix_size = 0;
  };
  std::unordered_map<std::string, Place, TextHash, std::equal_to<>> packages_;  ///< As they are named in the JAR.
  std::vector<Marked> marked_;
};

/// True for the package itself and for all below it.
bool is_within(std::string_view package, std::string_view outer);

}  // namespace preflight
