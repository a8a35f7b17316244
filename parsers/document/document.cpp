#include "document/document.h"

#include <fmt/format.h>

#include "document/json_document.h"
#include "document/tree_builder.h"
#include "document/yaml_document.h"
#include "input/file_bytes.h"
#include "input/input_error.h"

namespace preflight {

std::vector<DocumentNode> read_documents(const std::filesystem::path& path, const std::string& expected,
                                         const DocumentLimits& limits) {
  const std::vector<std::byte> bytes = read_file(path, limits.file_bytes, expected);
  // Bytes of a file are looked at as the characters of its text.
  return parse_documents({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, path.string(), limits);
}

std::vector<DocumentNode> parse_documents(std::string_view text, const std::string& name,
                                          const DocumentLimits& limits) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark))
    text.remove_prefix(kByteOrderMark.size());
  if (text.find('\0') != std::string_view::npos)
    throw InputError(InputErrorKind::not_this_format, {.path = name},
                     "expected YAML or JSON in UTF-8, found a NUL byte");
  TreeBuilder tree(name, limits);
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first != std::string_view::npos && (text[first] == '{' || text[first] == '['))
    parse_json_document(text, name, tree);
  else if (text.size() > limits.yaml_bytes)
    throw InputError(InputErrorKind::over_limit, {.path = name},
                     fmt::format("expected at most {} bytes of YAML, found {}", limits.yaml_bytes, text.size()));
  else
    parse_yaml_documents(text, name, tree);
  return tree.take();
}

const DocumentNode* find(const DocumentNode& node, std::initializer_list<std::string_view> keys) {
  const DocumentNode* at = &node;
  for (const std::string_view key : keys) {
    const DocumentNode* value = nullptr;
    for (const DocumentEntry& entry : at->entries)
      if (entry.key == key)
        value = &entry.value;
    if (value == nullptr)
      return nullptr;
    at = value;
  }
  return at;
}

}  // namespace preflight
