#include "document/yaml_document.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <sstream>

#include "input/input_error.h"

namespace preflight {

namespace {

int line_of(const YAML::Mark& mark) {
  return mark.is_null() ? 1 : mark.line + 1;
}

// yaml-cpp gives "!" to a scalar in quotes or in a block and "?" to all else that has no tag; both are no tag of one's
// own.
std::string own_tag(const std::string& tag) {
  return tag == "!" || tag == "?" ? std::string() : tag;
}

// The names of the methods are those that yaml-cpp calls.
class YamlEvents : public YAML::EventHandler {
 public:
  explicit YamlEvents(TreeBuilder& tree) : tree_(&tree) {}

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override { tree_->end_document(); }
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    tree_->scalar({.line = line_of(mark)}, anchor);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override { tree_->alias(anchor, line_of(mark)); }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& text) override {
    tree_->scalar(
        {.kind = kind_of(tag, text), .text = text, .quoted = tag == "!", .tag = own_tag(tag), .line = line_of(mark)},
        anchor);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    tree_->begin({.kind = DocumentNode::Kind::sequence, .tag = own_tag(tag), .line = line_of(mark)}, anchor);
  }
  void OnSequenceEnd() override { tree_->end(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    tree_->begin({.kind = DocumentNode::Kind::mapping, .tag = own_tag(tag), .line = line_of(mark)}, anchor);
  }
  void OnMapEnd() override { tree_->end(); }

 private:
  static DocumentNode::Kind kind_of(const std::string& tag, const std::string& text) {
    const bool null = tag == "?" && (text == "null" || text == "Null" || text == "NULL" || text == "~");
    return null ? DocumentNode::Kind::null_ : DocumentNode::Kind::scalar;
  }

  TreeBuilder* tree_;
};

}  // namespace

void parse_yaml_documents(std::string_view text, const std::string& name, TreeBuilder& tree) {
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    YamlEvents events(tree);
    while (parser.HandleNextDocument(events)) {
    }
  } catch (const YAML::Exception& error) {
    throw InputError(InputErrorKind::not_this_format, {.path = name, .line = line_of(error.mark)},
                     fmt::format("expected YAML: {}", error.msg));
  }
}

}  // namespace preflight
