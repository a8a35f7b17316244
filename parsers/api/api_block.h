#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/api_index.h"
#include "input/input_error.h"
#include "input/text_store.h"

namespace preflight {

/// The members of a block's classes while nobody has asked for them: most of a block, of which few are of interest.
class PackedApiMembers {
 public:
  virtual ~PackedApiMembers() = default;
  /// Decodes the members of a class, given by its place in ApiBlock::packages, once. Throws InputError: truncated,
  /// corrupt, over_limit.
  virtual void unpack(std::size_t package, std::size_t index) = 0;
};

/// Some consecutive packages of an index, decoded, with the text that their classes are views of.
struct ApiBlock {
  std::size_t first_package = 0;                ///< Number of its first package in the index.
  std::vector<std::vector<ApiClass>> packages;  ///< Classes of each, sorted by name.
  TextStore text;
  std::unique_ptr<PackedApiMembers> packed = nullptr;  ///< Set where members are decoded on demand.

  /// A class with its members, by the number of its package in the index.
  const ApiClass& complete(std::size_t package, std::size_t index) {
    if (packed != nullptr)
      packed->unpack(package - first_package, index);
    return packages[package - first_package][index];
  }
  /// All classes of a package with their members.
  std::span<const ApiClass> complete(std::size_t package) {
    for (std::size_t i = 0; i < packages[package - first_package].size(); ++i)
      complete(package, i);
    return packages[package - first_package];
  }
};

/// What a block's numbers refer to outside it.
struct ApiBlockContext {
  std::size_t first_package = 0;
  std::vector<std::string_view> packages;  ///< Names of the block's packages.
  std::span<const std::string> modules;    ///< Outlive the block.
  std::span<const ApiSpan> lines;          ///< A span lies within one of them.
};

/// Decodes the raw bytes of a block (api_format.h), and keeps them for the members of its classes, which are left
/// packed. Throws InputError: truncated, corrupt, over_limit.
std::shared_ptr<ApiBlock> read_api_block(std::vector<std::byte> raw, InputPlace place, ApiBlockContext context);
/// Decodes the names of its classes alone.
std::shared_ptr<ApiBlock> read_api_block_outline(std::vector<std::byte> raw, InputPlace place, ApiBlockContext context);

/// A package as it is written.
struct ApiPackage {
  std::string_view name;
  std::vector<ApiClass> classes;  ///< As normalize() makes them, sorted by name.
};

/// The raw bytes of a block; `modules` is sorted and has every module that the forms name. Throws std::invalid_argument
/// for a descriptor that is none.
std::vector<std::byte> write_api_block(std::span<const ApiPackage> packages, std::span<const std::string> modules,
                                       std::span<const ApiSpan> lines);

}  // namespace preflight
