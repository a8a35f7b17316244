#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "archive/byte_source.h"
#include "input/input_error.h"

namespace preflight {

class EntryContents;

/// An entry of a JAR's central directory.
struct JarEntry {
  std::string_view name;   ///< As stored; never used as a path to write to. Good as long as a Jar that lists it.
  std::uint64_t size = 0;  ///< Uncompressed, as the central directory says.
  std::uint64_t compressed = 0;
  std::uint32_t crc = 0;    ///< CRC-32 of the uncompressed bytes; reading the entry checks it.
  std::uint64_t index = 0;  ///< Position in the central directory.
};

/// Bounds against hostile archives (zip bombs). An entry or archive beyond them throws InputError (over_limit).
struct JarLimits {
  std::uint64_t entries = 1'000'000;
  std::uint64_t entry_bytes = std::uint64_t{1} << 30;
  std::uint64_t total_bytes = std::uint64_t{8} << 30;
  std::uint64_t ratio =
      1'200;        ///< Uncompressed over compressed bytes of one entry above 1 MiB; deflate's own ceiling is 1,032.
  int nesting = 2;  ///< JARs within JARs.
};

/// A JAR (zip archive), read by its central directory: of a local header only its lengths are looked at, and what else
/// it says differently is not. Nothing is ever extracted to disk. Each thread needs one of its own (open_again).
///
/// Bytes before the archive (a self-executing JAR) are taken as java.util.zip takes them.
class Jar {
 public:
  /// `path` may be "-" for standard input. Throws InputError: unreadable (missing, a directory), not_this_format (no
  /// zip end record), truncated (starts as a zip, has no end record), corrupt (the central directory contradicts
  /// itself, or entries share bytes), over_limit (entries, total_bytes).
  static Jar open(const std::filesystem::path& path, const JarLimits& limits = {});
  /// A JAR in memory; `place` names it in errors. Throws as above.
  static Jar open(std::vector<std::byte> bytes, const InputPlace& place, const JarLimits& limits = {});

  Jar(Jar&&) noexcept;
  Jar& operator=(Jar&&) noexcept;
  ~Jar();

  /// Files only, in central-directory order; of entries with one name the first, as java.util.zip would find it.
  const std::vector<JarEntry>& entries() const;
  /// Names that stand more than once in the central directory, sorted.
  const std::vector<std::string>& duplicate_names() const;
  /// Bytes of the whole archive, with whatever stands before it.
  std::uint64_t file_bytes() const;
  /// Uncompressed bytes that all entries together claim, with those that were claimed before this JAR was opened.
  std::uint64_t claimed_bytes() const;
  /// nullptr where there is no such entry.
  const JarEntry* find(std::string_view name) const;

  /// An entry's bytes, whose size and CRC have been checked; good until the next entry is read from this Jar.
  /// Throws InputError: corrupt, truncated, unsupported (encrypted, or a method that java.util.zip does not know),
  /// over_limit (entry_bytes, ratio).
  std::span<const std::byte> read(const JarEntry& entry) const;
  /// The same into `bytes`.
  void read(const JarEntry& entry, std::vector<std::byte>& bytes) const;
  /// The JAR that `entry` holds, with the limits of this one, less one level of nesting; `claimed` is what the JARs
  /// opened so far claim, and counts against total_bytes. Throws as read and open do, and over_limit (nesting).
  Jar open_nested(const JarEntry& entry, std::uint64_t claimed) const;
  /// The same JAR to be read by another thread; both share the entries.
  Jar open_again() const;

  /// Names `entry` in errors and reports.
  InputPlace place_of(const JarEntry& entry) const { return place_of(entry.name); }
  InputPlace place_of(std::string_view entry_name) const;

 private:
  struct Listing;
  static Jar open(std::unique_ptr<ByteSource> source, const InputPlace& place, const JarLimits& limits,
                  std::uint64_t claimed);
  Jar(std::shared_ptr<const Listing> listing, std::unique_ptr<EntryContents> contents);

  std::shared_ptr<const Listing> listing_;
  std::unique_ptr<EntryContents> contents_;
};

}  // namespace preflight
