#pragma once

// Private to the reader of Terraform's JSON.

#include "document/document.h"

namespace preflight {

/// Marks what `sensitive` has `true` for, a tree of the same shape (sensitive_values, after_sensitive), as secret.
void mark_secrets(DocumentNode& values, const DocumentNode& sensitive);

/// Puts a value that is not told where `unknown` has `true` (after_unknown); Terraform leaves those out of the values.
void mark_unknowns(DocumentNode& values, const DocumentNode& unknown);

/// Puts a value that is not told in place of each text with a template ("${var.parallelism}"), as the JSON syntax of
/// configurations has them.
void mark_templates(DocumentNode& node);

}  // namespace preflight
