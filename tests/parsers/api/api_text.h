#pragma once

#include <fmt/format.h>

#include <string>

#include "api/api_index.h"

namespace preflight::test {

/// Everything that an index says, a line a record: two indexes are equal when their texts are.
inline std::string text_of(const ApiIndex& index) {
  std::string text;
  const auto releases_of = [&](const ApiSpan& span) {
    const auto name = [&](std::uint16_t ordinal) {
      return index.releases()[ordinal].line + ' ' + index.releases()[ordinal].version;
    };
    return name(span.first) + " to " + name(span.last);
  };
  for (const ApiRelease& release : index.releases())
    text += release.line + ' ' + release.version + '\n';
  for (const std::string_view package : index.packages())
    for (const ApiClass& declared : index.classes_of(package)) {
      text += fmt::format("{}: {}\n", package, declared.name);
      for (const ApiClassForm& form : declared.forms) {
        text += fmt::format("  {} {:x} {} {} {} {}", releases_of(form.span), form.access_flags, form.super_class,
                            form.module, static_cast<int>(form.stability), form.deprecated);
        for (const std::string_view name : form.interfaces)
          text += fmt::format(" {}", name);
        text += '\n';
      }
      for (const ApiMember& member : declared.members)
        text += fmt::format("    {} {} {} {} {:x} {} {}\n", releases_of(member.span), static_cast<int>(member.kind),
                            member.name, member.descriptor, member.access_flags, static_cast<int>(member.stability),
                            member.deprecated);
    }
  return text;
}

}  // namespace preflight::test
