#include "deployment_settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <functional>
#include <set>

namespace preflight {
namespace {

/// A value that a deployment gives for an option.
struct Offer {
  std::string value;  ///< As the command line would say it.
  DeploymentPlace place;
};
using Offers = std::function<std::optional<Offer>(const Deployment&)>;

/// A file that tells the status of the application was written by the platform: it is what runs now.
bool runs_now(const Deployment& deployment) {
  return deployment.status.has_value();
}

Platform platform_of_kind(const Deployment& deployment) {
  switch (deployment.kind) {
    case DeploymentKind::kubernetes_application:
    case DeploymentKind::kubernetes_session_job:
      return Platform::kubernetes;
    case DeploymentKind::flink_configuration:
    case DeploymentKind::flink_legacy_configuration:
    case DeploymentKind::flink_run:
      return Platform::standalone;
    default:
      return Platform::msf;
  }
}

/// What makes of the deployments' offers for one option one value.
class Adoption {
 public:
  Adoption(const std::vector<Deployment>& deployments, std::vector<AdoptedSetting>& adopted)
      : deployments_(deployments), adopted_(adopted) {
    std::set<std::string> names;
    for (const Deployment& deployment : deployments)
      if (!deployment.name.empty())
        names.insert(deployment.name);
    several_applications_ = names.size() > 1;
  }

  std::optional<Offer> take(const char* option, const Offers& offers) {
    for (const bool now : {false, true}) {
      const Made made = made_by(offers, now);
      if (made.offers.empty())
        continue;
      const auto& [from, offer] = made.offers.front();
      const bool agree = !made.one_is_silent && std::ranges::all_of(made.offers, [&](const auto& other) {
        return other.second.value == offer.value;
      });
      const std::string place = offer.place.line > 0 ? fmt::format(" (line {})", offer.place.line) : "";
      adopted_.push_back({from, agree ? fmt::format("{} {}{}", option, offer.value, place)
                                      : fmt::format("{} is left open: the deployments differ", option)});
      return agree ? std::optional(offer) : std::nullopt;
    }
    return std::nullopt;
  }

 private:
  struct Made {
    std::vector<std::pair<std::size_t, Offer>> offers;  ///< With the deployment that makes each.
    bool one_is_silent = false;  ///< What one application sets is not the other's, where there are several.
  };
  Made made_by(const Offers& offers, bool now) const {
    Made made;
    for (std::size_t i = 0; i < deployments_.size(); ++i) {
      if (runs_now(deployments_[i]) != now)
        continue;
      if (auto offer = offers(deployments_[i]))
        made.offers.emplace_back(i, std::move(*offer));
      else if (several_applications_ && !deployments_[i].name.empty())
        made.one_is_silent = true;
    }
    return made;
  }

  const std::vector<Deployment>& deployments_;
  std::vector<AdoptedSetting>& adopted_;
  bool several_applications_ = false;
};

template <typename T>
std::optional<Offer> offer_of(const std::optional<Setting<T>>& setting) {
  return setting ? std::optional(Offer{fmt::format("{}", setting->value), setting->place}) : std::nullopt;
}

Offers configured(std::initializer_list<const char*> keys) {
  return [names = std::vector<std::string>(keys.begin(), keys.end())](const Deployment& deployment) {
    for (const std::string& name : names)
      for (const ConfigurationSetting& setting : deployment.configuration)
        if (setting.key == name && !setting.value.empty())
          return std::optional(Offer{setting.value, setting.place});
    return std::optional<Offer>();
  };
}

std::optional<int> positive(const std::string& text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc{} && end == text.data() + text.size();
  return whole && number >= 1 && number <= kLargestParallelism ? std::optional(number) : std::nullopt;
}

/// An offer that the command line would take as well.
template <typename Accept>
Offers accepted(const Offers& offers, const Accept& accept) {
  return [offers, accept](const Deployment& deployment) {
    auto offer = offers(deployment);
    return offer && accept(offer->value) ? offer : std::nullopt;
  };
}

std::optional<Offer> parallelism_of(const Deployment& deployment) {
  return offer_of(deployment.parallelism);
}

void adopt_platform(const CheckOptions& options, Adoption& adoption, Upgrade& upgrade) {
  upgrade.platform = options.platform.value_or(Platform::standalone);
  // A configuration file alone may be of any platform.
  const Offers offers = [](const Deployment& deployment) -> std::optional<Offer> {
    const Platform platform = platform_of_kind(deployment);
    return platform == Platform::standalone ? std::nullopt : std::optional(Offer{to_string(platform), {}});
  };
  if (!options.platform)
    if (const auto taken = adoption.take("--platform", offers))
      upgrade.platform = *platform_of(taken->value);
}

void adopt_release(const CheckOptions& options, Adoption& adoption, Upgrade& upgrade) {
  if (options.from)
    return;
  const Offers offers = [](const Deployment& deployment) -> std::optional<Offer> {
    if (!runs_now(deployment) || !deployment.runtime)
      return std::nullopt;
    const auto version = FlinkVersion::parse(deployment.runtime->value);
    return version ? std::optional(Offer{version->text(), deployment.runtime->place}) : std::nullopt;
  };
  if (const auto taken = adoption.take("--from", offers)) {
    const FlinkVersion version = *FlinkVersion::parse(taken->value);
    upgrade.from = SourceRelease{version, version, "the deployment"};
  }
}

}  // namespace

std::vector<AdoptedSetting> adopt_deployment_settings(const CheckOptions& options, Upgrade& upgrade) {
  std::vector<AdoptedSetting> adopted;
  Adoption adoption(upgrade.deployments, adopted);
  adopt_platform(options, adoption, upgrade);
  adopt_release(options, adoption, upgrade);
  StartSettings& start = upgrade.start;
  if (!start.allow_non_restored_state)
    if (const auto taken = adoption.take("--allow-non-restored-state", [](const Deployment& deployment) {
          return offer_of(deployment.allow_non_restored_state);
        }))
      start.allow_non_restored_state = taken->value == "true";
  if (!start.parallelism)
    if (const auto taken = adoption.take("--parallelism", accepted(parallelism_of, positive)))
      start.parallelism = positive(taken->value);
  if (!start.max_parallelism)
    if (const auto taken =
            adoption.take("--max-parallelism", accepted(configured({"pipeline.max-parallelism"}), positive)))
      start.max_parallelism = positive(taken->value);
  if (start.backend == StateBackend::unknown)
    if (const auto taken = adoption.take(
            "--state-backend", accepted(configured({"state.backend.type", "state.backend"}), state_backend_of)))
      start.backend = *state_backend_of(taken->value);
  if (!upgrade.entry_class)
    if (const auto taken = adoption.take("--entry-class",
                                         [](const Deployment& deployment) { return offer_of(deployment.entry_class); }))
      upgrade.entry_class = taken->value;
  return adopted;
}

std::string summary_of_deployments(const Upgrade& upgrade, const std::vector<AdoptedSetting>& adopted,
                                   std::size_t first, std::size_t count) {
  std::string summary;
  for (std::size_t i = first; i < first + count; ++i) {
    const Deployment& deployment = upgrade.deployments[i];
    summary += fmt::format("{}{}{}{}", summary.empty() ? "" : "; ", to_string(deployment.kind),
                           deployment.name.empty() ? "" : " " + deployment.name,
                           deployment.runtime ? ", " + deployment.runtime->value : "");
  }
  std::string taken;
  for (const AdoptedSetting& setting : adopted)
    if (setting.deployment >= first && setting.deployment < first + count)
      taken += (taken.empty() ? "; taken from it: " : ", ") + setting.text;
  return summary + taken;
}

}  // namespace preflight
