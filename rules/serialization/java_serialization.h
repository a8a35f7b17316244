#pragma once

#include <cstdint>

#include "job/class_shape.h"

namespace preflight {

/// The serialVersionUID of a class: the constant that it declares, 0 of an enum, else the default of the Java Object
/// Serialization Specification, section 4.6 (SHA-1 of name, modifiers, interfaces, fields, static initializer,
/// constructors and methods). For a record it does not count.
std::int64_t serial_version_uid_of(const ClassShape& shape);

}  // namespace preflight
