#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "job/language_call.h"
#include "job/machine.h"

namespace preflight {

// What the interpreter knows of Java's own classes, for values that are known: texts, boxes, collections, Optional,
// enums, Class. Nothing where a call is none of them. Every call may have choices among its values.

std::optional<const Value*> call_java_library(Machine& machine, const LibraryCall& call);
/// What a row says of a call of another language's library; nothing where its values are not known well enough, or the
/// function that it calls ends in a throw.
std::optional<const Value*> call_language_library(Machine& machine, const LanguageCall& row, const LibraryCall& call);
/// Whether equals() holds between two values, as far as constants and identities tell.
const Value* equality_of(Machine& machine, const Value* a, const Value* b);
/// Any other call: its result is a tree of what was called on what, and the receiver remembers it.
const Value* call_unmodelled(Machine& machine, const LibraryCall& call);

std::optional<const Value*> call_text(Machine& machine, const LibraryCall& call);
std::optional<const Value*> call_box(Machine& machine, const LibraryCall& call);
std::optional<const Value*> call_settings(Machine& machine, const LibraryCall& call);
std::optional<const Value*> call_object_method(Machine& machine, const LibraryCall& call);
std::optional<const Value*> call_collection(Machine& machine, const LibraryCall& call);
std::optional<const Value*> call_map(Machine& machine, const LibraryCall& call);
std::optional<const Value*> call_stream(Machine& machine, const LibraryCall& call);

/// The text of the parts one after the other, each as String.valueOf has it: known, a choice of up to kLargestChoice,
/// or unknown with a pattern.
const Value* join_texts(Machine& machine, const std::vector<const Value*>& parts);
/// String.valueOf; nothing where the text is not known. Of a choice never.
std::optional<std::string> known_text(Machine& machine, const Value& value);
/// Enum.name() of a constant of an own enum; empty for all else.
std::string enum_constant_name(Machine& machine, const Value& value);
/// unknown(reason of `of`), where that is unknown itself, else unknown(library-internal).
const Value* unknown_from(Machine& machine, const Value* of, std::string type);

/// Applies `function` to every combination of what `values` can be, and returns the choice of the results. Nothing
/// where it returns nothing for one of them, or where there are too many.
using PureFunction = std::function<std::optional<const Value*>(const std::vector<const Value*>&)>;
std::optional<const Value*> map_alternatives(Machine& machine, const std::vector<const Value*>& values,
                                             const PureFunction& function);

/// A java.util collection with known elements.
const Value* new_collection(Machine& machine, const char* class_name, std::vector<const Value*> elements);
/// Elements of an array or collection; nullptr where they are not known.
const SequenceValue* known_elements(Machine& machine, const Value* of);
/// The library class of an object that is none of an own class; empty for all else.
std::string_view library_class(const Value& value);

}  // namespace preflight
