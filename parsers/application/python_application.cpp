#include "application/python_application.h"

#include <algorithm>
#include <span>
#include <string_view>

namespace preflight {
namespace {

constexpr std::string_view kBlank = " \t\r\f\v";

/// The folder that all entries stand in, with its slash, as archives of a folder have it; empty where there is none.
std::string common_folder(const std::vector<JarEntry>& entries) {
  const std::string_view first = entries.front().name;
  const std::string_view folder = first.substr(0, first.find('/') + 1);
  const bool common = std::all_of(entries.begin(), entries.end(),
                                  [&](const JarEntry& entry) { return entry.name.starts_with(folder); });
  return std::string(common ? folder : std::string_view());
}

std::vector<std::string> scripts_in(const std::string& folder, const std::vector<JarEntry>& entries) {
  std::vector<std::string> scripts;
  for (const JarEntry& entry : entries)
    if (entry.name.starts_with(folder) && entry.name.ends_with(".py") &&
        entry.name.find('/', folder.size()) == std::string::npos)
      scripts.emplace_back(entry.name);
  std::sort(scripts.begin(), scripts.end());
  const auto main = std::find(scripts.begin(), scripts.end(), folder + "main.py");
  if (main != scripts.end())
    std::rotate(scripts.begin(), main, main + 1);
  return scripts;
}

std::string_view without_comment(std::string_view line) {
  // pip takes a # for a comment at the start of a line or behind white space: others belong to an address.
  for (std::size_t at = line.find('#'); at != std::string_view::npos; at = line.find('#', at + 1))
    if (at == 0 || kBlank.find(line[at - 1]) != std::string_view::npos) {
      line = line.substr(0, at);
      break;
    }
  const std::size_t start = std::min(line.find_first_not_of(kBlank), line.size());
  const std::size_t end = line.find_last_not_of(kBlank) + 1;
  return line.substr(start, std::max(end, start) - start);
}

std::vector<PythonRequirement> requirements_of(std::span<const std::byte> bytes) {
  std::string_view left(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  std::vector<PythonRequirement> requirements;
  for (int line = 1; !left.empty(); ++line) {
    const std::size_t end = std::min(left.find('\n'), left.size());
    if (const std::string_view text = without_comment(left.substr(0, end)); !text.empty())
      requirements.push_back({std::string(text), line});
    left.remove_prefix(std::min(end + 1, left.size()));
  }
  return requirements;
}

}  // namespace

std::optional<PythonApplication> read_python_application(const Jar& archive, std::vector<UnreadEntry>& unread) {
  const std::vector<JarEntry>& entries = archive.entries();
  if (entries.empty())
    return std::nullopt;
  PythonApplication python;
  std::string folder;
  python.entry_scripts = scripts_in(folder, entries);
  if (python.entry_scripts.empty()) {
    folder = common_folder(entries);
    python.entry_scripts = scripts_in(folder, entries);
  }
  if (python.entry_scripts.empty())
    return std::nullopt;
  if (const JarEntry* entry = archive.find(folder + "requirements.txt")) {
    python.requirements_entry = entry->name;
    read_or_note(unread, python.requirements_entry,
                 [&] { python.requirements = requirements_of(archive.read(*entry)); });
  }
  return python;
}

}  // namespace preflight
