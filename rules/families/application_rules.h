#pragma once

#include "rule.h"

namespace preflight {

// The application JAR against the target runtime.
Rule entry_class_missing();
Rule class_file_too_new();
Rule preview_class_file();

}  // namespace preflight
