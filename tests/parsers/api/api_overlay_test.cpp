#include <catch2/catch.hpp>

#include "api/api_index_writer.h"
#include "parsers/api/api_text.h"
#include "parsers/api/random_classes.h"

using namespace preflight;
using preflight::test::RandomClasses;
using preflight::test::text_of;

namespace {

ApiClass declared(std::string_view name, ApiSpan span, std::string_view method) {
  return {.name = name,
          .forms = {{.span = span, .access_flags = 1, .super_class = "java.lang.Object", .module = "flink-core"}},
          .members = {{.name = method, .descriptor = "()V", .access_flags = 1, .span = span}}};
}

ApiIndex index_of(const std::vector<ApiRelease>& releases, std::vector<ApiClass> classes) {
  return ApiIndex::read(write_api_index(releases, std::move(classes)), {"layer.api"});
}

template <class... Layers>
ApiIndex overlay(Layers&&... layers) {
  std::vector<ApiIndex> list;
  (list.push_back(std::forward<Layers>(layers)), ...);
  return ApiIndex::overlay(std::move(list));
}

/// The records of one release alone, with its ordinal 0.
std::vector<ApiClass> at(const std::vector<ApiClass>& classes, std::uint16_t ordinal) {
  std::vector<ApiClass> result;
  for (const ApiClass& from : classes) {
    ApiClass to{.name = from.name};
    for (ApiClassForm form : from.forms)
      if (form.span.contains(ordinal)) {
        form.span = {};
        to.forms.push_back(form);
      }
    for (ApiMember member : from.members)
      if (member.span.contains(ordinal)) {
        member.span = {};
        to.members.push_back(member);
      }
    if (!to.forms.empty())
      result.push_back(to);
  }
  return result;
}

}  // namespace

TEST_CASE("A release between those of another index interrupts what it lacks") {
  const ApiIndex merged = overlay(index_of({{"flink", "1.9.0"}, {"flink", "1.11.0"}}, {declared("a.B", {0, 1}, "x")}),
                                  index_of({{"flink", "1.10.0"}}, {declared("a.B", {0, 0}, "y")}));
  CHECK(merged.releases() == std::vector<ApiRelease>{{"flink", "1.9.0"}, {"flink", "1.10.0"}, {"flink", "1.11.0"}});
  const ApiClass* b = merged.find_class("a.B");
  REQUIRE(b != nullptr);
  REQUIRE(b->forms.size() == 1);
  CHECK(b->forms.front().span == ApiSpan{0, 2});
  CHECK(b->member(ApiMember::Kind::method, "x", "()V", 0) != nullptr);
  CHECK(b->member(ApiMember::Kind::method, "x", "()V", 1) == nullptr);
  CHECK(b->member(ApiMember::Kind::method, "x", "()V", 2) != nullptr);
  CHECK(b->member(ApiMember::Kind::method, "y", "()V", 1) != nullptr);
}

TEST_CASE("A release that two indexes have is taken from the last") {
  const ApiIndex merged =
      overlay(index_of({{"flink", "1.20.1"}}, {declared("a.B", {0, 0}, "x"), declared("a.C", {0, 0}, "x")}),
              index_of({{"flink", "1.20.1"}}, {declared("a.B", {0, 0}, "vendor")}));
  CHECK(merged.releases().size() == 1);
  CHECK(merged.find_class("a.C") == nullptr);
  CHECK(merged.find_class("a.B")->members.size() == 1);
  CHECK(merged.find_class("a.B")->members.front().name == "vendor");
}

TEST_CASE("Lines stay apart, whatever order they come in") {
  const ApiIndex merged = overlay(index_of({{"java", "17"}}, {declared("java.lang.Object", {0, 0}, "x")}),
                                  index_of({{"flink", "2.0.0"}}, {declared("a.B", {0, 0}, "x")}));
  CHECK(merged.releases() == std::vector<ApiRelease>{{"flink", "2.0.0"}, {"java", "17"}});
  CHECK(merged.find_class("java.lang.Object")->forms.front().span == ApiSpan{1, 1});
}

TEST_CASE("Indexes of single releases merge to the index of them all, in any order") {
  for (unsigned seed = 0; seed < 60; ++seed) {
    INFO("seed " << seed);
    RandomClasses made(seed);
    // A member without its class is none: the records of one release cannot say it.
    for (ApiClass& one : made.classes)
      std::erase_if(one.members, [&](const ApiMember& member) {
        for (std::uint16_t ordinal = member.span.first; ordinal <= member.span.last; ++ordinal)
          if (one.form(ordinal) == nullptr)
            return true;
        return false;
      });
    std::vector<ApiIndex> layers;
    for (std::size_t i = made.releases.size(); i-- > 0;)
      layers.push_back(index_of({made.releases[i]}, at(made.classes, static_cast<std::uint16_t>(i))));
    const ApiIndex merged = ApiIndex::overlay(std::move(layers));
    REQUIRE(text_of(merged) == text_of(index_of(made.releases, made.classes)));
    REQUIRE(write_api_index(merged) == write_api_index(made.releases, made.classes));
  }
}
