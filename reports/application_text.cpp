#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "application_listing.h"
#include "report_wording.h"
#include "savepoint_wording.h"
#include "text_page.h"

namespace preflight {
namespace {

/// How many classes are shown of one kind; JSON has all.
constexpr std::size_t kShown = 5;

void write_fact(TextPage& page, const std::string& label, const std::string& fact) {
  page.paragraph({{fmt::format("  {:<15}", label), Ink::faint}}, {{fact}});
}

void write_heading(TextPage& page, const std::string& heading) {
  page.blank_line();
  page.paragraph({}, {{heading, Ink::strong}});
}

template <typename Item>
std::span<const Item> first_few(const std::vector<Item>& items) {
  return std::span(items).first(std::min(items.size(), kShown));
}

void write_rest(TextPage& page, std::size_t all) {
  if (all > kShown)
    page.paragraph({{"  "}}, {{fmt::format("and {} more", all - kShown), Ink::faint}});
}

std::string counts_of(const ClassCounts& counts) {
  return fmt::format("{} own, {} of Flink, {} of libraries", counts.application, counts.flink, counts.library);
}

std::string entry_class_text(const ApplicationJar& application) {
  const auto name = application.manifest.entry_class();
  if (!name)
    return "none is named";
  const ApplicationClass* entry_class = application.find_class(*name);
  return *name + (entry_class == nullptr ? " (not in the JAR)" : entry_class->has_main ? "" : " (without main)");
}

void write_manifest(TextPage& page, const Manifest& manifest) {
  for (const auto& [label, attribute] : {std::pair{"built with", "Build-Jdk-Spec"},
                                         {"built with", "Build-Jdk"},
                                         {"created by", "Created-By"},
                                         {"class path", "Class-Path"},
                                         {"agent", "Launcher-Agent-Class"}})
    if (const auto value = manifest.attribute(attribute))
      write_fact(page, label, fmt::format("{} ({})", *value, attribute));
  if (manifest.multi_release())
    write_fact(page, "multi-release", "yes");
}

void write_summary(TextPage& page, const ApplicationJar& application, const ApplicationSummary& summary) {
  page.paragraph({{"Application ", Ink::strong}}, {{application.path.string(), Ink::strong, true}});
  write_fact(page, "size", size_text(application.file_bytes));
  write_fact(page, "entry class", entry_class_text(application));
  for (const Coordinates& own : summary.packing.own)
    write_fact(page, "artifact", own.text());
  write_fact(page, "classes", fmt::format("{}: {}", summary.classes.all(), counts_of(summary.classes)));
  for (const auto& [release, counts] : summary.java_levels)
    write_fact(page, fmt::format("  Java {}", release), fmt::format("{}: {}", counts.all(), counts_of(counts)));
  write_manifest(page, application.manifest);
  if (!summary.modules.empty())
    write_fact(page, "modules", fmt::format("{}", fmt::join(summary.modules, ", ")));
  if (application.python)
    write_fact(page, "PyFlink", fmt::format("scripts {}", fmt::join(application.python->entry_scripts, ", ")));
  if (!application.nested_jars.empty())
    write_fact(page, "nested JARs", fmt::format("{}", fmt::join(application.nested_jars, ", ")));
  if (!application.signature_files.empty())
    write_fact(page, "signatures", fmt::format("{}", fmt::join(application.signature_files, ", ")));
}

std::string version_text(const std::string& version) {
  return version.empty() ? "version unknown" : version;
}

void write_connectors(TextPage& page, const ApplicationSummary& summary) {
  if (summary.connectors.empty())
    return;
  write_heading(page, fmt::format("Connectors ({})", summary.connectors.size()));
  for (const PackedConnector& connector : summary.connectors) {
    std::vector<std::string> flink;
    for (const FlinkVersion& version : connector.flink)
      flink.push_back(version.minor_text());
    page.paragraph(
        {{"  "}}, {{"    "}},
        {{connector.key, Ink::plain, true},
         {" " + version_text(connector.version), connector.version.empty() ? Ink::yellow : Ink::plain},
         {flink.empty() ? " · Flink release unknown" : fmt::format(" · for Flink {}", fmt::join(flink, ", ")),
          Ink::faint}});
  }
}

void write_libraries(TextPage& page, const ApplicationSummary& summary) {
  if (summary.packing.libraries.empty())
    return;
  write_heading(page, fmt::format("Libraries ({})", summary.packing.libraries.size()));
  for (const PackedLibrary& library : summary.packing.libraries) {
    std::vector<Span> spans{{library.key(), Ink::plain, true},
                            {" " + version_text(library.version), library.version.empty() ? Ink::yellow : Ink::plain}};
    if (!library.relocated_under.empty())
      spans.push_back({" · relocated to " + library.relocated_under, Ink::cyan});
    if (library.classes > 0)
      spans.push_back(
          {fmt::format(" · {} {}", library.classes, library.classes == 1 ? "class" : "classes"), Ink::faint});
    if (!library.note.empty())
      spans.push_back({" · " + library.note, Ink::yellow});
    page.paragraph({{"  "}}, {{"    "}}, spans);
  }
}

void write_flink_use(TextPage& page, const ApplicationSummary& summary) {
  if (summary.flink_use.empty())
    return;
  write_heading(page, fmt::format("Use of Flink's API ({})", plural(summary.flink_use.size(), "package")));
  for (const auto& [package, use] : summary.flink_use)
    page.paragraph({{"  "}}, {{"    "}},
                   {{package, Ink::plain, true},
                    {fmt::format(" · {} {}", use.classes, use.classes == 1 ? "class" : "classes"), Ink::faint},
                    {use.members == 0 ? "" : fmt::format(", {}", plural(use.members, "member")), Ink::faint}});
}

void write_uids(TextPage& page, const ApplicationSummary& summary) {
  if (summary.uid_calls.empty())
    return;
  const auto known = std::ranges::count_if(summary.uid_calls, [](const UidCall& call) { return call.uid.has_value(); });
  write_heading(page, fmt::format("Calls of uid ({}, {} with a constant)", summary.uid_calls.size(), known));
  for (const UidCall& call : summary.uid_calls)
    page.paragraph({{"  "}}, {{"    "}},
                   {{call.uid ? *call.uid : "computed", call.uid ? Ink::strong : Ink::yellow, call.uid.has_value()},
                    {fmt::format(" in {}.{}", call.class_name, call.method), Ink::faint}});
}

void write_requirements(TextPage& page, const ApplicationJar& application) {
  if (!application.python || application.python->requirements.empty())
    return;
  const PythonApplication& python = *application.python;
  write_heading(page, fmt::format("Python requirements ({})", python.requirements.size()));
  for (const PythonRequirement& requirement : python.requirements)
    page.paragraph({{"  "}}, {{"    "}},
                   {{requirement.text, Ink::plain, true},
                    {fmt::format(" · {}:{}", python.requirements_entry, requirement.line), Ink::faint}});
}

void write_shadowed(TextPage& page, const std::vector<ShadowedClass>& shadowed) {
  if (shadowed.empty())
    return;
  const auto copies = std::ranges::count_if(shadowed, &ShadowedClass::copies);
  write_heading(page, fmt::format("Classes that stand more than once ({}, {} of them the same each time)",
                                  shadowed.size(), copies));
  for (const ShadowedClass& one : first_few(shadowed))
    page.paragraph({{"  "}}, {{"    "}},
                   {{one.name, one.copies ? Ink::plain : Ink::yellow, true},
                    {one.copies ? " · the same each time" : " · not the same", Ink::faint},
                    {fmt::format(" · {} hides {}", one.loaded, fmt::join(one.shadowed, ", ")), Ink::faint}});
  write_rest(page, shadowed.size());
}

void write_previews(TextPage& page, const std::vector<PreviewClass>& previews) {
  if (previews.empty())
    return;
  write_heading(page, fmt::format("Class files with preview features ({})", previews.size()));
  for (const PreviewClass& preview : first_few(previews))
    page.paragraph({{"  "}}, {{"    "}},
                   {{preview.entry, Ink::yellow, true},
                    {fmt::format(" · runs on Java {} alone, with --enable-preview", preview.java), Ink::faint}});
  write_rest(page, previews.size());
}

void write_trouble(TextPage& page, const ApplicationJar& application) {
  if (!application.unsafe_names.empty()) {
    write_heading(page, fmt::format("Entries that would leave the folder they are unpacked to ({})",
                                    application.unsafe_names.size()));
    for (const std::string& name : application.unsafe_names)
      page.paragraph({{"  "}}, {{name, Ink::yellow, true}});
  }
  if (!application.duplicate_entries.empty()) {
    write_heading(page, fmt::format("Entries that stand more than once ({})", application.duplicate_entries.size()));
    for (const std::string& name : application.duplicate_entries)
      page.paragraph({{"  "}}, {{name}});
  }
  if (application.unread.empty())
    return;
  write_heading(page, fmt::format("Not read ({})", application.unread.size()));
  for (const UnreadEntry& unread : application.unread)
    page.paragraph({{"  "}}, {{"    "}}, {{unread.entry, Ink::yellow, true}, {": " + unread.reason}});
}

}  // namespace

void write_application_text(const ApplicationJar& application, const ApplicationSummary& summary,
                            const TextStyle& style, std::ostream& out) {
  TextPage page(style, out);
  write_summary(page, application, summary);
  if (style.quiet)
    return;
  write_connectors(page, summary);
  write_libraries(page, summary);
  write_flink_use(page, summary);
  write_uids(page, summary);
  write_requirements(page, application);
  write_previews(page, summary.previews);
  write_shadowed(page, summary.shadowed);
  write_trouble(page, application);
}

}  // namespace preflight
