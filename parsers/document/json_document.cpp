#include "document/json_document.h"

#include <fmt/format.h>
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <algorithm>

#include "input/input_error.h"

namespace preflight {

namespace {

/// Counts lines as the reader goes on, each byte once.
class Lines {
 public:
  explicit Lines(std::string_view text) : text_(text) {}
  int at(std::size_t offset) {
    const std::size_t end = std::min(offset, text_.size());
    if (end > counted_) {
      const std::string_view passed = text_.substr(counted_, end - counted_);
      line_ += static_cast<int>(std::count(passed.begin(), passed.end(), '\n'));
      counted_ = end;
    }
    return line_;
  }

 private:
  std::string_view text_;
  std::size_t counted_ = 0;
  int line_ = 1;
};

// The names of the methods are those that rapidjson calls.
class JsonEvents : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, JsonEvents> {
 public:
  JsonEvents(const rapidjson::MemoryStream& stream, std::string_view text, TreeBuilder& tree)
      : stream_(&stream), lines_(text), tree_(&tree) {}

  bool Null() { return value(DocumentNode::Kind::null_, {}, false); }
  bool Bool(bool truth) { return value(DocumentNode::Kind::scalar, truth ? "true" : "false", false); }
  bool RawNumber(const char* text, rapidjson::SizeType length, bool) {
    return value(DocumentNode::Kind::scalar, {text, length}, false);
  }
  bool String(const char* text, rapidjson::SizeType length, bool) {
    return value(DocumentNode::Kind::scalar, {text, length}, true);
  }
  bool Key(const char* text, rapidjson::SizeType length, bool copy) { return String(text, length, copy); }
  bool StartObject() { return begin(DocumentNode::Kind::mapping); }
  bool StartArray() { return begin(DocumentNode::Kind::sequence); }
  bool EndObject(rapidjson::SizeType) { return end(); }
  bool EndArray(rapidjson::SizeType) { return end(); }

 private:
  int line() { return lines_.at(stream_->Tell()); }
  bool value(DocumentNode::Kind kind, std::string_view text, bool quoted) {
    tree_->scalar({.kind = kind, .text = std::string(text), .quoted = quoted, .line = line()});
    return true;
  }
  bool begin(DocumentNode::Kind kind) {
    tree_->begin({.kind = kind, .line = line()});
    return true;
  }
  bool end() {
    tree_->end();
    return true;
  }

  const rapidjson::MemoryStream* stream_;
  Lines lines_;
  TreeBuilder* tree_;
};

}  // namespace

void parse_json_document(std::string_view text, const std::string& name, TreeBuilder& tree) {
  rapidjson::MemoryStream stream(text.data(), text.size());
  rapidjson::Reader reader;
  JsonEvents events(stream, text, tree);
  // Iterative: how deep a text nests is a matter of our limit, not of the stack.
  constexpr unsigned kFlags =
      rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag | rapidjson::kParseValidateEncodingFlag;
  const rapidjson::ParseResult result = reader.Parse<kFlags>(stream, events);
  if (result.IsError())
    throw InputError(InputErrorKind::not_this_format, {.path = name, .line = Lines(text).at(result.Offset())},
                     fmt::format("expected JSON: {}", rapidjson::GetParseError_En(result.Code())));
  tree.end_document();
}

}  // namespace preflight
