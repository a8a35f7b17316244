#include "pom_patch.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>

#include "input/file_bytes.h"
#include "input/input_error.h"

namespace preflight {
namespace {

constexpr std::uint64_t kLargestPom = std::uint64_t{64} << 20U;
constexpr std::size_t kContext = 3;
constexpr std::string_view kWhitespace = " \t\r\n";

using Lines = std::vector<std::string>;

/// With their line ends, as the parser counts them.
Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

/// Where the text of an element begins: <element>, white space, `text`, white space, </element>. None where that does
/// not stand on the line exactly once.
std::optional<std::size_t> place_of(std::string_view line, const PomEdit& edit) {
  const std::string open = fmt::format("<{}>", edit.element);
  const std::string close = fmt::format("</{}>", edit.element);
  std::optional<std::size_t> place;
  for (std::size_t at = line.find(open); at != std::string_view::npos; at = line.find(open, at + 1)) {
    const std::size_t begin = line.find_first_not_of(kWhitespace, at + open.size());
    if (begin == std::string_view::npos || !line.substr(begin).starts_with(edit.before))
      continue;
    const std::size_t end = line.find_first_not_of(kWhitespace, begin + edit.before.size());
    if (end == std::string_view::npos || !line.substr(end).starts_with(close))
      continue;
    const std::size_t comment = line.rfind("<!--", at);
    const bool in_comment =
        comment != std::string_view::npos && line.substr(comment, at - comment).find("-->") == std::string_view::npos;
    if (place || in_comment)
      return std::nullopt;
    place = begin;
  }
  return place;
}

/// What can stand in a pom without being escaped; the table is the user's own where --table says so.
bool is_plain(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
           c == '_';
  });
}

/// From the current folder, by name alone: a link in the path is part of its name.
std::string relative_path(const std::string& path) {
  const std::filesystem::path here = std::filesystem::current_path();
  return (here / path).lexically_normal().lexically_relative(here).string();
}

/// Why a diff cannot name a file; empty where it can.
std::string unnameable(const std::string& path) {
  if (path.empty() || path.starts_with(".."))
    return "it is not below the current folder";
  const bool odd =
      std::ranges::any_of(path, [](unsigned char c) { return c < ' ' || c == 0x7F || c == '"' || c == '\\'; });
  return odd ? "its name has characters that a diff cannot hold" : "";
}

/// The poms that edits are for, each read once.
class Poms {
 public:
  /// Null where it cannot be read.
  Lines* find(const std::string& path) {
    const auto [entry, is_new] = poms_.try_emplace(relative_path(path));
    if (is_new) {
      try {
        const std::vector<std::byte> bytes = read_file(path, kLargestPom, "a pom.xml");
        entry->second = lines_of({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
      } catch (const InputError&) {
        entry->second.reset();
      }
    }
    return entry->second ? &*entry->second : nullptr;
  }

  std::string obstacle(const PomEdit& edit) {
    const Lines* lines = find(edit.path);
    const std::string place = fmt::format("{}:{}", edit.path, edit.line);
    if (lines == nullptr)
      return fmt::format("{} cannot be read any more", edit.path);
    if (!is_plain(edit.after))
      return fmt::format("\"{}\", which is to stand at {}, is no plain text", edit.after, place);
    const auto index = static_cast<std::size_t>(edit.line) - 1;
    if (edit.line < 1 || index >= lines->size() || !place_of((*lines)[index], edit))
      return fmt::format("<{0}>{1}</{0}> does not stand whole, and once, on the line {2}", edit.element, edit.before,
                         place);
    return "";
  }

 private:
  std::map<std::string, std::optional<Lines>> poms_;
};

/// An edit but for what it writes.
using Target = std::tuple<std::string, int, std::string, std::string>;

Target target_of(const PomEdit& edit) {
  return {relative_path(edit.path), edit.line, edit.element, edit.before};
}

void take_edits(Finding& finding, std::string because) {
  finding.edits.clear();
  finding.no_edits_because = std::move(because);
}

void drop_impossible(std::vector<Finding>& findings, Poms& poms) {
  for (Finding& finding : findings) {
    std::string because;
    for (const PomEdit& edit : finding.edits)
      if (because.empty())
        because = poms.obstacle(edit);
    if (!because.empty())
      take_edits(finding, std::move(because));
  }
}

void drop_contradicting(std::vector<Finding>& findings) {
  std::map<Target, std::set<std::string>> wanted;
  for (const Finding& finding : findings)
    for (const PomEdit& edit : finding.edits)
      wanted[target_of(edit)].insert(edit.after);
  for (Finding& finding : findings) {
    const auto contested =
        std::ranges::find_if(finding.edits, [&](const PomEdit& edit) { return wanted.at(target_of(edit)).size() > 1; });
    if (contested != finding.edits.end())
      take_edits(finding, fmt::format("another finding wants something else of <{}> at {}:{}", contested->element,
                                      contested->path, contested->line));
  }
}

/// A file, line by line, with what becomes of some of them.
struct EditedPom {
  Lines* lines = nullptr;
  std::map<std::size_t, std::string> changed;
};

std::map<std::string, EditedPom> edited_poms(const std::vector<Finding>& findings, Poms& poms) {
  std::map<std::string, EditedPom> edited;
  std::set<Target> done;
  for (const Finding& finding : findings)
    for (const PomEdit& edit : finding.edits) {
      if (!done.insert(target_of(edit)).second)
        continue;
      EditedPom& pom = edited[relative_path(edit.path)];
      pom.lines = poms.find(edit.path);
      const auto index = static_cast<std::size_t>(edit.line) - 1;
      std::string& line = pom.changed.try_emplace(index, (*pom.lines)[index]).first->second;
      if (const auto place = place_of(line, edit))
        line.replace(*place, edit.before.size(), edit.after);
    }
  return edited;
}

void add_line(std::string& diff, char sign, const std::string& line) {
  diff += sign;
  diff += line;
  if (!line.ends_with('\n'))
    diff += "\n\\ No newline at end of file\n";
}

/// One hunk: the lines from `first` on, up to `end`. Lines are replaced, never added or taken away.
void add_hunk(std::string& diff, const EditedPom& pom, std::size_t first, std::size_t end) {
  diff += fmt::format("@@ -{0},{1} +{0},{1} @@\n", first + 1, end - first);
  for (std::size_t i = first; i < end;) {
    std::size_t run = i;
    while (run < end && pom.changed.contains(run))
      add_line(diff, '-', (*pom.lines)[run++]);
    for (std::size_t k = i; k < run; ++k)
      add_line(diff, '+', pom.changed.at(k));
    if (run < end)
      add_line(diff, ' ', (*pom.lines)[run++]);
    i = run;
  }
}

std::string diff_of(const std::string& path, const EditedPom& pom) {
  // The tab ends a name that has spaces in it, as diff and git write it.
  const std::string name = path + (path.find(' ') == std::string::npos ? "" : "\t");
  std::string diff = fmt::format("--- a/{0}\n+++ b/{0}\n", name);
  for (auto change = pom.changed.begin(); change != pom.changed.end();) {
    const std::size_t first = change->first - std::min(change->first, kContext);
    std::size_t last = change->first;
    while (++change != pom.changed.end() && change->first <= last + 2 * kContext)
      last = change->first;
    add_hunk(diff, pom, first, std::min(last + kContext + 1, pom.lines->size()));
  }
  return diff;
}

}  // namespace

PomPatch settle_edits(std::vector<Finding>& findings) {
  Poms poms;
  drop_impossible(findings, poms);
  drop_contradicting(findings);
  PomPatch patch;
  for (const auto& [path, pom] : edited_poms(findings, poms)) {
    if (const std::string because = unnameable(path); !because.empty())
      patch.left_out.push_back(fmt::format("{}: {}", path, because));
    else
      patch.diff += diff_of(path, pom);
  }
  return patch;
}

}  // namespace preflight
