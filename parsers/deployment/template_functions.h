#pragma once

// Private to the reader of CloudFormation.

#include "document/document.h"

namespace preflight {

/// `properties` with the functions of the template worked out, short tags (!Ref) and long forms ({"Ref": ...}) alike:
/// to plain values, to values of kAssumedTag where the default of a parameter was taken, and else to unresolved nodes.
/// `parameters` is the template's mapping of that name, or null.
DocumentNode without_functions(const DocumentNode& properties, const DocumentNode* parameters);

}  // namespace preflight
