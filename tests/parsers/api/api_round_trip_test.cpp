#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "api/api_index_writer.h"
#include "parsers/api/api_text.h"
#include "parsers/api/random_classes.h"

using namespace preflight;
using preflight::test::RandomClasses;
using preflight::test::text_of;

namespace {

constexpr unsigned kSeeds = 300;

/// One record for each release.
template <class Record>
std::vector<Record> release_by_release(const std::vector<Record>& records) {
  std::vector<Record> result;
  for (const Record& record : records)
    for (std::uint16_t ordinal = record.span.first; ordinal <= record.span.last; ++ordinal) {
      result.push_back(record);
      result.back().span = {ordinal, ordinal};
    }
  return result;
}

bool same(const ApiClassForm* a, const ApiClassForm& b) {
  return a != nullptr && a->access_flags == b.access_flags && a->super_class == b.super_class &&
         a->interfaces == b.interfaces && a->module == b.module && a->stability == b.stability &&
         a->deprecated == b.deprecated;
}

bool same(const ApiMember* a, const ApiMember& b) {
  return a != nullptr && a->access_flags == b.access_flags && a->stability == b.stability &&
         a->deprecated == b.deprecated;
}

}  // namespace

TEST_CASE("What is written is read back, release by release") {
  for (unsigned seed = 0; seed < kSeeds; ++seed) {
    INFO("seed " << seed);
    const RandomClasses made(seed);
    const ApiIndex index = ApiIndex::read(write_api_index(made.releases, made.classes), {"random.api"});
    REQUIRE(index.releases() == made.releases);
    std::size_t found = 0;
    for (const std::string_view package : index.packages())
      found += index.classes_of(package).size();
    REQUIRE(found == made.classes.size());
    for (const ApiClass& expected : made.classes) {
      const ApiClass* declared = index.find_class(expected.name);
      REQUIRE(declared != nullptr);
      const auto forms = release_by_release(expected.forms);
      REQUIRE(release_by_release(declared->forms).size() == forms.size());
      REQUIRE(std::ranges::all_of(
          forms, [&](const ApiClassForm& form) { return same(declared->form(form.span.first), form); }));
      const auto members = release_by_release(expected.members);
      REQUIRE(release_by_release(declared->members).size() == members.size());
      REQUIRE(std::ranges::all_of(members, [&](const ApiMember& member) {
        return same(declared->member(member.kind, member.name, member.descriptor, member.span.first), member);
      }));
    }
  }
}

TEST_CASE("The order and the cut of the records do not change a byte") {
  for (unsigned seed = 0; seed < kSeeds; ++seed) {
    INFO("seed " << seed);
    const RandomClasses made(seed);
    std::vector<ApiClass> cut;
    for (const ApiClass& declared : made.classes) {
      for (const ApiClassForm& form : release_by_release(declared.forms))
        cut.push_back({.name = declared.name, .forms = {form}});
      for (const ApiMember& member : release_by_release(declared.members))
        cut.push_back({.name = declared.name, .members = {member}});
    }
    std::ranges::shuffle(cut, std::mt19937(seed));
    REQUIRE(write_api_index(made.releases, cut) == write_api_index(made.releases, made.classes));
  }
}

TEST_CASE("An index that is written again is the same file") {
  const RandomClasses made(7);
  const std::vector<std::byte> bytes = write_api_index(made.releases, made.classes);
  CHECK(write_api_index(ApiIndex::read(bytes, {"random.api"})) == bytes);
}

TEST_CASE("Packages that fill many blocks are all found") {
  std::deque<std::string> names;
  std::vector<ApiClass> classes;
  const ApiMember run{.name = "run", .descriptor = "()V", .access_flags = 1};
  for (int package = 0; package < 60; ++package)
    for (int i = 0; i < 200; ++i)
      classes.push_back({.name = names.emplace_back(fmt::format("p{}.C{}", package, i)),
                         .forms = {{.super_class = "java.lang.Object", .module = "m"}},
                         .members = {run}});
  const ApiIndex index =
      ApiIndex::read(write_api_index(std::vector<ApiRelease>{{"flink", "1"}}, classes), {"many.api"});
  CHECK(index.packages().size() == 60);
  for (const std::string& name : names) {
    const ApiClass* found = index.find_class(name);
    REQUIRE(found != nullptr);
    REQUIRE(found->name == name);
    REQUIRE(found->members.size() == 1);
  }
}
