#include "deployment/flink_configuration_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "deployment/flink_settings.h"
#include "input/input_error.h"

namespace preflight {
namespace {

// First parts of the keys that ConfigOptions of Flink have.
constexpr std::array<std::string_view, 34> kFirstParts{"akka",
                                                       "blob",
                                                       "classloader",
                                                       "client",
                                                       "cluster",
                                                       "containerized",
                                                       "env",
                                                       "execution",
                                                       "fs",
                                                       "heartbeat",
                                                       "high-availability",
                                                       "historyserver",
                                                       "io",
                                                       "job",
                                                       "jobmanager",
                                                       "jobstore",
                                                       "kubernetes",
                                                       "metrics",
                                                       "parallelism",
                                                       "pekko",
                                                       "pipeline",
                                                       "plugin",
                                                       "python",
                                                       "queryable-state",
                                                       "resourcemanager",
                                                       "rest",
                                                       "restart-strategy",
                                                       "security",
                                                       "slot",
                                                       "state",
                                                       "table",
                                                       "taskmanager",
                                                       "web",
                                                       "yarn"};

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos)
    return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

Deployment new_deployment(DeploymentKind kind, const std::string& file) {
  Deployment deployment;
  deployment.path = file;
  deployment.kind = kind;
  deployment.place = {1, ""};
  return deployment;
}

/// The lines of a flink-conf.yaml, one after the other.
class LegacyLines {
 public:
  LegacyLines(const SettingReader& reader) : reader_(reader) {}

  void add(std::string_view line, int number) {
    const std::string_view text = trimmed(line.substr(0, line.find('#')));
    if (text.empty())
      return;
    const std::size_t split = text.find(": ");
    const std::string_view key = trimmed(text.substr(0, split));
    const std::string_view value = split == std::string_view::npos ? "" : trimmed(text.substr(split + 2));
    if (key.empty() || value.empty()) {
      reader_.unknown({number, ""}, fmt::format("line {} has no \"key: value\": Flink passes it over", number));
      return;
    }
    const DocumentNode node{.kind = DocumentNode::Kind::scalar, .text = std::string(value), .line = number};
    std::vector<ConfigurationSetting>& configuration = reader_.deployment().configuration;
    reader_.add_configuration({node, "/" + std::string(key)}, std::string(key));
    const auto [known, is_new] = places_.emplace(key, configuration.size() - 1);
    if (is_new)
      return;
    reader_.unknown({number, "/" + std::string(key)}, fmt::format("`{}` is set in line {} too: Flink takes the last",
                                                                  key, configuration[known->second].place.line));
    configuration[known->second] = std::move(configuration.back());
    configuration.pop_back();
  }

 private:
  const SettingReader& reader_;
  std::map<std::string, std::size_t, std::less<>> places_;  ///< By key, into the configuration.
};

}  // namespace

bool is_flink_configuration(const DocumentNode& document) {
  return std::ranges::any_of(document.entries, [](const DocumentEntry& entry) {
    const std::string_view first = std::string_view(entry.key).substr(0, entry.key.find('.'));
    const bool nests = entry.value.is_mapping() || entry.key.size() > first.size();
    return nests && std::ranges::find(kFirstParts, first) != kFirstParts.end();
  });
}

Deployment read_flink_configuration_file(const DocumentNode& document, const std::string& file) {
  Deployment deployment = new_deployment(DeploymentKind::flink_configuration, file);
  const SettingReader reader(file, deployment);
  read_flink_configuration({document, ""}, reader);
  settle_configured_settings(reader);
  return deployment;
}

Deployment read_legacy_configuration_file(std::string_view text, const std::string& file) {
  Deployment deployment = new_deployment(DeploymentKind::flink_legacy_configuration, file);
  const SettingReader reader(file, deployment);
  LegacyLines lines(reader);
  int number = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.add(text.substr(at, end - at), ++number);
    at = end + 1;
  }
  if (deployment.configuration.empty())
    throw InputError(InputErrorKind::not_this_format, {.path = file, .line = std::max(number, 1)},
                     "expected a flink-conf.yaml with lines of \"key: value\", found none");
  settle_configured_settings(reader);
  return deployment;
}

}  // namespace preflight
