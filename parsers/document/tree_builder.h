#pragma once

#include <map>
#include <string>
#include <vector>

#include "document/document.h"

namespace preflight {

/// Puts a tree together from the events of a reader, and holds it to the limits before it grows.
class TreeBuilder {
 public:
  TreeBuilder(std::string name, const DocumentLimits& limits) : name_(std::move(name)), limits_(limits) {}

  /// `anchor` is the number under which an alias refers to the node, 0 where none does.
  void scalar(DocumentNode node, std::size_t anchor = 0);
  void begin(DocumentNode node, std::size_t anchor = 0);
  void end();
  void alias(std::size_t anchor, int line);
  void end_document();

  std::vector<DocumentNode> take() { return std::move(documents_); }

 private:
  struct Open {
    DocumentNode node;
    std::size_t anchor = 0;
    bool has_key = false;
    std::string key = {};
    int key_line = 0;
  };

  void add(DocumentNode node);
  void remember(const DocumentNode& node, std::size_t anchor);
  void charge(std::size_t text_bytes, int line);
  /// Charges what a copy of `node` costs, and checks its depth, before it is made.
  void charge_copy(const DocumentNode& node, std::size_t depth, int line);
  void refuse_double_keys(const DocumentNode& mapping) const;

  std::string name_;
  DocumentLimits limits_;
  std::size_t nodes_ = 0;
  std::size_t text_bytes_ = 0;
  std::vector<Open> open_;
  std::map<std::size_t, DocumentNode> anchors_;
  std::vector<DocumentNode> documents_;
};

}  // namespace preflight
