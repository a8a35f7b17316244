#include "application/linked_class.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "application/symbol_uses.h"
#include "application/unread_entry.h"
#include "archive/jar.h"
#include "classfile/attributes.h"
#include "classfile/class_view.h"

namespace preflight {
namespace {

template <class Member>
std::vector<DeclaredMember> declared(const std::vector<Member>& members, ClassTexts& texts) {
  std::vector<DeclaredMember> result;
  result.reserve(members.size());
  for (const Member& member : members)
    result.push_back({texts.text(member.name), texts.text(member.descriptor), member.access_flags});
  return result;
}

/// Few classes have any, and looking for the word is all that the others cost.
std::vector<std::string_view> table_texts_of(const ClassView& view, ClassTexts& texts) {
  std::vector<std::string_view> result;
  for (const std::uint16_t index : view.pool.strings())
    if (const std::string_view text = view.pool.string(index); text.find("'connector'") != std::string_view::npos)
      result.push_back(texts.text(text));
  return result;
}

/// `view` gives its memory from one class to the next.
LinkedClass linked_class(std::span<const std::byte> bytes, const InputPlace& place, std::uint32_t index,
                         JavaUses java_uses, ClassView& view, const std::shared_ptr<ClassTexts>& texts) {
  view_class_file(bytes, place, view);
  const ClassAttributes attributes = read_class_attributes(view, place);
  LinkedClass result;
  result.index = index;
  result.access_flags = declared_access_flags(view, attributes);
  result.source_file = texts->text(attributes.source_file);
  result.fields = declared(view.fields, *texts);
  result.methods = declared(view.methods, *texts);
  result.uses = find_symbol_uses(view, attributes, place, *texts, java_uses);
  if (java_uses == JavaUses::kept)
    result.table_texts = table_texts_of(view, *texts);
  result.texts = texts;
  return result;
}

/// A class to be read, and where its result goes.
struct Wanted {
  std::uint32_t index = 0;  ///< Into ApplicationJar::classes
  std::size_t position = 0;
  JavaUses java_uses = JavaUses::kept;
  std::string_view entry;  ///< In its own JAR.
};

/// By nested JAR; those of the application's own JAR under an empty name.
using WantedByJar = std::map<std::string_view, std::vector<Wanted>>;

WantedByJar wanted_by_jar(const ApplicationJar& application, std::span<const std::uint32_t> indices,
                          const std::function<JavaUses(std::uint32_t)>& java_uses) {
  WantedByJar result;
  for (std::size_t position = 0; position < indices.size(); ++position) {
    const std::string_view entry = application.classes.at(indices[position]).entry;
    const std::string_view jar = application.nested_jar_of(entry);
    result[jar].push_back({indices[position], position, java_uses ? java_uses(indices[position]) : JavaUses::kept,
                           jar.empty() ? entry : entry.substr(jar.size() + 1)});
  }
  return result;
}

/// Results by position in `indices`; those that could not be read stay empty.
using Results = std::vector<std::optional<LinkedClass>>;

void read_classes_of(const Jar& jar, const std::vector<Wanted>& wanted, const std::shared_ptr<ClassTexts>& texts,
                     Results& results) {
  std::vector<UnreadEntry> unread;
  ClassView view;
  for (const Wanted& one : wanted)
    if (const JarEntry* entry = jar.find(one.entry)) {
      const InputPlace place = jar.place_of(*entry);
      read_or_note(unread, place.entry, [&] {
        results[one.position] = linked_class(jar.read(*entry), place, one.index, one.java_uses, view, texts);
      });
    }
}

void read_jars(const Jar& jar, const WantedByJar& wanted, Results& results) {
  std::uint64_t claimed = jar.claimed_bytes();
  std::vector<UnreadEntry> unread;
  const auto texts = std::make_shared<ClassTexts>();
  for (const auto& [name, classes] : wanted) {
    const std::vector<Wanted>& of_this_jar = classes;
    if (name.empty())
      read_classes_of(jar, of_this_jar, texts, results);
    else if (const JarEntry* entry = jar.find(name))
      read_or_note(unread, std::string(name), [&] {
        const Jar nested = jar.open_nested(*entry, claimed);
        claimed = nested.claimed_bytes();
        read_classes_of(nested, of_this_jar, texts, results);
      });
  }
}

}  // namespace

std::vector<LinkedClass> read_linked_classes(const ApplicationJar& application, std::span<const std::uint32_t> indices,
                                             const std::function<JavaUses(std::uint32_t)>& java_uses) {
  std::vector<LinkedClass> linked;
  if (application.archive == nullptr || indices.empty())
    return linked;
  Results results(indices.size());
  read_jars(application.archive->open_again(), wanted_by_jar(application, indices, java_uses), results);
  for (std::optional<LinkedClass>& result : results)
    if (result)
      linked.push_back(std::move(*result));
  return linked;
}

}  // namespace preflight
