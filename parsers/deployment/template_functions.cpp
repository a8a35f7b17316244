#include "deployment/template_functions.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>

#include "deployment/secrets.h"
#include "deployment/setting_reader.h"

namespace preflight {
namespace {

/// A function of a template: "Ref", "Sub", "GetAtt", and what it is given.
struct Call {
  std::string function;
  const DocumentNode* argument;
};

bool is_own_tag(const std::string& tag) {
  return tag.size() > 1 && tag[0] == '!' && tag[1] != '!';
}

std::optional<Call> call_of(const DocumentNode& node) {
  if (is_own_tag(node.tag))
    return Call{node.tag.substr(1), &node};
  if (!node.is_mapping() || node.entries.size() != 1)
    return std::nullopt;
  const DocumentEntry& entry = node.entries.front();
  if (entry.key == "Ref" || entry.key == "Condition")
    return Call{entry.key, &entry.value};
  if (entry.key.starts_with("Fn::"))
    return Call{entry.key.substr(4), &entry.value};
  return std::nullopt;
}

/// A text that was worked out, and the parameters whose defaults are in it.
struct Text {
  std::string text;
  std::vector<std::string> defaults;
};

class Functions {
 public:
  explicit Functions(const DocumentNode* parameters) : parameters_(parameters) {}

  DocumentNode work_out(const DocumentNode& node) const {
    if (const auto call = call_of(node))
      return value_of(node, *call);
    DocumentNode result = node;
    for (DocumentNode& item : result.items)
      item = work_out(item);
    for (DocumentEntry& entry : result.entries)
      entry.value = work_out(entry.value);
    return result;
  }

 private:
  DocumentNode value_of(const DocumentNode& node, const Call& call) const {
    if (call.function == "Ref" && call.argument->is_scalar() && is_secret(call.argument->text))
      return {.kind = DocumentNode::Kind::scalar, .text = kHiddenSecret, .tag = kSecretTag, .line = node.line};
    const auto text = text_of_call(call);
    if (!text)
      return unresolved_node(shown(call), node.line);
    DocumentNode scalar{.kind = DocumentNode::Kind::scalar, .text = text->text, .line = node.line};
    if (text->defaults.empty())
      return scalar;
    const DocumentNode note{
        .kind = DocumentNode::Kind::scalar,
        .text = fmt::format("the default of the parameter {}: a stack may be given another", text->defaults.front()),
        .line = node.line};
    return {.kind = DocumentNode::Kind::mapping,
            .tag = kAssumedTag,
            .line = node.line,
            .entries = {{"value", node.line, std::move(scalar)}, {"note", node.line, note}}};
  }

  std::optional<Text> text_of_call(const Call& call) const {
    if (call.function == "Ref" && call.argument->is_scalar())
      return default_of(call.argument->text);
    if (call.function == "Sub" && call.argument->is_scalar())
      return substituted(call.argument->text);
    if (call.function == "Join")
      return joined(*call.argument);
    return std::nullopt;
  }

  std::optional<Text> text_of(const DocumentNode& node) const {
    if (const auto call = call_of(node))
      return text_of_call(*call);
    return node.is_scalar() ? std::optional(Text{node.text, {}}) : std::nullopt;
  }

  const DocumentNode* parameter(const std::string& name, std::string_view key) const {
    return parameters_ == nullptr ? nullptr : find(*parameters_, {name, key});
  }
  /// A parameter that the console does not show either.
  bool is_secret(const std::string& name) const {
    const DocumentNode* hidden = parameter(name, "NoEcho");
    return hidden != nullptr && hidden->is_scalar() && (hidden->text == "true" || hidden->text == "True");
  }
  std::optional<Text> default_of(const std::string& name) const {
    const DocumentNode* value = parameter(name, "Default");
    if (value == nullptr || !value->is_scalar() || !value->tag.empty() || is_secret(name))
      return std::nullopt;
    const DocumentNode* type = parameter(name, "Type");  // A key of the parameter store is not its value.
    if (type != nullptr && type->text.starts_with("AWS::SSM::"))
      return std::nullopt;
    return Text{value->text, {name}};
  }

  /// The text of Sub: ${Name} is a parameter, ${!Name} the text ${Name}.
  std::optional<Text> substituted(const std::string& text) const {
    Text result;
    std::size_t copied = 0;
    for (std::size_t at = text.find("${"); at != std::string::npos; at = text.find("${", copied)) {
      const std::size_t end = text.find('}', at);
      if (end == std::string::npos)
        break;
      result.text.append(text, copied, at - copied);
      copied = end + 1;
      const std::string name = text.substr(at + 2, end - at - 2);
      if (name.starts_with('!')) {
        result.text += "${" + name.substr(1) + "}";
        continue;
      }
      const auto value = default_of(name);
      if (!value || result.text.size() + value->text.size() > kLongestText)
        return std::nullopt;
      result.text += value->text;
      result.defaults.push_back(name);
    }
    result.text.append(text, copied);
    return result;
  }

  /// Join: a text, and the list whose texts it stands between.
  std::optional<Text> joined(const DocumentNode& argument) const {
    if (!argument.is_sequence() || argument.items.size() != 2 || !argument.items[0].is_scalar() ||
        !argument.items[1].is_sequence() || call_of(argument.items[1]))
      return std::nullopt;
    Text result;
    bool first = true;
    for (const DocumentNode& item : argument.items[1].items) {
      const auto part = text_of(item);
      if (!part || result.text.size() + part->text.size() + argument.items[0].text.size() > kLongestText)
        return std::nullopt;
      result.text += (first ? "" : argument.items[0].text) + part->text;
      result.defaults.insert(result.defaults.end(), part->defaults.begin(), part->defaults.end());
      first = false;
    }
    return result;
  }

  /// The call as a YAML template would write it, without what is long.
  static std::string shown(const Call& call) {
    constexpr std::size_t kLongestShown = 60;
    if (!call.argument->is_scalar())
      return fmt::format("!{} of a list or an object", call.function);
    const std::string text = without_secrets(call.argument->text);
    return fmt::format("!{} {}", call.function,
                       text.size() > kLongestShown ? text.substr(0, kLongestShown) + "…" : text);
  }

  /// Defaults are long at will, and may be asked for again and again.
  static constexpr std::size_t kLongestText = 4096;

  const DocumentNode* parameters_;
};

}  // namespace

DocumentNode without_functions(const DocumentNode& properties, const DocumentNode* parameters) {
  return Functions(parameters).work_out(properties);
}

}  // namespace preflight
