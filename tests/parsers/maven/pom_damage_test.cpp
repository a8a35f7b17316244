#include <catch2/catch.hpp>
#include <cstddef>
#include <span>
#include <string>

#include "input/input_error.h"
#include "maven/pom_document.h"
#include "parsers/maven/pom_cases.h"

using namespace preflight;
using namespace preflight::test;

namespace {

const std::string kPom =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- \xC3\xA9 -->\n" +
    child(properties("<v>1.20.0</v>") +
          managed(dependency("x", version("${v}") +
                                      "<exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId>"
                                      "</exclusion></exclusions>")) +
          dependencies(dependency("x", "<type><![CDATA[jar]]></type><optional>&#116;rue</optional>")) +
          profiles(profile("p", "<property><name>!n</name></property><jdk>11</jdk>",
                           "<modules><module>m</module></modules>")));

/// Whether the bytes are a pom; anything but a pom or an InputError fails the test.
bool is_pom(const std::string& bytes) {
  try {
    parse_pom(std::as_bytes(std::span(bytes)), "pom.xml");
    return true;
  } catch (const InputError& error) {
    CHECK_FALSE(error.expectation().empty());
    return false;
  }
}

}  // namespace

TEST_CASE("every prefix of a pom is refused") {
  REQUIRE(is_pom(kPom));
  const std::size_t end = kPom.rfind("</project>") + std::string("</project>").size();
  for (std::size_t length = 0; length < end; ++length) {
    INFO(length);
    CHECK_FALSE(is_pom(kPom.substr(0, length)));
  }
}

TEST_CASE("a pom with any byte changed is a pom or an error") {
  std::size_t refused = 0;
  for (std::size_t i = 0; i < kPom.size(); ++i) {
    for (const char replacement : {'\0', '<', '>', '&', '"', '\xFF'}) {
      std::string damaged = kPom;
      damaged[i] = replacement;
      refused += static_cast<std::size_t>(!is_pom(damaged));
    }
  }
  CHECK(refused > kPom.size());
}
