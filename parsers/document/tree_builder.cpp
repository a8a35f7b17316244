#include "document/tree_builder.h"

#include <fmt/format.h>

#include <algorithm>

#include "input/input_error.h"

namespace preflight {

void TreeBuilder::scalar(DocumentNode node, std::size_t anchor) {
  charge(node.text.size() + node.tag.size(), node.line);
  remember(node, anchor);
  add(std::move(node));
}

void TreeBuilder::begin(DocumentNode node, std::size_t anchor) {
  if (open_.size() >= limits_.depth)
    throw InputError(InputErrorKind::over_limit, {.path = name_, .line = node.line},
                     fmt::format("expected at most {} collections within each other", limits_.depth));
  charge(node.tag.size(), node.line);
  open_.push_back({.node = std::move(node), .anchor = anchor});
}

void TreeBuilder::end() {
  Open done = std::move(open_.back());
  open_.pop_back();
  if (done.node.is_mapping())
    refuse_double_keys(done.node);
  remember(done.node, done.anchor);
  add(std::move(done.node));
}

void TreeBuilder::alias(std::size_t anchor, int line) {
  const auto known = anchors_.find(anchor);
  if (known == anchors_.end())
    throw InputError(InputErrorKind::corrupt, {.path = name_, .line = line},
                     "expected an alias of a node that is complete, found one within its own node");
  charge_copy(known->second, open_.size(), line);
  DocumentNode copy = known->second;
  copy.line = line;
  add(std::move(copy));
}

void TreeBuilder::end_document() {
  anchors_.clear();
}

void TreeBuilder::add(DocumentNode node) {
  if (open_.empty()) {
    documents_.push_back(std::move(node));
    return;
  }
  Open& parent = open_.back();
  if (parent.node.is_sequence()) {
    parent.node.items.push_back(std::move(node));
  } else if (parent.has_key) {
    parent.node.entries.push_back({std::move(parent.key), parent.key_line, std::move(node)});
    parent.has_key = false;
  } else if (node.is_sequence() || node.is_mapping()) {
    throw InputError(InputErrorKind::corrupt, {.path = name_, .line = node.line},
                     "expected a plain text as key, found a collection");
  } else {
    parent.key = std::move(node.text);
    parent.key_line = node.line;
    parent.has_key = true;
  }
}

void TreeBuilder::remember(const DocumentNode& node, std::size_t anchor) {
  if (anchor == 0)
    return;
  charge_copy(node, open_.size(), node.line);
  anchors_[anchor] = node;
}

void TreeBuilder::charge(std::size_t text_bytes, int line) {
  ++nodes_;
  text_bytes_ += text_bytes;
  if (nodes_ > limits_.nodes)
    throw InputError(InputErrorKind::over_limit, {.path = name_, .line = line},
                     fmt::format("expected at most {} values, aliases resolved", limits_.nodes));
  if (text_bytes_ > limits_.text_bytes)
    throw InputError(InputErrorKind::over_limit, {.path = name_, .line = line},
                     fmt::format("expected at most {} bytes of text, aliases resolved", limits_.text_bytes));
}

void TreeBuilder::charge_copy(const DocumentNode& node, std::size_t depth, int line) {
  if (depth > limits_.depth)
    throw InputError(InputErrorKind::over_limit, {.path = name_, .line = line},
                     fmt::format("expected at most {} collections within each other", limits_.depth));
  charge(node.text.size() + node.tag.size(), line);
  for (const DocumentNode& item : node.items)
    charge_copy(item, depth + 1, line);
  for (const DocumentEntry& entry : node.entries) {
    charge(entry.key.size(), line);
    charge_copy(entry.value, depth + 1, line);
  }
}

void TreeBuilder::refuse_double_keys(const DocumentNode& mapping) const {
  std::vector<const DocumentEntry*> entries;
  for (const DocumentEntry& entry : mapping.entries)
    entries.push_back(&entry);
  std::stable_sort(entries.begin(), entries.end(),
                   [](const DocumentEntry* left, const DocumentEntry* right) { return left->key < right->key; });
  const auto twice =
      std::adjacent_find(entries.begin(), entries.end(),
                         [](const DocumentEntry* left, const DocumentEntry* right) { return left->key == right->key; });
  if (twice != entries.end())
    throw InputError(InputErrorKind::corrupt, {.path = name_, .line = (*std::next(twice))->line},
                     fmt::format("expected each key once, \"{}\" is in line {} too", (*twice)->key, (*twice)->line));
}

}  // namespace preflight
