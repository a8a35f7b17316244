#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "application/application_jar.h"
#include "classfile/class_view.h"
#include "input/interned_texts.h"
#include "input/text_store.h"

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
    std::string_view lasting_entry;  ///< The entry in `place`, where it outlives the result; empty where it does not.
    int release;                     ///< The N of META-INF/versions/N, 0 for the base.
    std::uint32_t crc;
  };
  /// Throws InputError.
  void add(std::span<const std::byte> bytes, const Origin& origin);
  /// Takes over what another scan gathered of classes that come behind these on the class path.
  void append(ClassScan&& behind);
  /// Moves everything into `jar`: classes, external_classes, references, string_constants, uid_calls, and the texts of
  /// them all. Nothing may be added then.
  void finish(ApplicationJar& jar);

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  /// A class whose names are numbers, of `names_`. What it has of a list begins where that of the class before ends.
  struct Scanned {
    ApplicationClass facts;  ///< All but the names of classes.
    std::uint32_t name = 0;
    std::uint32_t super_class = kNone;  ///< kNone where it has none.
    std::size_t interfaces_end = 0;     ///< Into `interfaces_`.
    std::size_t references_end = 0;     ///< Into `references_`.
  };
  class BinaryNames;

  void add_class(const Origin& origin);
  void refer(std::uint32_t name);
  /// By class the names that are left out of its facts.
  void name_classes(BinaryNames& names);
  void finish_references(ApplicationJar& jar, const std::vector<std::uint32_t>& order, BinaryNames& names) const;

  StringConstants wanted_strings_;
  ClassView view_;  ///< Of the class added last, whose memory serves the next.
  std::vector<Scanned> classes_;
  std::vector<UidCall> uid_calls_;
  InternedTexts strings_;  ///< In modified UTF-8.
  InternedTexts names_;    ///< Internal names of classes.
  TextStore entries_;      ///< Those that do not last by themselves.

  std::vector<std::uint32_t> interfaces_;      ///< Class after class the names of its interfaces.
  std::vector<std::uint32_t> references_;      ///< Class after class the names that it refers to, each once.
  std::vector<std::uint32_t> last_referrers_;  ///< By name: one more than the class that referred to it last.
};

}  // namespace preflight
