#pragma once

#include <string>
#include <string_view>

#include "api/api_index.h"

namespace preflight {

// Names as Java source has them, for readers.

/// How a class is called: by its name alone ("Outer.Inner"), or with its package ("a.b.Outer.Inner").
enum class NameLength { simple, full };

/// "a.b.Outer$Inner" → "Outer.Inner" or "a.b.Outer.Inner".
std::string java_class_name(std::string_view binary_name, NameLength length);

/// The type of a field descriptor: "[Ljava/lang/String;" → "String[]". A descriptor that is none stays as it is.
std::string java_type(std::string_view descriptor, NameLength length);

/// A member as it is declared, without modifiers: "void open(Configuration)", "long LIMIT", "Job(String...)" for a
/// constructor of `owner`.
std::string java_declaration(const ApiMember& member, std::string_view owner, NameLength length);

}  // namespace preflight
