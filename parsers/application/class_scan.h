#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "application/application_jar.h"
#include "classfile/class_view.h"
#include "input/interned_texts.h"

namespace preflight {

/// Gathers what the classes of an application say, and sorts it at the end. Names are numbers until then: each is kept
/// once, however many classes refer to it.
class ClassScan {
 public:
  explicit ClassScan(StringConstants wanted = StringConstants::gathered) : wanted_strings_(wanted) {}
  /// An empty one that gathers the same.
  ClassScan another() const { return ClassScan(wanted_strings_); }

  /// What is known of a class file before it is read.
  struct Origin {
    const InputPlace& place;
    int release;  ///< The N of META-INF/versions/N, 0 for the base.
    std::uint32_t crc;
  };
  /// Throws InputError.
  void add(std::span<const std::byte> bytes, const Origin& origin);
  /// Takes over what another scan gathered of classes that come behind these on the class path.
  void append(ClassScan&& behind);
  /// Moves everything into `jar`: classes, external_classes, references, string_constants, uid_calls. Nothing may be
  /// added then.
  void finish(ApplicationJar& jar);

 private:
  void add_class(const Origin& origin);
  std::uint32_t number_of(std::string_view name);
  void refer(std::uint32_t name);
  void finish_references(ApplicationJar& jar, const std::vector<std::uint32_t>& order);

  StringConstants wanted_strings_;
  ClassView view_;  ///< Of the class added last, whose memory serves the next.
  std::vector<ApplicationClass> classes_;
  std::vector<UidCall> uid_calls_;
  InternedTexts strings_;  ///< In modified UTF-8.
  InternedTexts names_;    ///< Internal names of classes.

  struct RecentName {
    std::string_view text;  ///< In `names_`.
    std::uint32_t number = 0;
  };
  std::vector<RecentName> recent_names_;  ///< Met lately, by a hash of their ends; empty before the first.

  std::vector<std::uint32_t> own_names_;       ///< By class, into `names_`.
  std::vector<std::uint32_t> references_;      ///< Class after class the names that it refers to, each once.
  std::vector<std::size_t> reference_ends_;    ///< By class, into `references_`.
  std::vector<std::uint32_t> last_referrers_;  ///< By name: one more than the class that referred to it last.
};

}  // namespace preflight
