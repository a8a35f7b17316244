#include "rules_command.h"

#include <fmt/format.h>

#include <boost/program_options.hpp>
#include <optional>
#include <ostream>

#include "clock.h"
#include "command_line.h"
#include "option_parsing.h"
#include "rules_listing.h"
#include "suggestion.h"
#include "terminal.h"
#include "user_tables.h"

namespace preflight {
namespace {

namespace po = boost::program_options;

constexpr const char* kUsage =
    "flink-preflight rules list [OPTIONS]\n"
    "flink-preflight rules show ID [OPTIONS]\n"
    "flink-preflight rules table-version [OPTIONS]\n\n"
    "list: each rule with its gravest severity and the inputs that it needs.\n"
    "show: all of one rule: why, remedy, sources, an example that fires and one that\n"
    "does not. table-version: how old the table of facts is, and what it covers.\n\n"
    "Options";

struct Question {
  std::vector<std::string> words;
  std::string format;
  ColourWish colour = ColourWish::automatic;
  std::optional<std::filesystem::path> table;
  bool help = false;
};

po::options_description options_description() {
  po::options_description description(kUsage, 80);
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  description.add_options()                                                                          //
      ("format", text("NAME")->default_value("text"), "text, json or markdown")                      //
      ("table", text("PATH"), "table-version: file or directory whose tables replace the built-in")  //
      ("color", text("WHEN")->default_value("auto"), "auto, always or never")                        //
      ("help", "print this help");
  return description;
}

Question parse(const std::vector<std::string>& arguments) {
  po::options_description all = options_description();
  all.add_options()("word", po::value<std::vector<std::string>>());
  po::positional_options_description positionals;
  positionals.add("word", -1);
  constexpr const char* kCommand = "flink-preflight rules";
  const po::variables_map values = values_of(parse_arguments(arguments, all, positionals, kCommand), kCommand);
  Question question{.format = values["format"].as<std::string>(),
                    .colour = parse_colour_wish(values["color"].as<std::string>()),
                    .help = values.count("help") != 0};
  if (values.count("word") != 0)
    question.words = values["word"].as<std::vector<std::string>>();
  if (values.count("table") != 0)
    question.table = values["table"].as<std::string>();
  if (question.format != "text" && question.format != "json" && question.format != "markdown")
    throw not_one_of("format", {"text", "json", "markdown"}, question.format);
  return question;
}

/// Calls the writer of the wanted format.
void write(const Question& question, const auto& as_text, const auto& as_json, const auto& as_markdown) {
  if (question.format == "json")
    as_json();
  else if (question.format == "markdown")
    as_markdown();
  else
    as_text(style_of_standard_output(question.colour));
}

const Rule& rule_of(const std::string& id) {
  if (const Rule* rule = find_rule(id))
    return *rule;
  std::vector<std::string> ids;
  for (const Rule& rule : all_rules())
    ids.emplace_back(rule.id);
  throw UsageError(fmt::format("there is no rule \"{}\".{} See flink-preflight rules list", id, did_you_mean(id, ids)));
}

void list(const Question& question, std::ostream& out) {
  const auto rules = all_rules();
  write(
      question, [&](const TextStyle& style) { write_rules_text(rules, style, out); },
      [&] { write_rules_json(rules, out); }, [&] { write_rules_markdown(rules, out); });
}

void show(const Question& question, std::ostream& out) {
  const Rule& rule = rule_of(question.words[1]);
  write(
      question, [&](const TextStyle& style) { write_rule_text(rule, style, out); }, [&] { write_rule_json(rule, out); },
      [&] { write_rule_markdown(rule, out); });
}

void table_version(const Question& question, std::ostream& out) {
  TableSummary summary = summarise_table(read_table_documents(question.table), today());
  const ApiIndex index = read_api_index(question.table);
  for (const ApiRelease& release : index.releases())
    if (release.line == "flink")
      summary.api_releases.push_back(release.version);
  write(
      question, [&](const TextStyle& style) { write_table_summary_text(summary, style, out); },
      [&] { write_table_summary_json(summary, out); }, [&] { write_table_summary_markdown(summary, out); });
}

}  // namespace

ExitCode run_rules_command(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& /*err*/) {
  const Question question = parse(arguments);
  if (question.help) {
    out << options_description();
    return ExitCode::clean;
  }
  const std::string name = question.words.empty() ? "" : question.words.front();
  const std::size_t wanted = name == "show" ? 2 : 1;
  if (name != "list" && name != "show" && name != "table-version")
    throw UsageError(fmt::format("rules: expected list, show or table-version.{} See flink-preflight rules --help",
                                 did_you_mean(name, {"list", "show", "table-version"})));
  if (question.words.size() != wanted)
    throw UsageError(name == "show"
                         ? "rules show: expected the ID of one rule; see flink-preflight rules list"
                         : fmt::format("rules {} takes options alone, found \"{}\"", name, question.words[1]));
  if (question.table && name != "table-version")
    throw UsageError(fmt::format("--table changes nothing of rules {}: rules are in the program", name));
  if (name == "list")
    list(question, out);
  else if (name == "show")
    show(question, out);
  else
    table_version(question, out);
  return ExitCode::clean;
}

}  // namespace preflight
