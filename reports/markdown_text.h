#pragma once

#include <string>

namespace preflight {

/// `text` as it reads in Markdown: nothing in it formats, ends a table's cell, becomes HTML or a link, or mentions
/// anyone.
std::string markdown_escaped(const std::string& text);

}  // namespace preflight
