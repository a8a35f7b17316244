#include "deployment/setting_reader.h"

#include <fmt/format.h>

#include <charconv>

#include "deployment/secrets.h"
#include "input/input_error.h"

namespace preflight {
namespace {

/// A key as a JSON pointer writes it (RFC 6901).
std::string pointer_step(std::string_view key) {
  std::string step = "/";
  for (const char c : key)
    step += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  return step;
}

}  // namespace

DocumentNode unresolved_node(std::string why, int line) {
  return {.kind = DocumentNode::Kind::scalar,
          .text = without_secrets(why),
          .quoted = true,
          .tag = kUnresolvedTag,
          .line = line};
}

DeploymentValue DeploymentValue::child(const DocumentNode& node, std::string_view key) const {
  return {node, pointer_ + pointer_step(key), std::string(key)};
}

std::optional<DeploymentValue> DeploymentValue::at(std::string_view key) const {
  const DocumentNode* found = find(*node_, {key});
  if (found == nullptr || found->kind == DocumentNode::Kind::null_)
    return std::nullopt;
  return child(*found, key);
}

std::optional<DeploymentValue> DeploymentValue::at(std::initializer_list<std::string_view> keys) const {
  std::optional<DeploymentValue> value = *this;
  for (const std::string_view key : keys)
    if (value)
      value = value->at(key);
  return value;
}

std::vector<DeploymentValue> DeploymentValue::children() const {
  std::vector<DeploymentValue> values;
  for (const DocumentEntry& entry : node_->entries)
    values.push_back(child(entry.value, entry.key));
  for (std::size_t i = 0; i < node_->items.size(); ++i)
    values.push_back(child(node_->items[i], std::to_string(i)));
  return values;
}

std::optional<std::string> SettingReader::scalar(const DeploymentValue& value, const char* expected) const {
  if (value.node().tag == kUnresolvedTag) {
    unknown(value.place(), fmt::format("`{}` is not told: {}", value.name(), value.node().text));
    return std::nullopt;
  }
  if (value.node().tag == kAssumedTag) {
    unknown(value.place(), fmt::format("`{}` is taken to be {}", value.name(), find(value.node(), {"note"})->text));
    return scalar({*find(value.node(), {"value"}), value.pointer(), value.name()}, expected);
  }
  if (!value.node().is_scalar())
    fail(value, expected);
  return value.node().text;
}

std::optional<std::string> SettingReader::filled(const DeploymentValue& value, const char* expected) const {
  const auto told = scalar(value, expected);
  if (told && value.node().tag == kSecretTag) {
    unknown(value.place(), fmt::format("`{}` is marked as a secret", value.name()));
    return std::nullopt;
  }
  if (!told || (told->find("${") == std::string::npos && told->find("{{") == std::string::npos))
    return told;
  unknown(value.place(), fmt::format("`{}` is not told: another tool fills {} in", value.name(), *told));
  return std::nullopt;
}

void SettingReader::text(const std::optional<DeploymentValue>& value,
                         std::optional<Setting<std::string>>& setting) const {
  if (!value)
    return;
  if (const auto told = text(*value))
    setting = {*told, value->place()};
}

std::optional<std::string> SettingReader::text(const DeploymentValue& value) const {
  const auto told = filled(value, "a text");
  return told ? std::optional(without_secrets(*told)) : std::nullopt;
}

void SettingReader::number(const std::optional<DeploymentValue>& value, std::optional<Setting<int>>& setting) const {
  if (!value)
    return;
  const auto told = filled(*value, "a whole number");
  if (!told)
    return;
  int number = 0;
  const auto [end, error] = std::from_chars(told->data(), told->data() + told->size(), number);
  if (error != std::errc{} || end != told->data() + told->size())
    fail(*value, "a whole number");
  setting = {number, value->place()};
}

void SettingReader::boolean(const std::optional<DeploymentValue>& value, std::optional<Setting<bool>>& setting) const {
  if (!value)
    return;
  const auto told = filled(*value, "true or false");
  if (!told)
    return;
  const bool yes = *told == "true" || *told == "True" || *told == "TRUE";
  if (!yes && *told != "false" && *told != "False" && *told != "FALSE")
    fail(*value, "true or false");
  setting = {yes, value->place()};
}

void SettingReader::add_configuration(const DeploymentValue& value, const std::string& key) const {
  if (is_sensitive(key))
    deployment_.configuration.push_back({key, kHiddenSecret, value.place()});
  else if (value.node().kind == DocumentNode::Kind::null_)
    deployment_.configuration.push_back({key, "", value.place()});
  else if (const auto told = scalar(value, "a text"))
    deployment_.configuration.push_back({key, without_secrets(*told), value.place()});
}

void SettingReader::add_property(const DeploymentValue& value, const std::string& group) const {
  const std::string& key = value.name();
  if (is_sensitive(key) || value.node().tag == kSecretTag)
    deployment_.properties.push_back({group, key, kHiddenSecret, value.place()});
  else if (const auto told = scalar(value, "a text"))
    deployment_.properties.push_back({group, key, without_secrets(*told), value.place()});
}

void SettingReader::unknown(const DeploymentPlace& place, const std::string& text) const {
  constexpr std::size_t kMostUnknowns = 1000;
  constexpr std::size_t kLongest = 400;
  std::string kept = without_secrets(text);
  if (kept.size() > kLongest)
    kept = kept.substr(0, kLongest) + "…";
  if (deployment_.unknowns.size() < kMostUnknowns)
    deployment_.unknowns.push_back({std::move(kept), place});
  else if (deployment_.unknowns.size() == kMostUnknowns)
    deployment_.unknowns.push_back({"more of the file is unknown than is listed", place});
}

void SettingReader::fail(const DeploymentValue& value, const std::string& expected) const {
  InputPlace place{.path = file_};
  if (value.node().line > 0)
    place.line = value.node().line;
  throw InputError(InputErrorKind::corrupt, std::move(place),
                   fmt::format("at {}: expected {}", value.pointer().empty() ? "/" : value.pointer(), expected));
}

}  // namespace preflight
