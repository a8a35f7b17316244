#include <fmt/format.h>

#include <concepts>

#include "deployment_listing.h"
#include "text_page.h"

namespace preflight {
namespace {

const char* restore_words(RestoreSource source) {
  switch (source) {
    case RestoreSource::nothing:
      return "starts without state";
    case RestoreSource::latest_snapshot:
      return "from the latest snapshot";
    case RestoreSource::named_snapshot:
      return "from a named snapshot";
    case RestoreSource::savepoint:
      return "from a savepoint taken for the upgrade";
    case RestoreSource::latest_checkpoint:
      return "from the latest checkpoint";
  }
  return "";
}

std::string words(const std::string& text) {
  return text;
}
std::string words(bool flag) {
  return flag ? "yes" : "no";
}
std::string words(std::same_as<int> auto number) {
  return std::to_string(number);
}
std::string words(RestoreSource source) {
  return restore_words(source);
}

void add_place(std::vector<Span>& spans, const DeploymentPlace& place) {
  if (place.line <= 0)
    return;
  spans.push_back({" · ", Ink::faint});
  spans.push_back({fmt::format("line {}", place.line), Ink::faint, true});
}

class DeploymentPage {
 public:
  explicit DeploymentPage(TextPage& page) : page_(page) {}

  void write(const Deployment& deployment) {
    std::vector<Span> title;
    if (!deployment.name.empty())
      title = {{deployment.name, Ink::strong, true}, {" · ", Ink::faint}};
    const std::string path = deployment.path == "-" ? "standard input" : deployment.path.string();
    const std::string line = deployment.place.line > 0 ? fmt::format(":{}", deployment.place.line) : "";
    title.push_back({path + line, Ink::faint, true});
    page_.paragraph({{fmt::format("{} ", to_string(deployment.kind)), Ink::strong}}, {{"  "}}, title);
    write_settings(deployment);
    write_snapshots(deployment);
    write_pairs(deployment);
    write_unknowns(deployment);
  }

 private:
  template <typename T>
  void row(const char* label, const std::optional<Setting<T>>& setting) {
    if (!setting)
      return;
    std::vector<Span> spans{{words(setting->value), Ink::plain, true}};
    add_place(spans, setting->place);
    page_.paragraph({{fmt::format("  {:<26}", label), Ink::faint}}, spans);
  }

  void write_settings(const Deployment& deployment) {
    row("runtime", deployment.runtime);
    row("status", deployment.status);
    row("image", deployment.image);
    row("code", deployment.code);
    row("entry class", deployment.entry_class);
    row("target", deployment.target);
    row("restore", deployment.restore);
    row("snapshot", deployment.snapshot_name);
    row("claim mode", deployment.claim_mode);
    row("allow non-restored state", deployment.allow_non_restored_state);
    row("snapshots enabled", deployment.snapshots_enabled);
    row("automatic rollback", deployment.automatic_rollback);
    row("checkpointing", deployment.checkpointing_enabled);
    row("parallelism", deployment.parallelism);
    row("parallelism per KPU", deployment.parallelism_per_kpu);
    row("auto scaling", deployment.auto_scaling);
    row("customer-managed key", deployment.customer_managed_key);
  }

  void heading(const char* text, std::size_t count) {
    page_.blank_line();
    page_.paragraph({}, {{fmt::format("{} ({})", text, count), Ink::strong}});
  }

  void write_snapshots(const Deployment& deployment) {
    if (deployment.snapshots.empty())
      return;
    heading("Snapshots", deployment.snapshots.size());
    for (const KeptSnapshot& snapshot : deployment.snapshots) {
      std::vector<Span> spans{{snapshot.name, Ink::plain, true}};
      if (!snapshot.status.empty())
        spans.push_back({" · " + snapshot.status, snapshot.status == "READY" ? Ink::plain : Ink::yellow});
      if (snapshot.runtime)
        spans.push_back({" · " + snapshot.runtime->value, Ink::cyan});
      if (snapshot.created)
        spans.push_back({" · " + *snapshot.created, Ink::faint});
      add_place(spans, snapshot.place);
      page_.paragraph({{"  "}}, {{"    "}}, spans);
    }
  }

  void pair(const std::string& key, const std::string& value, const DeploymentPlace& place) {
    std::vector<Span> spans{{key, Ink::cyan, true}, {" " + value}};
    add_place(spans, place);
    page_.paragraph({{"  "}}, {{"    "}}, spans);
  }

  void write_pairs(const Deployment& deployment) {
    if (!deployment.configuration.empty())
      heading("Configuration", deployment.configuration.size());
    for (const ConfigurationSetting& setting : deployment.configuration)
      pair(setting.key, setting.value, setting.place);
    if (!deployment.properties.empty())
      heading("Properties", deployment.properties.size());
    for (const RuntimeProperty& property : deployment.properties)
      pair(property.group + " " + property.key, property.value, property.place);
    if (deployment.arguments.empty())
      return;
    heading("Arguments", deployment.arguments.size());
    for (const std::string& argument : deployment.arguments)
      page_.paragraph({{"  "}}, {{"    "}}, {{argument, Ink::plain, true}});
  }

  void write_unknowns(const Deployment& deployment) {
    if (deployment.unknowns.empty())
      return;
    heading("Unknown", deployment.unknowns.size());
    for (const Setting<std::string>& unknown : deployment.unknowns) {
      std::vector<Span> spans{{unknown.value, Ink::yellow}};
      add_place(spans, unknown.place);
      page_.paragraph({{"  "}}, {{"    "}}, spans);
    }
  }

  TextPage& page_;
};

}  // namespace

void write_deployment_text(const std::vector<Deployment>& deployments, const TextStyle& style, std::ostream& out) {
  TextPage page(style, out);
  bool first = true;
  for (const Deployment& deployment : deployments) {
    if (!first)
      page.blank_line();
    first = false;
    DeploymentPage(page).write(deployment);
  }
}

}  // namespace preflight
