#include <fmt/format.h>

#include <map>
#include <set>

#include "build/build_formats.h"
#include "build/build_words.h"
#include "build/gradle_words.h"

namespace preflight {
namespace {

using Kind = GradleWord::Kind;

/// The configurations that Gradle, and the plugins that Flink jobs are built with, know.
bool is_configuration(const std::string& name) {
  static const std::set<std::string> known = {"api",         "implementation",   "compileOnly",     "compileOnlyApi",
                                              "runtimeOnly", "compile",          "runtime",         "provided",
                                              "shadow",      "flinkShadowJar",   "bundle",          "kapt",
                                              "platform",    "enforcedPlatform", "compileClasspath"};
  return known.contains(name) || name.ends_with("Implementation") || name.ends_with("CompileOnly") ||
         name.ends_with("RuntimeOnly") || name == "annotationProcessor" || name == "testCompile";
}

class Script {
 public:
  Script(std::string_view text, DeclaredBuild& build) : words_(gradle_words(text)), build_(build) { find_literals(); }

  void read() {
    for (std::size_t at = 0; at + 1 < words_.size(); ++at)
      if (words_[at].kind == Kind::name && is_configuration(words_[at].text) && !is_sign(at + 1, '{'))
        read_declaration(at);
  }

 private:
  bool is_sign(std::size_t at, char sign) const {
    return at < words_.size() && words_[at].kind == Kind::sign && words_[at].text[0] == sign;
  }
  bool is_name(std::size_t at, std::string_view name) const {
    return at < words_.size() && words_[at].kind == Kind::name && words_[at].text == name;
  }

  /// NAME = "literal", and extra["NAME"] = "literal". One that is set twice, or to another thing too, is none.
  void find_literals() {
    std::set<std::string> unclear;
    for (std::size_t at = 1; at + 1 < words_.size(); ++at) {
      if (!is_sign(at, '=') || is_sign(at + 1, '=') || is_sign(at - 1, '='))
        continue;
      const bool in_brackets = is_sign(at - 1, ']') && at >= 2 && words_[at - 2].kind == Kind::text;
      const GradleWord& name = words_[in_brackets ? at - 2 : at - 1];
      if (name.kind == Kind::sign)
        continue;
      const GradleWord& value = words_[at + 1];
      const bool literal = value.kind == Kind::text && value.text.find('$') == std::string::npos;
      if (!literal || !literals_.emplace(name.text, value.text).second)
        unclear.insert(name.text);
    }
    for (const std::string& name : unclear)
      literals_.erase(name);
  }

  /// A text with $name and ${name} replaced; nullopt where one of them is no literal of this script.
  std::optional<std::string> resolved(const GradleWord& word) const {
    if (!word.interpolated)
      return word.text;
    std::string result;
    for (std::size_t at = 0; at < word.text.size();) {
      if (word.text[at] != '$') {
        result += word.text[at++];
        continue;
      }
      const bool braces = at + 1 < word.text.size() && word.text[at + 1] == '{';
      const std::size_t start = at + (braces ? 2 : 1);
      const std::size_t end =
          braces ? word.text.find('}', start) : std::min(word.text.find_first_of(":-.$@", start), word.text.size());
      if (end == std::string::npos)
        return std::nullopt;
      const auto literal = literals_.find(word.text.substr(start, end - start));
      if (literal == literals_.end())
        return std::nullopt;
      result += literal->second;
      at = end + (braces ? 1 : 0);
    }
    return result;
  }

  /// implementation("g:a:v"), implementation 'g:a:v', implementation platform("g:a:v"), and with group, name and
  /// version.
  void read_declaration(std::size_t at) {
    const GradleWord& configuration = words_[at++];
    if (is_sign(at, '('))
      ++at;
    if (is_name(at, "platform") || is_name(at, "enforcedPlatform"))
      return;  // It is looked at as a declaration of its own.
    if (at >= words_.size() || is_name(at, "project") || is_name(at, "files") || is_name(at, "fileTree"))
      return;
    if (is_name(at, "group") && (is_sign(at + 1, ':') || is_sign(at + 1, '=')))
      return read_named_parts(configuration, at);
    if (words_[at].kind == Kind::text)
      return read_notation(configuration, at);
    if (is_name(at, "libs"))
      return note(words_[at], "a library is taken from a version catalog: give that file too");
    if (words_[at].kind == Kind::name && words_[at].line == configuration.line)
      note(words_[at],
           fmt::format("what \"{}\" stands for cannot be read without running the script", words_[at].text));
  }

  void note(const GradleWord& word, const std::string& what) { build_.unknowns.push_back(unknown_at(word.line, what)); }

  void read_notation(const GradleWord& configuration, std::size_t at) {
    // Kotlin's form: implementation("g", "a", "v"), or a name for the version.
    if (is_sign(at + 1, ',') && at + 2 < words_.size() && words_[at + 2].kind == Kind::text &&
        words_[at].text.find(':') == std::string::npos) {
      const GradleWord* version = is_sign(at + 3, ',') && at + 4 < words_.size() && words_[at + 4].kind != Kind::sign
                                      ? &words_[at + 4]
                                      : nullptr;
      return add(configuration, {&words_[at], &words_[at + 2], version});
    }
    const std::string& text = words_[at].text;
    const std::size_t first = text.find(':');
    const std::size_t second = first == std::string::npos ? first : text.find(':', first + 1);
    if (first == std::string::npos)
      return note(words_[at], fmt::format("\"{}\" is no group:artifact:version", text));
    const auto part = [&](std::size_t from, std::size_t to) {
      GradleWord word = words_[at];
      word.text = text.substr(from, to == std::string::npos ? to : to - from);
      return word;
    };
    const GradleWord group = part(0, first);
    const GradleWord artifact = part(first + 1, second);
    const GradleWord version =
        second == std::string::npos ? GradleWord() : part(second + 1, text.find(':', second + 1));
    add(configuration, {&group, &artifact, second == std::string::npos ? nullptr : &version});
  }

  void read_named_parts(const GradleWord& configuration, std::size_t at) {
    std::map<std::string, const GradleWord*> parts;
    while (at + 2 < words_.size() && words_[at].kind == Kind::name && (is_sign(at + 1, ':') || is_sign(at + 1, '='))) {
      parts[words_[at].text] = &words_[at + 2];
      at += is_sign(at + 3, ',') ? 4U : words_.size();
    }
    const auto word = [&](const char* name) { return parts.contains(name) ? parts[name] : nullptr; };
    if (word("group") == nullptr || word("name") == nullptr)
      return note(configuration, "a library has no group or no name");
    add(configuration, {word("group"), word("name"), word("version")});
  }

  struct Parts {
    const GradleWord* group;
    const GradleWord* artifact;
    const GradleWord* version;  ///< Null where there is none.
  };

  /// A part as it is once the build runs; nullopt where that is not known.
  std::optional<std::string> value_of(const GradleWord& word) const {
    if (word.kind == Kind::text)
      return resolved(word);
    const auto literal = literals_.find(word.text);
    return literal == literals_.end() ? std::nullopt : std::optional(literal->second);
  }

  void add(const GradleWord& configuration, const Parts& parts) {
    const auto group = value_of(*parts.group);
    const auto artifact = value_of(*parts.artifact);
    auto dependency = group && artifact ? dependency_of(*group + ":" + *artifact) : std::nullopt;
    if (!dependency)
      return note(*parts.group, "the group or the artifact of a library is not written out");
    dependency->unknown.clear();
    const auto version = parts.version != nullptr ? value_of(*parts.version) : std::optional<std::string>("");
    if (version)
      set_version(*dependency, version->substr(0, version->find_first_of(":@")));
    else if (is_version_text(parts.version->text))
      dependency->version_text = parts.version->text;
    if (!version)
      dependency->unknown = "its version is not written out in this script";
    dependency->scope = configuration.text;
    dependency->line = configuration.line;
    add_dependency(build_, std::move(*dependency));
  }

  std::vector<GradleWord> words_;
  DeclaredBuild& build_;
  std::map<std::string, std::string> literals_;
};

}  // namespace

void read_gradle_script(std::string_view text, DeclaredBuild& build) {
  Script(text, build).read();
}

}  // namespace preflight
