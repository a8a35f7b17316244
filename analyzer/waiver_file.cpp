#include "waiver_file.h"

#include <fmt/format.h>

#include <map>
#include <tuple>

#include "calendar_day.h"
#include "policy_document.h"
#include "rule.h"
#include "subject_kind.h"
#include "suggestion.h"

namespace preflight {
namespace {

const std::vector<std::string> kKeys{"rule", "subject", "kind", "path", "reason", "approved_by", "expires"};

/// One entry of the file, as it is read.
class EntryReader {
 public:
  EntryReader(const std::filesystem::path& path, const DocumentNode& node) : path_(path), node_(node) {}

  WaiverEntry read() const {
    if (!node_.is_mapping())
      throw policy_error(path_, node_.line, fmt::format("expected a waiver, a mapping, found {}", found_text(node_)));
    require_known_keys(path_, node_, kKeys, "a waiver");
    WaiverEntry entry{.rule = rule(),
                      .subject = required("subject", "a pattern of the subject's name; * for every subject"),
                      .kind = kind(),
                      .path = optional("path"),
                      .waiver = {.reason = required("reason", "why the team lives with the finding"),
                                 .approved_by = optional("approved_by").value_or(""),
                                 .expires = {}},
                      .last_day = {},
                      .line = node_.line};
    read_end(entry);
    return entry;
  }

 private:
  std::optional<std::string> optional(const char* key) const {
    const DocumentNode* value = find(node_, {key});
    if (value == nullptr)
      return std::nullopt;
    if (!value->is_scalar() || value->text.find_first_not_of(" \t\r\n") == std::string::npos)
      throw policy_error(path_, value->line, fmt::format("{}: expected a text, found {}", key, found_text(*value)));
    return value->text;
  }

  std::string required(const char* key, const char* what) const {
    if (find(node_, {key}) == nullptr)
      throw policy_error(path_, node_.line, fmt::format("{}: expected {}, found no such key", key, what));
    const auto text = optional(key);
    return *text;
  }

  int line_of(const char* key) const { return find(node_, {key})->line; }

  std::string rule() const {
    std::string id = required("rule", "the ID of a rule");
    const Rule* rule = find_rule(id);
    std::vector<std::string> ids;
    for (const Rule& known : all_rules())
      ids.emplace_back(known.id);
    if (rule == nullptr)
      throw policy_error(path_, line_of("rule"),
                         fmt::format("rule: expected a rule of flink-preflight rules list, found \"{}\".{}", id,
                                     did_you_mean(id, ids)));
    if (rule->check == nullptr)
      throw policy_error(path_, line_of("rule"),
                         fmt::format("rule: {} is about the waivers themselves and cannot be waived", id));
    return id;
  }

  std::optional<Subject::Kind> kind() const {
    const auto text = optional("kind");
    if (!text)
      return std::nullopt;
    if (const auto kind = subject_kind_of(*text))
      return kind;
    const std::vector<std::string> names = subject_kind_names();
    throw policy_error(
        path_, line_of("kind"),
        fmt::format("kind: expected {}, found \"{}\".{}", one_of(names), *text, did_you_mean(*text, names)));
  }

  void read_end(WaiverEntry& entry) const {
    const std::string text = required("expires", "the last day on which the waiver holds, YYYY-MM-DD, or never");
    if (text == "never")
      return;
    entry.last_day = calendar_day(text);
    if (!entry.last_day)
      throw policy_error(path_, line_of("expires"),
                         fmt::format("expires: expected a day, YYYY-MM-DD, or never, found \"{}\"", text));
    entry.waiver.expires = text;
  }

  const std::filesystem::path& path_;
  const DocumentNode& node_;
};

}  // namespace

WaiverFile read_waiver_file(const std::filesystem::path& path) {
  const DocumentNode document = read_policy_document(path, "a waiver file, a mapping with the key \"waivers\"");
  require_known_keys(path, document, {"waivers"}, "a waiver file");
  const DocumentNode* list = find(document, {"waivers"});
  if (list == nullptr)
    throw policy_error(path, document.line, "expected the key \"waivers\", found no such key");
  if (!list->is_sequence())
    throw policy_error(path, list->line, fmt::format("waivers: expected a list, found {}", found_text(*list)));
  WaiverFile file{.path = path.string(), .entries = {}};
  std::map<std::tuple<std::string, std::string, std::optional<Subject::Kind>, std::optional<std::string>>, int> lines;
  for (const DocumentNode& node : list->items) {
    WaiverEntry entry = EntryReader(path, node).read();
    const auto [first, is_new] =
        lines.emplace(std::make_tuple(entry.rule, entry.subject, entry.kind, entry.path), entry.line);
    if (!is_new)
      throw policy_error(path, entry.line,
                         fmt::format("expected one waiver of {} for \"{}\", found another at line {}", entry.rule,
                                     entry.subject, first->second));
    file.entries.push_back(std::move(entry));
  }
  return file;
}

}  // namespace preflight
