#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "api/api_block.h"
#include "api/api_index.h"

namespace preflight {

/// What an ApiIndex takes its packages from.
class ApiSource {
 public:
  virtual ~ApiSource() = default;

  const std::vector<ApiRelease>& releases() const { return releases_; }
  /// One for each line.
  const std::vector<ApiSpan>& lines() const { return lines_; }
  /// Sorted.
  const std::vector<std::string>& packages() const { return packages_; }
  /// The block that holds a package; the source keeps it only until it is asked for another.
  virtual std::shared_ptr<ApiBlock> block_of(std::size_t package) = 0;
  /// The same with the names of its classes at least: what a source can say for less.
  virtual std::shared_ptr<ApiBlock> outline_of(std::size_t package) { return block_of(package); }

 protected:
  ApiSource(std::vector<ApiRelease> releases, std::vector<std::string> packages);

 private:
  std::vector<ApiRelease> releases_;
  std::vector<ApiSpan> lines_;
  std::vector<std::string> packages_;
};

/// Spans of ordinals with the same line name.
std::vector<ApiSpan> lines_of(std::span<const ApiRelease> releases);

/// As ApiIndex::read: `bytes` outlive the source, or are `owned`. Throws InputError.
std::unique_ptr<ApiSource> open_api_file(std::span<const std::byte> bytes, const InputPlace& place,
                                         std::vector<std::byte> owned = {});

/// As ApiIndex::overlay.
std::unique_ptr<ApiSource> overlay_of(std::vector<std::unique_ptr<ApiSource>> layers);

}  // namespace preflight
