#include "api/api_index.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "api/api_index_writer.h"

using namespace preflight;

namespace {

constexpr std::uint16_t kPublic = 0x0001;
constexpr std::uint16_t kPublicStatic = 0x0009;
constexpr auto kField = ApiMember::Kind::field;
constexpr auto kMethod = ApiMember::Kind::method;

const std::vector<ApiRelease> kReleases{
    {"flink", "1.19.0"}, {"flink", "1.20.0"}, {"flink", "2.0.0"}, {"flink-connector-kafka", "3.4.0-1.20"}};

ApiIndex index_of(const std::vector<ApiClass>& classes) {
  return ApiIndex::read(write_api_index(kReleases, classes), {"test.api"});
}

ApiClassForm form(ApiSpan span, std::string_view module = "flink-core") {
  return {.span = span, .access_flags = kPublic, .super_class = "java.lang.Object", .module = module};
}

}  // namespace

TEST_CASE("An index gives back the classes and members it was made of") {
  const ApiIndex index = index_of({
      {.name = "org.apache.flink.Job",
       .forms = {{.span = {0, 2},
                  .access_flags = kPublic,
                  .super_class = "org.apache.flink.Base",
                  .interfaces = {"java.io.Serializable", "org.apache.flink.Named"},
                  .module = "flink-core",
                  .stability = ApiStability::public_api,
                  .deprecated = true}},
       .members =
           {{.kind = kMethod,
             .name = "open",
             .descriptor = "([[ILjava/util/List;J)Lorg/apache/flink/Job$State;",
             .access_flags = kPublic,
             .stability = ApiStability::internal,
             .deprecated = true,
             .span = {0, 1}},
            {.kind = kField, .name = "LIMIT", .descriptor = "[J", .access_flags = kPublicStatic, .span = {0, 2}}}},
  });

  CHECK(index.releases() == kReleases);
  const ApiClass* job = index.find_class("org.apache.flink.Job");
  REQUIRE(job != nullptr);
  CHECK(job->name == "org.apache.flink.Job");
  REQUIRE(job->forms.size() == 1);
  const ApiClassForm& form = job->forms.front();
  CHECK(form.span == ApiSpan{0, 2});
  CHECK(form.super_class == "org.apache.flink.Base");
  CHECK(form.interfaces == std::vector<std::string_view>{"java.io.Serializable", "org.apache.flink.Named"});
  CHECK(form.module == "flink-core");
  CHECK(form.stability == ApiStability::public_api);
  CHECK(form.deprecated);

  REQUIRE(job->members.size() == 2);
  const ApiMember& limit = job->members[0];
  CHECK(limit.kind == kField);
  CHECK(limit.name == "LIMIT");
  CHECK(limit.descriptor == "[J");
  CHECK(limit.access_flags == kPublicStatic);
  CHECK(limit.span == ApiSpan{0, 2});
  const ApiMember& open = job->members[1];
  CHECK(open.name == "open");
  CHECK(open.descriptor == "([[ILjava/util/List;J)Lorg/apache/flink/Job$State;");
  CHECK(open.stability == ApiStability::internal);
  CHECK(open.deprecated);
  CHECK(open.span == ApiSpan{0, 1});
}

TEST_CASE("Whether there is a class is told before its package is decoded, and behind it") {
  const ApiIndex index = index_of({{.name = "a.B", .forms = {form({0, 2})}},
                                   {.name = "a.C", .forms = {form({1, 1})}},
                                   {.name = "b.B", .forms = {form({3, 3})}}});
  for (const bool decoded : {false, true}) {
    INFO(decoded);
    CHECK((!decoded || index.find_class("a.B") != nullptr));
    for (const char* there : {"a.B", "a.C", "b.B"})
      CHECK(index.has_class(there));
    for (const char* missing : {"a.A", "a.D", "b.C", "c.B", "B", "a", ""})
      CHECK_FALSE(index.has_class(missing));
  }
}

TEST_CASE("A member is found in the releases that have it") {
  const ApiIndex index =
      index_of({{.name = "a.B",
                 .forms = {form({0, 2})},
                 .members = {{.name = "x", .descriptor = "()V", .access_flags = 1, .span = {0, 0}},
                             {.name = "x", .descriptor = "()V", .access_flags = 9, .span = {2, 2}},
                             {.name = "x", .descriptor = "()I", .access_flags = 1, .span = {1, 1}}}}});
  const ApiClass* b = index.find_class("a.B");
  REQUIRE(b != nullptr);
  CHECK(b->member(kMethod, "x", "()V", 0)->access_flags == 1);
  CHECK(b->member(kMethod, "x", "()V", 1) == nullptr);
  CHECK(b->member(kMethod, "x", "()V", 2)->access_flags == 9);
  CHECK(b->member(kMethod, "x", "()I", 1) != nullptr);
  CHECK(b->member(kField, "x", "()V", 0) == nullptr);
  CHECK(b->member(kMethod, "y", "()V", 0) == nullptr);
}

TEST_CASE("Releases are found by line and version, packages by name") {
  const ApiIndex index = index_of({{.name = "a.b.C", .forms = {form({0, 0})}}, {.name = "D", .forms = {form({3, 3})}}});
  CHECK(index.line("flink") == ApiSpan{0, 2});
  CHECK(index.line("flink-connector-kafka") == ApiSpan{3, 3});
  CHECK(index.line("java") == std::nullopt);
  CHECK(index.ordinal("flink", "2.0.0") == 2);
  CHECK(index.ordinal("flink", "3.4.0-1.20") == std::nullopt);
  CHECK(index.packages() == std::vector<std::string_view>{"", "a.b"});
  CHECK(index.has_package("a.b"));
  CHECK_FALSE(index.has_package("a"));
  CHECK(index.find_class("D") != nullptr);
  CHECK(index.find_class("a.b.D") == nullptr);
  CHECK(index.find_class("a.C") == nullptr);
}

TEST_CASE("Records of single releases are joined where nothing changed, but never across lines") {
  const auto member = [](ApiSpan span) {
    return ApiMember{.name = "run", .descriptor = "()V", .access_flags = kPublic, .span = span};
  };
  const ApiIndex index = index_of({
      {.name = "a.B", .forms = {form({1, 1})}, .members = {member({1, 1})}},
      {.name = "a.B", .forms = {form({3, 3})}, .members = {member({3, 3})}},
      {.name = "a.B", .forms = {form({2, 2})}, .members = {member({2, 2})}},
      {.name = "a.B", .forms = {form({0, 0}, "flink-java")}, .members = {member({0, 0})}},
  });
  const ApiClass* b = index.find_class("a.B");
  REQUIRE(b != nullptr);
  std::vector<ApiSpan> forms;
  for (const ApiClassForm& each : b->forms)
    forms.push_back(each.span);
  CHECK(forms == std::vector<ApiSpan>{{0, 0}, {1, 2}, {3, 3}});
  std::vector<ApiSpan> members;
  for (const ApiMember& each : b->members)
    members.push_back(each.span);
  CHECK(members == std::vector<ApiSpan>{{0, 2}, {3, 3}});
  CHECK(b->form(0)->module == "flink-java");
  CHECK(b->form(2)->module == "flink-core");
}
