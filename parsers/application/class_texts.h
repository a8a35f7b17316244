#pragma once

#include <string>
#include <string_view>

#include "input/interned_texts.h"

namespace preflight {

/// Texts of class files as UTF-8, each kept once, however many classes say it. Views are good as long as this is.
class ClassTexts {
 public:
  std::string_view text(std::string_view modified_utf8);
  /// a/b/C$D → a.b.C$D
  std::string_view binary_name(std::string_view internal_name);

 private:
  std::string_view keep(std::string_view text) { return texts_[texts_.add(text)]; }

  InternedTexts texts_;
  std::string name_;  ///< Under way, in memory that serves the next.
};

}  // namespace preflight
