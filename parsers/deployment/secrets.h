#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace preflight {

/// What stands in place of a secret, as Flink itself writes it (GlobalConfiguration.HIDDEN_CONTENT).
inline constexpr const char* kHiddenSecret = "******";

/// Whether a key names a secret: by the list of Flink's GlobalConfiguration.isSensitive, and by further words that
/// properties of applications use for passwords and keys.
bool is_sensitive(std::string_view key);

/// `text` without the secrets in it: the password of a URL (scheme://user:password@host), the values that follow names
/// of secrets (password=x, "apiKey": "x", --db-password x), and private keys.
std::string without_secrets(const std::string& text);

/// The same of a program's arguments: "--password=x", and "--password" followed by "x".
std::vector<std::string> without_secrets(const std::vector<std::string>& arguments);

}  // namespace preflight
