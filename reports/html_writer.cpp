#include "html_writer.h"

#include <algorithm>
#include <ostream>

#include "unicode_text.h"

namespace preflight {
namespace {

/// The web page of a source; empty where it has none.
std::string address_of(const std::string& source) {
  if (source.starts_with("https://") || source.starts_with("http://"))
    return source;
  constexpr std::string_view kTicket = "FLINK-";
  const std::string_view number = std::string_view(source).substr(std::min(source.size(), kTicket.size()));
  const bool is_ticket = source.starts_with(kTicket) && !number.empty() &&
                         number.find_first_not_of("0123456789") == std::string_view::npos;
  return is_ticket ? "https://issues.apache.org/jira/browse/" + source : "";
}

}  // namespace

std::string html_escaped(std::string_view text) {
  std::string result;
  for (const char c : visible_text(text)) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\'':
        result += "&#39;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

HtmlWriter::Element HtmlWriter::open(std::string_view tag, std::initializer_list<HtmlAttribute> attributes) {
  start_line();
  start_tag(tag, attributes);
  ++depth_;
  return {*this, tag};
}

void HtmlWriter::block(std::string_view tag, std::string_view text, std::initializer_list<HtmlAttribute> attributes) {
  start_line();
  inline_element(tag, text, attributes);
}

void HtmlWriter::inline_element(std::string_view tag, std::string_view text,
                                std::initializer_list<HtmlAttribute> attributes) {
  start_tag(tag, attributes);
  this->text(text);
  out_ << "</" << tag << '>';
}

void HtmlWriter::void_element(std::string_view tag, std::initializer_list<HtmlAttribute> attributes) {
  start_line();
  start_tag(tag, attributes);
}

void HtmlWriter::text(std::string_view text) {
  out_ << html_escaped(text);
}

void HtmlWriter::name(std::string_view text, std::string_view breaks) {
  start_tag("bdi", {{"class", "name"}});
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(breaks), text.size() - 1) + 1;
    this->text(text.substr(0, end));
    text.remove_prefix(end);
    if (!text.empty())
      out_ << "<wbr>";
  }
  out_ << "</bdi>";
}

void HtmlWriter::source(const std::string& source) {
  if (const std::string address = address_of(source); !address.empty())
    inline_element("a", source, {{"href", address}, {"rel", "noopener noreferrer"}});
  else
    text(source);
}

void HtmlWriter::style_sheet(std::string_view css) {
  start_line();
  out_ << "<style>\n" << css << "</style>";
}

void HtmlWriter::script(std::string_view code) {
  start_line();
  out_ << "<script>" << code << "</script>";
}

void HtmlWriter::start_line() {
  out_ << '\n' << std::string(static_cast<std::size_t>(depth_) * 2, ' ');
}

void HtmlWriter::start_tag(std::string_view tag, std::initializer_list<HtmlAttribute> attributes) {
  out_ << '<' << tag;
  for (const HtmlAttribute& attribute : attributes)
    if (attribute.present)
      out_ << ' ' << attribute.name << "=\"" << html_escaped(attribute.value) << '"';
  out_ << '>';
}

void HtmlWriter::close(std::string_view tag) {
  --depth_;
  start_line();
  out_ << "</" << tag << '>';
}

}  // namespace preflight
