#include "job_changes_listing.h"
#include "text_page.h"

namespace preflight {
namespace {

void write_unknowns(TextPage& page, const char* job, const std::vector<JobUnknown>& unknowns) {
  for (const JobUnknown& unknown : unknowns) {
    page.blank_line();
    page.paragraph({{"? ", Ink::yellow}}, {{job, Ink::faint}, {unknown.what, Ink::strong}});
    page.paragraph({{"    "}}, {{"not known: ", Ink::faint}, {unknown.reason}});
  }
}

}  // namespace

void write_job_changes_text(const JobChanges& changes, const ComparedPaths& paths, const TextStyle& style,
                            std::ostream& out) {
  write_savepoint_changes_text(changes.changes, paths, style, out);
  TextPage page(style, out);
  write_unknowns(page, "before: ", changes.unknown_before);
  write_unknowns(page, "after: ", changes.unknown_after);
}

}  // namespace preflight
