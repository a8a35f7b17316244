#pragma once

#include "rule.h"

namespace preflight {

// The references of the application into Flink, held against what the target release has. The first seven speak of the
// team's own code, one problem a symbol; the eighth of what is packed, one finding a library.
Rule removed_class_referenced();
Rule class_not_on_class_path();
Rule missing_method_referenced();
Rule missing_field_referenced();
Rule incompatible_class_change();
Rule method_not_implemented();
Rule override_never_called();
Rule bundled_code_does_not_link();
Rule deprecated_api_used();
Rule internal_api_used();

}  // namespace preflight
