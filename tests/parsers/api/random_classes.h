#pragma once

#include <algorithm>
#include <deque>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "api/api_index.h"

namespace preflight::test {

/// Classes that no two records of which claim the same release; they live as long as this does.
class RandomClasses {
 public:
  explicit RandomClasses(unsigned seed) : random_(seed) {
    const std::size_t lines = pick(1, 3);
    for (std::size_t line = 0; line < lines; ++line) {
      const auto first = static_cast<std::uint16_t>(releases.size());
      const std::size_t count = pick(1, 12);
      for (std::size_t i = 0; i < count; ++i)
        releases.push_back({"line-" + std::to_string(line), std::to_string(i)});
      lines_.push_back({first, static_cast<std::uint16_t>(releases.size() - 1)});
    }
    std::set<std::string> names;
    for (std::size_t i = pick(0, 40); i > 0; --i)
      names.insert(class_name());
    for (const std::string& name : names)
      classes.push_back(declared(keep(name)));
  }

  std::vector<ApiRelease> releases;
  std::vector<ApiClass> classes;

 private:
  std::size_t pick(std::size_t least, std::size_t most) {
    return std::uniform_int_distribution<std::size_t>(least, most)(random_);
  }
  bool toss() { return pick(0, 1) == 1; }
  std::string_view keep(std::string text) { return texts_.emplace_back(std::move(text)); }

  std::string class_name() {
    std::string name;
    for (std::size_t i = pick(0, 3); i > 0; --i)
      name += static_cast<char>('a' + pick(0, 2)) + std::string(".");
    name += static_cast<char>('A' + pick(0, 25));
    return toss() ? name : name + "$Inner\xC3\xA9";
  }

  std::string type() {
    std::string type(pick(0, 4) == 0 ? pick(1, 255) : 0, '[');
    if (toss())
      return type + "BCDFIJSZ"[pick(0, 7)];
    std::string name = class_name();
    std::ranges::replace(name, '.', '/');
    return type + 'L' + name + ';';
  }

  std::string descriptor(ApiMember::Kind kind) {
    if (kind == ApiMember::Kind::field)
      return type();
    std::string descriptor = "(";
    for (std::size_t i = pick(0, 4); i > 0; --i)
      descriptor += type();
    return descriptor + ')' + (toss() ? "V" : type());
  }

  /// Disjoint spans, in order; adjoining ones as well.
  std::vector<ApiSpan> spans() {
    std::vector<ApiSpan> spans;
    for (const ApiSpan& line : lines_)
      for (std::size_t at = line.first; at <= line.last; ++at) {
        if (toss())
          continue;
        const std::size_t last = pick(at, line.last);
        spans.push_back({static_cast<std::uint16_t>(at), static_cast<std::uint16_t>(last)});
        at = last;
      }
    return spans;
  }

  template <class Marked>
  void mark(Marked& marked) {
    marked.access_flags = static_cast<std::uint16_t>(pick(0, 3) == 0 ? pick(0, 0xFFFF) : 1);
    marked.stability = static_cast<ApiStability>(pick(0, 4));
    marked.deprecated = pick(0, 3) == 0;
  }

  ApiClass declared(std::string_view name) {
    ApiClass declared{.name = name};
    for (const ApiSpan& span : spans()) {
      ApiClassForm form{.span = span,
                        .super_class = toss() ? keep(class_name()) : "",
                        .module = keep("m" + std::to_string(pick(0, 3)))};
      for (std::size_t i = pick(0, 2); i > 0; --i)
        form.interfaces.push_back(keep(class_name()));
      mark(form);
      declared.forms.push_back(form);
    }
    if (declared.forms.empty())
      declared.forms.push_back({.span = lines_.front(), .module = "m"});
    std::set<std::tuple<ApiMember::Kind, std::string, std::string>> symbols;
    for (std::size_t i = pick(0, 8); i > 0; --i) {
      const auto kind = toss() ? ApiMember::Kind::field : ApiMember::Kind::method;
      symbols.emplace(kind, std::string("name") + std::to_string(pick(0, 4)), descriptor(kind));
    }
    for (const auto& [kind, member_name, descriptor] : symbols)
      for (const ApiSpan& span : spans()) {
        ApiMember member{.kind = kind, .name = keep(member_name), .descriptor = keep(descriptor), .span = span};
        mark(member);
        declared.members.push_back(member);
      }
    return declared;
  }

  std::mt19937 random_;
  std::vector<ApiSpan> lines_;
  std::deque<std::string> texts_;
};

}  // namespace preflight::test
