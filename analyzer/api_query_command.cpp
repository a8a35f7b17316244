#include "api_query_command.h"

#include <fmt/format.h>

#include <boost/program_options.hpp>
#include <optional>
#include <ostream>

#include "api_listing.h"
#include "command_line.h"
#include "option_parsing.h"
#include "terminal.h"
#include "user_tables.h"

namespace preflight {
namespace {

namespace po = boost::program_options;

auto text(const char* name) {
  return po::value<std::string>()->value_name(name);
}

/// The options that all questions share, behind those of their own.
void add_common_options(po::options_description& description) {
  description.add_options()                                                                      //
      ("table", text("FILE"), "an index, or a directory with some, laid over the built-in one")  //
      ("format", text("NAME")->default_value("text"), "text or json")                            //
      ("color", text("WHEN")->default_value("auto"), "auto, always or never")                    //
      ("help", "print this help");
}

/// A question's command line: its options and what stands without one.
struct Question {
  po::variables_map values;
  std::vector<std::string> words;

  bool asks_for_help() const { return values.count("help") != 0; }
  bool json() const { return values["format"].as<std::string>() == "json"; }
  TextStyle style() const { return style_of_standard_output(parse_colour_wish(values["color"].as<std::string>())); }
  ApiIndex index() const {
    return read_api_index(values.count("table") == 0
                              ? std::nullopt
                              : std::optional<std::filesystem::path>(values["table"].as<std::string>()));
  }
};

Question parse(const char* name, const po::options_description& description,
               const std::vector<std::string>& arguments) {
  po::options_description all = description;
  all.add_options()("word", po::value<std::vector<std::string>>());
  po::positional_options_description positionals;
  positionals.add("word", -1);
  const std::string command = fmt::format("flink-preflight api {}", name);
  Question question{.values = values_of(parse_arguments(arguments, all, positionals, command), command), .words = {}};
  if (question.values.count("word") != 0)
    question.words = question.values["word"].as<std::vector<std::string>>();
  const std::string format = question.values["format"].as<std::string>();
  if (format != "text" && format != "json")
    throw not_one_of("format", {"text", "json"}, format);
  return question;
}

std::uint16_t release_of(const ApiIndex& index, const std::string& line, const std::string& version) {
  if (!index.line(line))
    throw UsageError(fmt::format("the index has no line \"{}\"; see flink-preflight api releases", line));
  const std::optional<std::uint16_t> ordinal = find_release(index, line, version);
  if (!ordinal)
    throw UsageError(
        fmt::format("the index has no release \"{}\" of {}; see flink-preflight api releases", version, line));
  return *ordinal;
}

std::string listed(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names)
    list += (list.empty() ? "" : ", ") + name;
  return list;
}

/// Says what stands in the way of an answer.
void require_answer(const std::string& name, const ApiLookup& lookup) {
  if (!lookup.candidates.empty())
    throw UsageError(fmt::format("{} may be any of: {}", name, listed(lookup.candidates)));
  if (lookup.declared == nullptr)
    throw UsageError(fmt::format("no release that the index knows has {}{}", name,
                                 lookup.near.empty() ? "" : "; near it are: " + listed(lookup.near)));
}

}  // namespace

ExitCode run_api_diff_command(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& /*err*/) {
  po::options_description description(
      "flink-preflight api diff BEFORE AFTER [OPTIONS]\n\n"
      "Classes and members that two releases declare differently: added, removed, or\n"
      "with other modifiers, super types, promises and deprecations. A minor (1.20)\n"
      "stands for its newest patch release.\n\nOptions",
      80);
  description.add_options()                                                                   //
      ("line", text("NAME")->default_value("flink"), "whose releases: flink, java, ...")      //
      ("package", text("PREFIX")->default_value(""), "only this package and those below it")  //
      ("public-only", po::bool_switch(), "only public and protected classes and members");
  add_common_options(description);
  const Question question = parse("diff", description, arguments);
  if (question.asks_for_help()) {
    out << description;
    return ExitCode::clean;
  }
  if (question.words.size() != 2)
    throw UsageError("api diff: expected two versions; see flink-preflight api diff --help");
  const ApiIndex index = question.index();
  const std::string line = question.values["line"].as<std::string>();
  const ApiChanges changes =
      compare_api(index, release_of(index, line, question.words[0]), release_of(index, line, question.words[1]),
                  {question.values["package"].as<std::string>(), question.values["public-only"].as<bool>()});
  if (question.json())
    write_api_changes_json(changes, out);
  else
    write_api_changes_text(changes, question.style(), out);
  return ExitCode::clean;
}

ExitCode run_api_lookup_command(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& /*err*/) {
  po::options_description description(
      "flink-preflight api lookup CLASS[.member] [OPTIONS]\n\n"
      "Which releases have a class or member, in which artifact, and what Flink\n"
      "promises of it. CLASS may be a simple name where only one class has it.\n\nOptions",
      80);
  add_common_options(description);
  const Question question = parse("lookup", description, arguments);
  if (question.asks_for_help()) {
    out << description;
    return ExitCode::clean;
  }
  if (question.words.size() != 1)
    throw UsageError("api lookup: expected one class or member; see flink-preflight api lookup --help");
  const ApiIndex index = question.index();
  const ApiLookup lookup = look_up(index, question.words.front());
  require_answer(question.words.front(), lookup);
  if (question.json())
    write_api_lookup_json(lookup, out);
  else
    write_api_lookup_text(lookup, question.style(), out);
  return ExitCode::clean;
}

ExitCode run_api_releases_command(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& /*err*/) {
  po::options_description description(
      "flink-preflight api releases [OPTIONS]\n\nThe releases that the index knows.\n\nOptions", 80);
  add_common_options(description);
  const Question question = parse("releases", description, arguments);
  if (question.asks_for_help()) {
    out << description;
    return ExitCode::clean;
  }
  if (!question.words.empty())
    throw UsageError("api releases takes options alone; see flink-preflight api releases --help");
  const ApiIndex index = question.index();
  if (question.json())
    write_api_releases_json(index, out);
  else
    write_api_releases_text(index, question.style(), out);
  return ExitCode::clean;
}

}  // namespace preflight
