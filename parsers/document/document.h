#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace preflight {

struct DocumentEntry;

/// A value of a YAML or JSON document, whatever wrote it: values stay text, as nobody but their reader knows their
/// type.
struct DocumentNode {
  enum class Kind { null_, scalar, sequence, mapping };

  Kind kind = Kind::null_;
  std::string text;     ///< Of a scalar: without its quotes, escapes resolved. `true`, `7` and "7" are texts.
  bool quoted = false;  ///< The scalar stood in quotes (or, in YAML, was a block): never a number, a boolean or null.
  std::string tag;      ///< A YAML tag of one's own, as CloudFormation's "!Ref"; empty where there is none.
  int line = 0;         ///< One-based.
  std::vector<DocumentNode> items;     ///< Of a sequence.
  std::vector<DocumentEntry> entries;  ///< Of a mapping, in the order of the file; each key once.

  bool is_scalar() const { return kind == Kind::scalar; }
  bool is_sequence() const { return kind == Kind::sequence; }
  bool is_mapping() const { return kind == Kind::mapping; }
};

struct DocumentEntry {
  std::string key;
  int line = 0;
  DocumentNode value;
};

/// What a document may cost: against files that are made to expand or to nest without end.
struct DocumentLimits {
  std::uint64_t file_bytes = 64ULL << 20U;
  std::size_t yaml_bytes = 2U << 20U;  ///< Of a text that is no JSON: yaml-cpp may need 240 bytes for one of "[[[[".
  std::size_t nodes = 1'000'000;       ///< Of all documents of the file; an alias counts as what it stands for.
  std::size_t text_bytes = 256ULL << 20U;  ///< The same, of keys and scalars.
  std::size_t depth = 100;
};

/// The documents of a file: one of JSON where its first character is '{' or '[', any number of YAML otherwise (so a
/// YAML file whose first document is a flow collection has to be JSON). Aliases are replaced by what they stand for; a
/// merge key stays a key "<<". `expected` names the format in messages: "a FlinkDeployment". Throws InputError, with
/// the line: unreadable, not_this_format (the text is neither), corrupt (a key stands twice, a key is no scalar),
/// over_limit.
std::vector<DocumentNode> read_documents(const std::filesystem::path& path, const std::string& expected,
                                         const DocumentLimits& limits = {});

/// The same of a text; `name` stands for the file in messages.
std::vector<DocumentNode> parse_documents(std::string_view text, const std::string& name,
                                          const DocumentLimits& limits = {});

/// The value under these keys, one mapping in the other; null where a key is missing or a mapping is none.
const DocumentNode* find(const DocumentNode& node, std::initializer_list<std::string_view> keys);

}  // namespace preflight
