#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/api_index.h"
#include "api/text_store.h"
#include "input/byte_reader.h"

namespace preflight {

/// Some consecutive packages of an index, decoded, with the text that their classes are views of.
struct ApiBlock {
  std::size_t first_package = 0;                ///< Number of its first package in the index.
  std::vector<std::vector<ApiClass>> packages;  ///< Classes of each, sorted by name.
  TextStore text;
};

/// What a block's numbers refer to outside it.
struct ApiBlockContext {
  std::size_t first_package = 0;
  std::vector<std::string_view> packages;  ///< Names of the block's packages.
  std::span<const std::string> modules;    ///< Outlive the block.
  std::span<const ApiSpan> lines;          ///< A span lies within one of them.
};

/// Decodes the raw bytes of a block (api_format.h). Throws InputError: truncated, corrupt, over_limit.
std::shared_ptr<const ApiBlock> read_api_block(ByteReader reader, const ApiBlockContext& context);
/// Decodes the names of its classes alone.
std::shared_ptr<const ApiBlock> read_api_block_outline(ByteReader reader, const ApiBlockContext& context);

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
