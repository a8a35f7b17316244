#pragma once

#include <cstddef>
#include <string>

namespace preflight {

/// What a call of the runtime library of a language other than Java does to values that are known, in Java's terms. The
/// rows stand in rules/table/language_calls.json. Class names are binary names.
enum class LanguageEffect {
  nothing,          ///< Checks, prints, converts nothing: its result, if it has one, is of no interest.
  throws,           ///< Never comes back.
  argument,         ///< Gives its argument `at`.
  receiver,         ///< Gives what it is called on.
  equality,         ///< Whether its two arguments are equal.
  text,             ///< The texts of its arguments one after the other.
  list,             ///< A collection of its arguments; of an array its elements.
  elements,         ///< A collection of the elements of its arguments; without arguments of what it is called on.
  prepend,          ///< Makes its receiver a collection of its first argument and the elements of its second.
  map,              ///< A map of the pairs that it is given.
  pair,             ///< An object of `class_name` of what it is called on, if that is one, and its arguments.
  part,             ///< What the constructor of its receiver was given as argument `at`.
  range_to,         ///< The whole numbers from the last but one to the last argument.
  range_until,      ///< The same without the last.
  each,             ///< Calls its last argument with each element; of a map with pairs, objects of `class_name`.
  filtered,         ///< A collection of the elements for which that gives true.
  mapped,           ///< A collection of what that gives.
  interpolation,    ///< The texts that its receiver was made of, with the argument's elements between them.
  lazy,             ///< An object of `class_name` that holds what its last argument gives, once it is asked.
  lazy_value,       ///< Asks it.
  invoke,           ///< Calls what it is called on, with its arguments.
  invoke_argument,  ///< Calls its last argument.
  java,             ///< What the Java method `java` does with the same receiver and arguments ...
  java_extension,   ///< ... with the first argument for its receiver ...
  java_static,      ///< ... or, of a static one, with the arguments alone.
};

struct LanguageCall {
  std::string owner;  ///< The class that the call, or the read of a static field, names.
  std::string name;   ///< Of the method or field.
  std::string with;   ///< As JobCall::with.
  LanguageEffect effect = LanguageEffect::nothing;
  std::size_t at = 0;
  std::string class_name;
  std::string java_owner, java_name;  ///< java.util.Optional, ofNullable
};

}  // namespace preflight
