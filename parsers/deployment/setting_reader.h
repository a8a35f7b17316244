#pragma once

// Private to the readers of deployments.

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "deployment/deployment.h"
#include "document/document.h"

namespace preflight {

// Tags with a blank in them, which no YAML file can write.
/// The tag of a scalar whose value only the tool that reads the file can work out; its text says why.
inline constexpr const char* kUnresolvedTag = "unresolved value";
/// The tag of a mapping that holds, under "value" and "note", a value that holds unless something outside the file says
/// otherwise, and what that is.
inline constexpr const char* kAssumedTag = "assumed value";
/// The tag of a scalar that its file marks as a secret.
inline constexpr const char* kSecretTag = "secret value";

DocumentNode unresolved_node(std::string why, int line);

/// A value of a document and the way to it.
class DeploymentValue {
 public:
  DeploymentValue(const DocumentNode& node, std::string pointer, std::string name = {})
      : node_(&node), pointer_(std::move(pointer)), name_(std::move(name)) {}

  const DocumentNode& node() const { return *node_; }
  const std::string& pointer() const { return pointer_; }
  DeploymentPlace place() const { return {node_->line, pointer_}; }

  /// The value of exactly this key; empty where there is none, or null.
  std::optional<DeploymentValue> at(std::string_view key) const;
  /// The value under these keys, one in the other.
  std::optional<DeploymentValue> at(std::initializer_list<std::string_view> keys) const;
  /// The values of a mapping or the elements of a sequence.
  std::vector<DeploymentValue> children() const;
  /// The last key or index of the way.
  const std::string& name() const { return name_; }

 private:
  DeploymentValue child(const DocumentNode& node, std::string_view key) const;

  const DocumentNode* node_;
  std::string pointer_;
  std::string name_;
};

/// Takes values of a document into a deployment. A value that is not told becomes one of its unknowns; one of another
/// kind than the format's is an error.
class SettingReader {
 public:
  /// `file` stands for the path in messages.
  SettingReader(const std::string& file, Deployment& deployment) : file_(file), deployment_(deployment) {}

  Deployment& deployment() const { return deployment_; }
  const std::string& file() const { return file_; }

  void text(const std::optional<DeploymentValue>& value, std::optional<Setting<std::string>>& setting) const;
  void number(const std::optional<DeploymentValue>& value, std::optional<Setting<int>>& setting) const;
  void boolean(const std::optional<DeploymentValue>& value, std::optional<Setting<bool>>& setting) const;

  /// Secrets left out; empty for a value that is not told or is a secret as a whole, which becomes an unknown.
  std::optional<std::string> text(const DeploymentValue& value) const;

  void add_configuration(const DeploymentValue& value, const std::string& key) const;
  void add_property(const DeploymentValue& value, const std::string& group) const;

  void unknown(const DeploymentPlace& place, const std::string& text) const;
  /// Throws InputError (corrupt): "at /spec/job/parallelism: expected a whole number".
  [[noreturn]] void fail(const DeploymentValue& value, const std::string& expected) const;

 private:
  /// The scalar to read: empty where it is not told.
  std::optional<std::string> scalar(const DeploymentValue& value, const char* expected) const;
  /// The same; empty as well where it is a template that another tool (envsubst, Helm) fills in.
  std::optional<std::string> filled(const DeploymentValue& value, const char* expected) const;

  const std::string& file_;
  Deployment& deployment_;
};

}  // namespace preflight
