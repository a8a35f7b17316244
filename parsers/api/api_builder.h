#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "api/api_index.h"
#include "input/text_store.h"

namespace preflight {

/// Which packages go into an index; a prefix covers the package of that name and those below it.
struct ApiPackageFilter {
  std::vector<std::string> with;  ///< Empty: all.
  std::vector<std::string> without;

  bool takes(std::string_view package) const;
};

/// Collects what one release declares from its JARs, and writes it as an index of that release.
///
/// Left out is what no code outside its class can name: private members, static initialisers, synthetic members other
/// than bridge methods, and local, anonymous and synthetic classes. Of access flags those are kept that linking and
/// readers care about.
class ApiBuilder {
 public:
  ApiBuilder(ApiRelease release, ApiPackageFilter filter);

  /// Adds the classes of a JAR (or of a JDK's .jmod), of a folder of .class files, or of a JDK's lib/ct.sym, of which
  /// the classes of the Java release are taken that `release.version` names. Multi-release variants are not looked at.
  /// A class that was added before stays as it was: in a class path the first one is loaded. Throws InputError.
  void add(const std::filesystem::path& path);

  std::size_t classes() const { return classes_.size(); }
  std::size_t members() const;
  /// Classes that were there already when they were to be added.
  std::size_t repeated() const { return repeated_; }
  std::vector<std::byte> write() const;

 private:
  void add_archive(const std::filesystem::path& path);
  void add_folder(const std::filesystem::path& path);
  bool wants(std::string_view entry) const;
  void add_class(std::span<const std::byte> bytes, std::string_view entry, std::string_view module,
                 const InputPlace& place);

  ApiRelease release_;
  ApiPackageFilter filter_;
  TextStore text_;
  std::vector<ApiClass> classes_;
  std::set<std::string_view> names_;
  std::size_t repeated_ = 0;
};

/// The artifact that a JAR holds, by its file's name: "flink-streaming-java_2.12-1.14.0.jar" → "flink-streaming-java".
std::string module_of_file(const std::filesystem::path& path);

}  // namespace preflight
