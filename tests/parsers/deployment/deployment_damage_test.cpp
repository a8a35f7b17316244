// Every fixture cut short and with bytes changed: an answer or an InputError.
#include <catch2/catch.hpp>
#include <filesystem>
#include <random>

#include "fixture_paths.h"
#include "shown_deployment.h"

using preflight::test::deployment_fixture;
using preflight::test::shown;

namespace {

std::vector<std::string> fixture_names() {
  std::vector<std::string> names;
  for (const auto& file : std::filesystem::directory_iterator(preflight::test::fixtures() / "deployments"))
    if (file.is_regular_file())
      names.push_back(file.path().filename());
  return names;
}

}  // namespace

TEST_CASE("A deployment that is cut short anywhere") {
  for (const std::string& name : fixture_names()) {
    const std::string text = deployment_fixture(name);
    for (std::size_t length = 0; length < text.size(); length += 7)
      CHECK_FALSE(shown(text.substr(0, length), name).empty());
  }
}

TEST_CASE("A deployment with bytes that were changed") {
  std::mt19937 random(20261129);
  for (const std::string& name : fixture_names()) {
    const std::string text = deployment_fixture(name);
    for (int i = 0; i < 200; ++i) {
      std::string changed = text;
      for (int k = 0; k < 3; ++k)
        changed[random() % changed.size()] = std::string("{}[]\"':=\\\n $%<#\xFF\x00", 18)[random() % 18];
      CHECK_FALSE(shown(changed, name).empty());
    }
  }
}
