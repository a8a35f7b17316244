#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "api/api_compression.h"
#include "api/api_format.h"
#include "api/api_source.h"
#include "api/varint.h"

namespace preflight {
namespace {

/// The header's answer to where each package is.
struct Directory {
  struct Block {
    std::uint64_t offset = 0;  ///< In the file.
    std::uint64_t size = 0;
    std::size_t first_package = 0;
    std::size_t packages = 0;
  };
  std::vector<ApiRelease> releases;
  std::vector<std::string> modules;
  std::vector<std::string> packages;
  std::vector<Block> blocks;
};

std::vector<ApiRelease> read_releases(ByteReader& header) {
  std::vector<ApiRelease> releases;
  std::set<ApiRelease> known;
  std::set<std::string_view> lines;
  for (std::uint64_t left = read_count(header, "lines"); left > 0; --left) {
    const std::string_view line = read_text(header, "name of a line");
    const std::uint64_t count = read_count(header, "releases");
    if (count == 0 || !lines.insert(line).second)
      header.fail(InputErrorKind::corrupt, "expected a line of its own name with one release at least");
    for (std::uint64_t i = 0; i < count; ++i) {
      releases.push_back({std::string(line), std::string(read_text(header, "version"))});
      if (!known.insert(releases.back()).second)
        header.fail(InputErrorKind::corrupt,
                    "expected every release once, found " + releases.back().version + " again");
    }
    if (releases.size() > kMostApiReleases)
      header.fail(InputErrorKind::over_limit, fmt::format("expected at most {} releases", kMostApiReleases));
  }
  return releases;
}

void read_packages(ByteReader& header, Directory& directory) {
  for (std::uint64_t left = read_count(header, "packages"); left > 0; --left) {
    std::string name(read_text(header, "name of a package"));
    if (!directory.packages.empty() && name <= directory.packages.back())
      header.fail(InputErrorKind::corrupt, "expected the packages in order");
    directory.packages.push_back(std::move(name));
  }
}

Directory read_directory(ByteReader header) {
  Directory directory{.releases = read_releases(header)};
  for (std::uint64_t left = read_count(header, "modules"); left > 0; --left)
    directory.modules.emplace_back(read_text(header, "name of a module"));
  for (std::uint64_t left = read_count(header, "blocks"); left > 0; --left) {
    Directory::Block block{.size = read_varint(header, "size of a block"), .first_package = directory.packages.size()};
    read_packages(header, directory);
    block.packages = directory.packages.size() - block.first_package;
    if (block.packages == 0)
      header.fail(InputErrorKind::corrupt, "expected a block to have a package");
    directory.blocks.push_back(block);
  }
  if (!header.at_end())
    header.fail(InputErrorKind::corrupt, "expected the end of the header behind its blocks");
  return directory;
}

/// Blocks stand one behind the other to the end of the file.
void place_blocks(Directory& directory, const ByteReader& file) {
  std::uint64_t offset = file.offset();
  const std::uint64_t end = file.offset() + file.remaining();
  for (Directory::Block& block : directory.blocks) {
    if (block.size > end - offset)
      file.fail_at(offset, InputErrorKind::truncated,
                   fmt::format("expected a block of {} bytes, found {}", block.size, end - offset));
    block.offset = offset;
    offset += block.size;
  }
  if (offset != end)
    file.fail_at(offset, InputErrorKind::corrupt, "expected the end of the file behind the last block");
}

Directory open_directory(std::span<const std::byte> bytes, const InputPlace& place) {
  ByteReader file(bytes, place);
  if (!std::ranges::equal(bytes.first(std::min(bytes.size(), kApiMagic.size())), std::as_bytes(std::span(kApiMagic))))
    file.fail(InputErrorKind::not_this_format, fmt::format("expected an API index, which starts with {}", kApiMagic));
  file.skip(kApiMagic.size(), "magic");
  if (const std::uint8_t version = file.u1("format version"); version != kApiFormatVersion)
    file.fail(InputErrorKind::unsupported,
              fmt::format("expected version {} of the API index format, found {}", kApiFormatVersion, version));
  const std::vector<std::byte> header = unpacked(file, kLargestApiHeader, "header");
  const InputPlace header_place{place.path, "header"};
  Directory directory = read_directory(ByteReader(header, header_place));
  place_blocks(directory, file);
  return directory;
}

class ApiFile final : public ApiSource {
 public:
  ApiFile(Directory directory, std::span<const std::byte> bytes, const InputPlace& place, std::vector<std::byte> owned)
      : ApiSource(std::move(directory.releases), std::move(directory.packages)),
        modules_(std::move(directory.modules)),
        blocks_(std::move(directory.blocks)),
        owned_(std::move(owned)),
        bytes_(bytes),
        place_(place) {}

  std::shared_ptr<ApiBlock> block_of(std::size_t package) override {
    if (!last_ || package < last_->first_package || package >= last_->first_package + last_->packages.size())
      last_ = read_block(package, read_api_block);
    return last_;
  }

  std::shared_ptr<ApiBlock> outline_of(std::size_t package) override {
    return read_block(package, read_api_block_outline);
  }

 private:
  template <class Read>
  std::shared_ptr<ApiBlock> read_block(std::size_t package, Read&& read) const {
    const Directory::Block& block =
        *std::prev(std::ranges::upper_bound(blocks_, package, {}, &Directory::Block::first_package));
    ByteReader stored(bytes_.subspan(block.offset, block.size), place_, block.offset);
    std::vector<std::byte> raw = unpacked(stored, kLargestApiBlock, "block");
    if (!stored.at_end())
      stored.fail(InputErrorKind::corrupt, "expected the next block");
    const auto first = packages().begin() + static_cast<std::ptrdiff_t>(block.first_package);
    return read(
        std::move(raw), InputPlace{place_.path, fmt::format("block at {}", block.offset)},
        ApiBlockContext{
            block.first_package, {first, first + static_cast<std::ptrdiff_t>(block.packages)}, modules_, lines()});
  }

  std::vector<std::string> modules_;
  std::vector<Directory::Block> blocks_;
  std::vector<std::byte> owned_;  ///< Empty where the caller keeps the bytes.
  std::span<const std::byte> bytes_;
  InputPlace place_;
  std::shared_ptr<ApiBlock> last_;
};

}  // namespace

ApiSource::ApiSource(std::vector<ApiRelease> releases, std::vector<std::string> packages)
    : releases_(std::move(releases)), lines_(lines_of(releases_)), packages_(std::move(packages)) {}

std::vector<ApiSpan> lines_of(std::span<const ApiRelease> releases) {
  std::vector<ApiSpan> lines;
  for (std::size_t i = 0; i < releases.size(); ++i) {
    const auto ordinal = static_cast<std::uint16_t>(i);
    if (i > 0 && releases[i].line == releases[i - 1].line)
      lines.back().last = ordinal;
    else
      lines.push_back({ordinal, ordinal});
  }
  return lines;
}

std::unique_ptr<ApiSource> open_api_file(std::span<const std::byte> bytes, const InputPlace& place,
                                         std::vector<std::byte> owned) {
  return std::make_unique<ApiFile>(open_directory(bytes, place), bytes, place, std::move(owned));
}

}  // namespace preflight
