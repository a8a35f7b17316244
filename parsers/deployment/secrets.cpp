#include "deployment/secrets.h"

#include <algorithm>
#include <array>

namespace preflight {
namespace {

// The first ten are Flink's own (GlobalConfiguration.SENSITIVE_KEYS); "api-key" was among them before 2.0.
constexpr std::array<std::string_view, 21> kSensitiveWords{
    "password",   "secret",      "fs.azure.account.key", "apikey",      "auth-params", "service-key", "token",
    "basic-auth", "jaas.config", "http-headers",         "api-key",     "api_key",     "api.key",     "passwd",
    "passphrase", "private-key", "private_key",          "private.key", "privatekey",  "accesskey",   "access-key"};
// Short words, which stand for a secret only as the last part of a name: "db.pwd", "X-Amz-Signature".
constexpr std::array<std::string_view, 7> kSensitiveEnds{"pwd",       "pass",          "pw",        "sas",
                                                         "signature", "authorization", "access_key"};

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return result;
}

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
}
bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}
bool is_quote(char c) {
  return c == '"' || c == '\'';
}
bool ends_value(char c) {
  return is_blank(c) || is_quote(c) || std::string_view("&;,)}]").find(c) != std::string_view::npos;
}

/// A scheme, "://", a user and a password up to the last '@' before the path: the password is [first, last).
struct Part {
  std::size_t first = 0;
  std::size_t last = 0;
};
Part password_of_url(std::string_view text, std::size_t scheme_end) {
  const std::size_t from = scheme_end + 3;
  std::size_t end = from;
  while (end < text.size() && !is_blank(text[end]) && !is_quote(text[end]) && text[end] != '/' && text[end] != '?')
    ++end;
  const std::string_view authority = text.substr(from, end - from);
  const std::size_t at = authority.rfind('@');
  const std::size_t colon = authority.find(':');
  if (at == std::string_view::npos || colon == std::string_view::npos || colon > at)
    return {};
  return {from + colon + 1, from + at};
}

std::string without_passwords_of_urls(const std::string& text) {
  std::string result;
  std::size_t copied = 0;
  for (std::size_t at = text.find("://"); at != std::string::npos; at = text.find("://", at + 3)) {
    const Part password = password_of_url(text, at);
    if (password.last <= password.first || password.first < copied)
      continue;
    result.append(text, copied, password.first - copied).append(kHiddenSecret);
    copied = password.last;
  }
  return result.append(text, copied);
}

/// Where the value starts that a name at the end of which `at` stands is given; npos where it is given none.
std::size_t value_after(std::string_view text, std::size_t at, bool is_option) {
  const std::size_t name_end = at;
  while (at < text.size() && (is_quote(text[at]) || text[at] == '\\'))  // JSON, and JSON within a text of JSON.
    ++at;
  while (at < text.size() && (text[at] == ' ' || text[at] == '\t'))
    ++at;
  if (at < text.size() && (text[at] == '=' || text[at] == ':')) {
    ++at;
    while (at < text.size() && (is_blank(text[at]) || text[at] == '\\'))
      ++at;
    return at;
  }
  return is_option && at > name_end && at < text.size() && text[at] != '-' ? at : std::string_view::npos;
}

std::size_t end_of_value(std::string_view text, std::size_t at) {
  if (at < text.size() && is_quote(text[at]))
    return std::min(text.find(text[at], at + 1), text.size());
  while (at < text.size() && !ends_value(text[at]))
    ++at;
  return at;
}

std::string without_named_values(const std::string& text) {
  std::string result;
  std::size_t copied = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_name_character(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && is_name_character(text[end]))
      ++end;
    const std::string_view name = std::string_view(text).substr(at, end - at);
    std::size_t value = is_sensitive(name) ? value_after(text, end, name.starts_with('-')) : std::string::npos;
    if (value == std::string::npos) {
      at = end;
      continue;
    }
    const std::size_t value_end = end_of_value(text, value);
    if (value < text.size() && is_quote(text[value]))
      ++value;
    if (value_end > value) {
      result.append(text, copied, value - copied).append(kHiddenSecret);
      copied = value_end;
    }
    at = std::max(value_end, end);
  }
  return result.append(text, copied);
}

}  // namespace

bool is_sensitive(std::string_view key) {
  const std::string name = lower(key);
  const auto contains = [&](std::string_view word) { return name.find(word) != std::string::npos; };
  const auto ends = [&](std::string_view word) {
    return name.ends_with(word) &&
           (name.size() == word.size() || !is_name_character(name[name.size() - word.size() - 1]) ||
            std::string_view("-_.").find(name[name.size() - word.size() - 1]) != std::string_view::npos);
  };
  return std::ranges::any_of(kSensitiveWords, contains) || std::ranges::any_of(kSensitiveEnds, ends);
}

std::string without_secrets(const std::string& text) {
  if (text.find("-----BEGIN") != std::string::npos)
    return kHiddenSecret;
  return without_named_values(without_passwords_of_urls(text));
}

std::vector<std::string> without_secrets(const std::vector<std::string>& arguments) {
  std::vector<std::string> kept;
  bool secret_follows = false;
  for (const std::string& argument : arguments) {
    const bool is_option = argument.starts_with('-');
    if (secret_follows && !argument.empty()) {
      // An option that follows is rather the next one than a secret; one that looks like an option is hidden all the
      // same.
      kept.push_back(argument.starts_with("--") ? without_secrets(argument) : kHiddenSecret);
    } else {
      kept.push_back(without_secrets(argument));
    }
    secret_follows = is_option && argument.find('=') == std::string::npos && is_sensitive(argument);
  }
  return kept;
}

}  // namespace preflight
