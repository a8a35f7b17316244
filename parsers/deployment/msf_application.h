#pragma once

// Private to the readers of deployments.

#include "deployment/setting_reader.h"

namespace preflight {

/// Whether a description says what the service has, or asks for something. A service's answer is what holds; in a
/// request the service ignores the values beside a ConfigurationType of DEFAULT.
enum class MsfStatement { answer, request };

/// Reads an application of Managed Service for Apache Flink, however its keys are written: those of the API
/// (RuntimeEnvironment, in an answer ...Description, in an update ...Update), of CloudFormation (the same), of
/// Terraform (runtime_environment, its blocks as lists of one).
void read_msf_application(const DeploymentValue& application, MsfStatement statement, const SettingReader& reader);

/// An ApplicationRestoreType: from what the start takes state.
void read_msf_restore_type(const DeploymentValue& type, const SettingReader& reader);

/// `{"ApplicationDetail": {...}}` (describe-application), `{"SnapshotDetails": {...}}`, `{"SnapshotSummaries": [...]}`
/// (describe-application-snapshot, list-application-snapshots), and the request of update-application. False where the
/// document is none of these.
bool read_msf_document(const DeploymentValue& document, const SettingReader& reader);

}  // namespace preflight
