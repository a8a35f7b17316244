#pragma once

// Private to the reader of class shapes: what it takes from method bodies.

#include <cstdint>
#include <string>

#include "classfile/attributes.h"
#include "classfile/class_view.h"
#include "input/input_error.h"

namespace preflight {

/// A digest of all method bodies in which every constant stands for what it names, so that a class that was merely
/// compiled again has the same. The order of methods does not count. Throws InputError as instructions_of does.
std::uint64_t digest_of_code(const ClassView& view, const ClassAttributes& attributes, const InputPlace& place);

/// The text that the class initializer puts together for the static field SCHEMA$, as Avro's compiler writes it: one
/// string constant, or several where it is long. Empty where the class has no such field, or makes it otherwise.
std::string avro_schema_of(const ClassView& view, const InputPlace& place);

}  // namespace preflight
