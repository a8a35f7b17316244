#pragma once

#include <string>

#include "maven/profile_activation.h"

namespace preflight {

/// Whether the conditions of one <activation> hold, each taken alone.
enum class Condition { holds, fails, unknown };

Condition property_condition(const PropertyActivation& property, const ActivationContext& context);

/// Maven's JdkVersionProfileActivator: a range, a prefix ("1.8", "17"), or "!" and a prefix.
Condition jdk_condition(const std::string& jdk, const ActivationContext& context);

/// Maven's OperatingSystemProfileActivator, with the families of plexus-utils' Os.
Condition os_condition(const OsActivation& os, const ActivationContext& context);

/// Maven's FileProfileActivator. Only files below the project's own folder are looked for.
Condition file_condition(const FileActivation& file, const ActivationContext& context);

}  // namespace preflight
