#include "policy_document.h"

#include <fmt/format.h>

#include <algorithm>

#include "suggestion.h"

namespace preflight {
namespace {

/// Such files are written by hand.
constexpr DocumentLimits kLimits{.file_bytes = 8ULL << 20U, .nodes = 200'000, .text_bytes = 16U << 20U, .depth = 16};

}  // namespace

DocumentNode read_policy_document(const std::filesystem::path& path, const std::string& what) {
  std::vector<DocumentNode> documents = read_documents(path, what, kLimits);
  if (documents.size() > 1)
    throw policy_error(path, documents[1].line,
                       fmt::format("expected {}, one document, found {} of them", what, documents.size()));
  if (documents.empty() || !documents.front().is_mapping())
    throw policy_error(
        path, documents.empty() ? 1 : std::max(documents.front().line, 1),
        fmt::format("expected {}, found {}", what, documents.empty() ? "nothing" : found_text(documents.front())));
  return std::move(documents.front());
}

InputError policy_error(const std::filesystem::path& path, int line, const std::string& expectation) {
  return {InputErrorKind::corrupt, {.path = path.string(), .line = line}, expectation};
}

void require_known_keys(const std::filesystem::path& path, const DocumentNode& mapping,
                        const std::vector<std::string>& keys, const std::string& what) {
  for (const DocumentEntry& entry : mapping.entries)
    if (entry.key != "$schema" && std::ranges::find(keys, entry.key) == keys.end())
      throw policy_error(
          path, entry.line,
          fmt::format("expected a key of {}, found \"{}\".{}", what, entry.key, did_you_mean(entry.key, keys)));
}

std::string found_text(const DocumentNode& node) {
  switch (node.kind) {
    case DocumentNode::Kind::null_:
      return "nothing";
    case DocumentNode::Kind::sequence:
      return "a list";
    case DocumentNode::Kind::mapping:
      return "a mapping";
    case DocumentNode::Kind::scalar:
      break;
  }
  constexpr std::size_t kShown = 60;
  return node.text.empty() ? "nothing"
                           : fmt::format("\"{}{}\"", node.text.substr(0, kShown), node.text.size() > kShown ? "…" : "");
}

}  // namespace preflight
