#include <algorithm>
#include <catch2/catch.hpp>
#include <sstream>

#include "golden.h"
#include "html_writer.h"
#include "input/digest.h"
#include "rendered.h"
#include "rule.h"
#include "sample_decided_report.h"
#include "sample_reports.h"

namespace preflight {
namespace {

std::string body_of(const std::string& html) {
  return html.substr(html.find("<body>"));
}

/// As a Content-Security-Policy writes a digest.
std::string base64_of_hex(const std::string& hex) {
  std::string bytes;
  for (std::size_t i = 0; i < hex.size(); i += 2)
    bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  constexpr const char* kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const auto byte = [&](std::size_t at) { return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U; };
    const unsigned three = byte(i) << 16U | byte(i + 1) << 8U | byte(i + 2);
    for (unsigned n = 0; n < 4; ++n)
      text += i + n <= bytes.size() ? kDigits[three >> (18 - 6 * n) & 63U] : '=';
  }
  return text;
}

}  // namespace

TEST_CASE("the HTML report") {
  const SampleReport& sample = GENERATE(from_range(sample_reports()));
  DYNAMIC_SECTION(sample.name) {
    check_golden(sample.name + ".html", html_of(sample.report));
  }
}

TEST_CASE("HTML escaping") {
  struct Row {
    const char* name;
    std::string text;
    const char* escaped;
  };
  const auto row = GENERATE(values<Row>({
      {"plain", "com.example.Order$Item", "com.example.Order$Item"},
      {"markup", "<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"},
      {"an entity", "&amp;", "&amp;amp;"},
      {"quotes", "\"a\" 'b'", "&quot;a&quot; &#39;b&#39;"},
      {"controls", std::string("a\0b\n", 4), "a\\x00b\\x0A"},
      {"override", "\xE2\x80\xAE", "\\u202E"},
      {"not UTF-8", "\xC0\xBC", "\\xC0\\xBC"},
  }));
  DYNAMIC_SECTION(row.name) {
    CHECK(html_escaped(row.text) == row.escaped);
  }
}

TEST_CASE("elements are closed in order and indented") {
  std::ostringstream out;
  {
    HtmlWriter html(out);
    const auto section = html.open("section", {{"class", "a\"b"}});
    html.block("p", "x < y");
    const auto line = html.open("p");
    html.text("see ");
    html.name("A<B>");
  }
  CHECK(out.str() ==
        "\n<section class=\"a&quot;b\">\n  <p>x &lt; y</p>\n  <p>see <bdi class=\"name\">A&lt;B&gt;</bdi>\n  "
        "</p>\n</section>");
}

TEST_CASE("a long name may be broken where the writer says so") {
  const auto named = [](std::string_view name, std::string_view breaks) {
    std::ostringstream out;
    HtmlWriter(out).name(name, breaks);
    return out.str();
  };
  CHECK(named("A[b]{c}", "[{") == "<bdi class=\"name\">A[<wbr>b]{<wbr>c}</bdi>");
  CHECK(named("a<b<", "<") == "<bdi class=\"name\">a&lt;<wbr>b&lt;</bdi>");
  CHECK(named("plain", "[{") == "<bdi class=\"name\">plain</bdi>");
  CHECK(named("", "[{") == "<bdi class=\"name\"></bdi>");
}

TEST_CASE("only web addresses and Flink tickets become links") {
  struct Row {
    const char* source;
    const char* html;
  };
  const auto row = GENERATE(values<Row>({
      {"https://flink.apache.org/",
       "<a href=\"https://flink.apache.org/\" rel=\"noopener noreferrer\">https://flink.apache.org/</a>"},
      {"FLINK-3154",
       "<a href=\"https://issues.apache.org/jira/browse/FLINK-3154\" rel=\"noopener noreferrer\">FLINK-3154</a>"},
      {"FLINK-", "FLINK-"},
      {"FLINK-1\"", "FLINK-1&quot;"},
      {"FLIP-458", "FLIP-458"},
      {"javascript:alert(1)", "javascript:alert(1)"},
      {"rules/table/releases.json", "rules/table/releases.json"},
  }));
  DYNAMIC_SECTION(row.source) {
    std::ostringstream out;
    HtmlWriter(out).source(row.source);
    CHECK(out.str() == row.html);
  }
}

TEST_CASE("the HTML report loads nothing and runs nothing but its own script") {
  for (const SampleReport& sample : sample_reports()) {
    INFO(sample.name);
    const std::string html = html_of(sample.report);
    CHECK_THAT(html, Catch::Contains("content=\"default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;;"));
    for (const char* forbidden : {"<img", "<iframe", "<link", "@import", "url(", "onclick"})
      CHECK_THAT(html, !Catch::Contains(forbidden));
    const std::size_t script = html.find("<script>");
    REQUIRE(script != std::string::npos);
    CHECK(html.find("<script", script + 1) == std::string::npos);
    // Whatever is within the page's data, the policy names this text alone.
    const std::size_t begin = script + std::string("<script>").size();
    const std::string code = html.substr(begin, html.find("</script>") - begin);
    CHECK_THAT(html, Catch::Contains("script-src &#39;sha256-" + base64_of_hex(sha256_of_text(code)) + "&#39;;"));
  }
}

TEST_CASE("waived findings stand apart, and what is gone and the plan are shown") {
  const std::string html = html_of(decided_report());
  check_golden("decided.html", html);
  const std::size_t waived = html.find("<section id=\"waived\"");
  REQUIRE(waived != std::string::npos);
  CHECK(html.find("<article id=\"finding-6\"") < waived);
  CHECK(html.find("<article id=\"finding-7\"") > waived);
  CHECK_THAT(html.substr(waived), Catch::Contains("waived until 2027-01-31 by M. Maier"));
  CHECK_THAT(html, Catch::Contains("new since the baseline"));
  CHECK_THAT(html, Catch::Contains("log4j:log4j 1.2.17 is past its end of support"));
  CHECK_THAT(html, Catch::Contains("<section id=\"plan\""));
  CHECK_THAT(html, Catch::Contains("What to do about these 2:"));
}

TEST_CASE("without waivers or baseline or plan their sections are left out") {
  const std::string html = html_of(blocked_report());
  for (const char* section : {"id=\"waived\"", "id=\"fixed\"", "id=\"plan\"", "href=\"#waived\""})
    CHECK_THAT(html, !Catch::Contains(section));
}

TEST_CASE("a large report stays of a size that a browser takes") {
  CHECK(html_of(large_report()).size() < std::size_t{24} << 20U);
}

TEST_CASE("hostile names stay text in the HTML report") {
  const std::string body = body_of(html_of(hostile_report()));
  CHECK_THAT(body, Catch::Contains("com.example.&lt;script&gt;alert(1)&lt;/script&gt;"));
  CHECK_THAT(body, Catch::Contains("app.jar!<wbr>&quot;&gt;&lt;img src=x onerror=alert(3)&gt;.class"));
  CHECK_THAT(body, Catch::Contains("invoice\\u202Efdp.exe\\u202C"));
  CHECK_THAT(body, Catch::Contains("href=\"https://example.org/?a=&quot;&gt;&lt;script&gt;alert(2)&lt;/script&gt;\""));
  CHECK_THAT(body, !Catch::Contains("href=\"javascript"));
  CHECK(std::ranges::none_of(body, [](unsigned char c) { return c < 0x20 && c != '\n'; }));
}

TEST_CASE("a skipped rule is told by its title where it is known") {
  Report report = blocked_report();
  const Rule& rule = all_rules().front();
  report.assessment.skipped = {{rule.id, "no reason"}};
  CHECK_THAT(html_of(report), Catch::Contains(html_escaped(rule.title)));
}

}  // namespace preflight
