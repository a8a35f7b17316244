#pragma once

#include "rule.h"

namespace preflight {

// Jobs of PyFlink, by what their requirements.txt or pyproject.toml says.
Rule pyflink_version_mismatch();
Rule python_release_unsupported();

}  // namespace preflight
