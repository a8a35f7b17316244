#pragma once

#include <string>
#include <utility>

#include "deployment/deployment.h"
#include "upgrade_builder.h"

namespace preflight::test {

/// A deployment written down in a few words; what is not said its file does not say.
class DeploymentBuilder {
 public:
  explicit DeploymentBuilder(DeploymentKind kind, std::string path = "deployment.json") {
    deployment_.kind = kind;
    deployment_.path = std::move(path);
    deployment_.name = "orders";
  }

  template <typename T>
  DeploymentBuilder& with(std::optional<Setting<T>> Deployment::*field, T value, int line = 7) {
    deployment_.*field = Setting<T>{std::move(value), {line, "/pointer"}};
    return *this;
  }
  DeploymentBuilder& text(std::optional<Setting<std::string>> Deployment::*field, const char* value) {
    return with<std::string>(field, value);
  }
  DeploymentBuilder& key(const std::string& name, const std::string& value, int line = 3) {
    deployment_.configuration.push_back({name, value, {line, "/" + name}});
    return *this;
  }
  DeploymentBuilder& property(const std::string& group, const std::string& name) {
    deployment_.properties.push_back({group, name, "value", {9, "/properties"}});
    return *this;
  }
  DeploymentBuilder& snapshot(const std::string& name, const std::string& status, const std::string& created,
                              const std::string& runtime) {
    deployment_.snapshots.push_back(
        {name, status, created, Setting<std::string>{runtime, {5, "/RuntimeEnvironment"}}, {4, "/SnapshotName"}});
    return *this;
  }
  DeploymentBuilder& named(const std::string& name) {
    deployment_.name = name;
    return *this;
  }

  operator Deployment() const { return deployment_; }  // NOLINT(google-explicit-constructor)

 private:
  Deployment deployment_;
};

/// An upgrade with deployments; to be said first or in a sentence of its own.
class DeployedUpgrade : public UpgradeBuilder {
 public:
  using UpgradeBuilder::UpgradeBuilder;

  DeployedUpgrade& deployment(Deployment deployment) {
    upgrade().deployments.push_back(std::move(deployment));
    return *this;
  }
};

}  // namespace preflight::test
