#pragma once

#include <initializer_list>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace preflight {

struct HtmlAttribute {
  std::string_view name;
  std::string value = {};
  bool present = true;  ///< For one that says something by being there, such as "open".
};

/// Writes HTML elements, closed in the right order by construction. This is the one place where text becomes HTML:
/// whatever comes in as text or as an attribute's value is shown as visible_text() and cannot end an element or an
/// attribute. Tags and attribute names are the program's own.
class HtmlWriter {
 public:
  explicit HtmlWriter(std::ostream& out) : out_(out) {}

  /// An open element; the end of its life is the end tag.
  class [[nodiscard]] Element {
   public:
    ~Element() { html_.close(tag_); }
    Element(const Element&) = delete;
    Element& operator=(const Element&) = delete;

   private:
    friend class HtmlWriter;
    Element(HtmlWriter& html, std::string_view tag) : html_(html), tag_(tag) {}
    HtmlWriter& html_;
    std::string_view tag_;
  };

  /// Starts an element on a line of its own.
  Element open(std::string_view tag, std::initializer_list<HtmlAttribute> attributes = {});
  /// A whole element on a line of its own.
  void block(std::string_view tag, std::string_view text, std::initializer_list<HtmlAttribute> attributes = {});
  /// A whole element within a line: no white space is added around it.
  void inline_element(std::string_view tag, std::string_view text,
                      std::initializer_list<HtmlAttribute> attributes = {});
  /// An element that has no content and no end tag.
  void void_element(std::string_view tag, std::initializer_list<HtmlAttribute> attributes);
  void text(std::string_view text);

  /// A name from an input (class, uid, path): in a fixed-width font, and kept from changing the direction of the text
  /// around it. A line may be broken after each character of `breaks`, and elsewhere only where the name alone is wider
  /// than the line.
  void name(std::string_view text, std::string_view breaks = {});
  /// A source: a link where it is a web address or a Flink ticket, otherwise its text. No other scheme becomes a link.
  void source(const std::string& source);

  /// A style sheet and a script of the program's own, as they are.
  void style_sheet(std::string_view css);
  void script(std::string_view code);

 private:
  void start_line();
  void start_tag(std::string_view tag, std::initializer_list<HtmlAttribute> attributes);
  void close(std::string_view tag);

  std::ostream& out_;
  int depth_ = 0;
};

/// `text` for an element's content or a quoted attribute's value.
std::string html_escaped(std::string_view text);

}  // namespace preflight
