#include "deployment/flink_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include "deployment/flink_settings.h"
#include "deployment/secrets.h"
#include "deployment/shell_words.h"

namespace preflight {
namespace {

constexpr std::size_t kMostWords = 100'000;

/// What an option sets; `other` is one whose value matters to nobody here.
enum class Sets { other, entry_class, parallelism, savepoint, claim_mode, target, python, jar, property, arguments };

/// An option of `flink run` by both of its names.
struct ValueOption {
  std::string_view short_name;
  std::string_view long_name;
  Sets sets = Sets::other;
};

// CliFrontendParser, ProgramOptions, GenericCLI and FlinkYarnSessionCli of Flink 1.11 to 2.2.
constexpr std::array<ValueOption, 31> kValueOptions{{{"c", "class", Sets::entry_class},
                                                     {"C", "classpath"},
                                                     {"p", "parallelism", Sets::parallelism},
                                                     {"s", "fromSavepoint", Sets::savepoint},
                                                     {"rm", "restoreMode", Sets::claim_mode},
                                                     {"cm", "claimMode", Sets::claim_mode},
                                                     {"t", "target", Sets::target},
                                                     {"e", "executor", Sets::target},
                                                     {"m", "jobmanager"},
                                                     {"a", "arguments", Sets::arguments},
                                                     {"j", "jarfile", Sets::jar},
                                                     {"py", "python", Sets::python},
                                                     {"pym", "pyModule", Sets::python},
                                                     {"pyfs", "pyFiles"},
                                                     {"pyreq", "pyRequirements"},
                                                     {"pyarch", "pyArchives"},
                                                     {"pyexec", "pyExecutable"},
                                                     {"pyclientexec", "pyClientExecutable"},
                                                     {"pypath", "pyPythonPath"},
                                                     {"z", "zookeeperNamespace"},
                                                     {"yz", "yarnzookeeperNamespace"},
                                                     {"yD", "yD", Sets::property},
                                                     {"yid", "yarnapplicationId"},
                                                     {"yj", "yarnjar"},
                                                     {"yjm", "yarnjobManagerMemory"},
                                                     {"ytm", "yarntaskManagerMemory"},
                                                     {"ynm", "yarnname"},
                                                     {"yqu", "yarnqueue"},
                                                     {"ys", "yarnslots"},
                                                     {"yt", "yarnship"},
                                                     {"ynl", "yarnnodeLabel"}}};
constexpr std::array<std::string_view, 13> kFlags{"d", "detached", "sae", "shutdownOnAttachedExit", "h",  "help",
                                                  "v", "verbose",  "yd",  "yarndetached",           "yh", "yarnhelp",
                                                  "q"};

const ValueOption* value_option(std::string_view name) {
  const auto* found = std::ranges::find_if(
      kValueOptions, [&](const ValueOption& option) { return name == option.short_name || name == option.long_name; });
  return found == kValueOptions.end() ? nullptr : found;
}

/// An option of the command line: its name without dashes, and the value that is written with it.
struct Written {
  std::string name;
  std::optional<std::string> value;
};

Written written_option(const std::string& text) {
  const std::string bare = text.substr(text.starts_with("--") ? 2 : 1);
  // -Dkey=value and -yDkey=value, in one word.
  for (const std::string_view prefix : {"yD", "D"})
    if (!text.starts_with("--") && bare.starts_with(prefix) && bare.size() > prefix.size())
      return {std::string(prefix), bare.substr(prefix.size())};
  const std::size_t equals = bare.find('=');
  if (equals == std::string::npos)
    return {bare, std::nullopt};
  return {bare.substr(0, equals), bare.substr(equals + 1)};
}

/// Reads the words behind `flink run`.
class RunReader {
 public:
  RunReader(std::span<const ShellWord> words, const SettingReader& reader) : words_(words), reader_(reader) {}

  void read() {
    while (at_ < words_.size() && words_[at_].text.size() > 1 && words_[at_].text.starts_with('-'))
      read_option();
    Deployment& deployment = reader_.deployment();
    if (at_ < words_.size() && !is_redirection(words_[at_].text) && !has_code_) {
      const ShellWord& jar = words_[at_++];
      if (told(jar, jar.text, "the JAR"))
        deployment.code = {without_secrets(jar.text), {jar.line, ""}};
    }
    for (; at_ < words_.size() && !is_redirection(words_[at_].text); ++at_)
      arguments_.push_back(words_[at_].text);
    deployment.arguments = without_secrets(arguments_);
  }

 private:
  static bool is_redirection(const std::string& word) {
    return word.starts_with('>') || word.starts_with('<') || word.starts_with("2>");
  }

  void read_option() {
    const ShellWord& word = words_[at_++];
    const Written written = written_option(word.text);
    if (written.name == "n" || written.name == "allowNonRestoredState") {
      reader_.deployment().allow_non_restored_state = {true, place(word, written.name)};
      return;
    }
    if (std::ranges::find(kFlags, written.name) != kFlags.end())
      return;
    const ValueOption* option = value_option(written.name);
    if (option == nullptr && written.name != "D") {
      reader_.unknown({word.line, ""},
                      fmt::format("{} is no option of flink run that is known here: whether a value follows it is not "
                                  "known either",
                                  word.text));
      return;
    }
    const Sets sets = option == nullptr ? Sets::property : option->sets;
    if (written.value) {
      take(sets, word, *written.value, written.name);
    } else if (at_ < words_.size()) {
      const ShellWord& value = words_[at_++];
      take(sets, value, value.text, written.name);
    } else {
      reader_.fail({node(word, word.text), "/" + word.text}, "a value behind the option");
    }
  }

  static DeploymentPlace place(const ShellWord& word, const std::string& name) {
    return {word.line, (name.size() > 3 ? "--" : "-") + name};
  }
  static DocumentNode node(const ShellWord& word, const std::string& text) {
    return {.kind = DocumentNode::Kind::scalar, .text = text, .line = word.line};
  }

  /// Whether the word is told; one with a variable in it becomes an unknown.
  bool told(const ShellWord& word, const std::string& text, const std::string& what) {
    if (!word.known)
      reader_.unknown({word.line, what}, fmt::format("{} is {}: only the shell knows its value", what, text));
    return word.known;
  }
  void take_text(const ShellWord& word, const std::string& text, const std::string& what,
                 std::optional<Setting<std::string>>& setting) {
    if (told(word, text, what))
      setting = {without_secrets(text), {word.line, what}};
  }

  void take(Sets sets, const ShellWord& word, const std::string& text, const std::string& name) {
    Deployment& deployment = reader_.deployment();
    const DeploymentPlace at = place(word, name);
    switch (sets) {
      case Sets::other:
        return;
      case Sets::entry_class:
        return take_text(word, text, at.pointer, deployment.entry_class);
      case Sets::parallelism: {
        const DocumentNode value = node(word, text);
        if (told(word, text, at.pointer))
          reader_.number(DeploymentValue(value, at.pointer, at.pointer), deployment.parallelism);
        return;
      }
      case Sets::savepoint:
        deployment.restore = {RestoreSource::named_snapshot, at};
        return take_text(word, text, at.pointer, deployment.snapshot_name);
      case Sets::claim_mode:
        return take_text(word, text, at.pointer, deployment.claim_mode);
      case Sets::target:
        return take_text(word, text, at.pointer, deployment.target);
      case Sets::python:
      case Sets::jar:
        has_code_ = true;
        return take_text(word, text, at.pointer, deployment.code);
      case Sets::arguments:
        arguments_.push_back(text);
        return;
      case Sets::property:
        return take_property(word, text);
    }
  }

  void take_property(const ShellWord& word, const std::string& text) {
    const std::size_t equals = std::min(text.find('='), text.size());
    const std::string key = text.substr(0, equals);
    // As commons-cli has it, a property without a value is "true".
    const std::string value = equals == text.size() ? "true" : text.substr(equals + 1);
    const DocumentNode at = node(word, value);
    if (is_sensitive(key) || told(word, value, "-D" + key))
      reader_.add_configuration({at, "-D" + key, key}, key);
  }

  std::span<const ShellWord> words_;
  const SettingReader& reader_;
  std::size_t at_ = 0;
  bool has_code_ = false;
  std::vector<std::string> arguments_;
};

/// Where the words behind `flink run` begin; 0 where the command has none.
std::size_t behind_flink_run(const ShellCommand& command) {
  for (std::size_t i = 0; i + 1 < command.size(); ++i) {
    const std::string& program = command[i].text;
    const std::string& action = command[i + 1].text;
    if (program.substr(program.rfind('/') + 1) == "flink" && (action == "run" || action == "run-application"))
      return i + 2;
  }
  return 0;
}

}  // namespace

std::vector<Deployment> read_flink_runs(std::string_view script, const std::string& file) {
  std::vector<Deployment> deployments;
  for (const ShellCommand& command : split_shell_commands(script, kMostWords)) {
    const std::size_t first = behind_flink_run(command);
    if (first == 0)
      continue;
    Deployment& deployment = deployments.emplace_back();
    deployment.path = file;
    deployment.kind = DeploymentKind::flink_run;
    deployment.place = {command[first - 2].line, ""};
    const SettingReader reader(file, deployment);
    RunReader(std::span(command).subspan(first), reader).read();
    if (command[first - 1].text == "run-application")
      deployment.target = {"run-application", {command[first - 1].line, ""}};
    settle_configured_settings(reader);
  }
  return deployments;
}

}  // namespace preflight
