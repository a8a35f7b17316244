#pragma once

// Private to the reader of Gradle's build scripts.

#include <string>
#include <string_view>
#include <vector>

namespace preflight {

/// A piece of a Groovy or Kotlin script.
struct GradleWord {
  enum class Kind { name, text, sign };
  Kind kind = Kind::sign;
  std::string text;           ///< Of a text what is between the quotes, as written; of a sign the one character.
  bool interpolated = false;  ///< A text in double quotes, in which $name is replaced.
  int line = 0;
};

/// The words of a script, without comments and blanks. What cannot be a script gives odd words, and no error: a text
/// that does not end, ends with its line.
std::vector<GradleWord> gradle_words(std::string_view script);

}  // namespace preflight
