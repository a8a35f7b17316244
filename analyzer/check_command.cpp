#include "check_command.h"

#include <fmt/format.h>

#include <memory>
#include <ostream>
#include <sstream>

#include "check_options.h"
#include "output_file.h"
#include "pipeline.h"
#include "report_format.h"
#include "terminal.h"
#include "unicode_text.h"

namespace preflight {
namespace {

std::string render(const Report& report, const std::string& format, const TextStyle& style) {
  std::ostringstream text;
  find_report_format(format)->write(report, style, text);
  return std::move(text).str();
}

TextStyle style_for(const ReportRequest& request, const CheckOptions& options) {
  TextStyle style = style_of_standard_output(options.colour);
  if (request.output) {
    style.columns = TextStyle{}.columns;
    style.colour = options.colour == ColourWish::always;
  }
  style.quiet = options.quiet;
  style.verbose = options.verbose;
  style.show_waivers = options.show_waivers;
  return style;
}

/// What the patch does not do, on standard error: the patch itself has no place for it.
void say_what_is_left(const CheckResult& result, std::ostream& err) {
  const auto say = [&](const std::string& text) { err << "flink-preflight: patch: " << visible_text(text) << '\n'; };
  if (result.patch.diff.empty())
    say("it is empty, no pom needs a change that could be told");
  for (const Finding& finding : result.report->assessment.findings)
    if (!finding.no_edits_because.empty())
      say(fmt::format("not cured: {}: {}", finding.title, finding.no_edits_because));
  for (const std::string& pom : result.patch.left_out)
    say("left out: " + pom);
}

/// The facts of a check, until the next one. They are not destroyed at the end, when the process gives back everything
/// at once: to give back half a million names one by one takes a fortieth of the time for a large JAR.
Upgrade& new_upgrade() {
  static std::unique_ptr<Upgrade>& kept = *new std::unique_ptr<Upgrade>;
  kept = std::make_unique<Upgrade>();
  return *kept;
}

}  // namespace

ExitCode run_check_command(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err) {
  const CheckOptions options = parse_check_options(arguments);
  if (options.help) {
    out << check_help();
    return ExitCode::clean;
  }
  const CheckResult result = [&] {
    Progress progress;
    return run_check(options, new_upgrade(), nullptr, &progress);
  }();
  for (const std::string& error : result.input_errors)
    err << "flink-preflight: error: " << error << '\n';
  if (!result.report)
    return ExitCode::bad_input;
  // Files first: when one cannot be written, nothing has gone to standard output yet.
  for (const ReportRequest& request : options.reports)
    if (request.output)
      write_whole_file(*request.output, render(*result.report, request.format, style_for(request, options)));
  if (options.patch && *options.patch != "-")
    write_whole_file(*options.patch, result.patch.diff);
  if (options.patch == "-")
    out << result.patch.diff;
  if (options.patch)
    say_what_is_left(result, err);
  for (const ReportRequest& request : options.reports)
    if (!request.output)
      out << render(*result.report, request.format, style_for(request, options));
  return result.report->gate_failed ? ExitCode::gate_failed : ExitCode::clean;
}

}  // namespace preflight
