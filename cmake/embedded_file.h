#pragma once

#include <string_view>

namespace preflight {

/// A file that preflight_embed (cmake/embed.cmake) built into a target.
struct EmbeddedFile {
  std::string_view name;
  const char* begin;
  const char* end;

  std::string_view text() const { return {begin, static_cast<std::string_view::size_type>(end - begin)}; }
};

}  // namespace preflight
