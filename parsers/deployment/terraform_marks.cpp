#include "deployment/terraform_marks.h"

#include <algorithm>
#include <map>
#include <string>

#include "deployment/setting_reader.h"

namespace preflight {
namespace {

// Documents nest no deeper than DocumentLimits::depth, so all of these may recurse.

bool is_true(const DocumentNode& mark) {
  return mark.is_scalar() && !mark.quoted && mark.text == "true";
}

/// Whether any part of a tree of marks is `true`.
bool marks_any(const DocumentNode& marks) {
  return is_true(marks) || std::ranges::any_of(marks.items, marks_any) ||
         std::ranges::any_of(marks.entries, [](const DocumentEntry& entry) { return marks_any(entry.value); });
}

void hide(DocumentNode& node) {
  if (node.is_scalar())
    node.tag = kSecretTag;
  for (DocumentNode& item : node.items)
    hide(item);
  for (DocumentEntry& entry : node.entries)
    hide(entry.value);
}

/// Where each key of a mapping stands among its entries.
std::map<std::string, std::size_t> places_of_keys(const DocumentNode& mapping) {
  std::map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < mapping.entries.size(); ++i)
    places.emplace(mapping.entries[i].key, i);
  return places;
}

}  // namespace

void mark_secrets(DocumentNode& values, const DocumentNode& sensitive) {
  if (is_true(sensitive)) {
    hide(values);
    return;
  }
  const auto places = places_of_keys(values);
  for (const DocumentEntry& mark : sensitive.entries)
    if (const auto place = places.find(mark.key); place != places.end())
      mark_secrets(values.entries[place->second].value, mark.value);
  for (std::size_t i = 0; i < std::min(sensitive.items.size(), values.items.size()); ++i)
    mark_secrets(values.items[i], sensitive.items[i]);
}

void mark_unknowns(DocumentNode& values, const DocumentNode& unknown) {
  if (is_true(unknown)) {
    values = unresolved_node("Terraform knows it only after apply", unknown.line);
    return;
  }
  if (!marks_any(unknown))
    return;
  if (values.kind == DocumentNode::Kind::null_)
    values.kind = unknown.kind;
  const auto places = places_of_keys(values);
  for (const DocumentEntry& mark : unknown.entries) {
    const auto place = places.find(mark.key);
    if (place != places.end()) {
      mark_unknowns(values.entries[place->second].value, mark.value);
    } else if (marks_any(mark.value)) {
      DocumentEntry& added = values.entries.emplace_back(DocumentEntry{mark.key, mark.line, {.line = mark.line}});
      mark_unknowns(added.value, mark.value);
    }
  }
  for (std::size_t i = 0; i < unknown.items.size(); ++i) {
    if (i == values.items.size())
      values.items.push_back({.line = unknown.items[i].line});
    mark_unknowns(values.items[i], unknown.items[i]);
  }
}

void mark_templates(DocumentNode& node) {
  if (node.is_scalar() && (node.text.find("${") != std::string::npos || node.text.find("%{") != std::string::npos))
    node = unresolved_node(node.text, node.line);
  for (DocumentNode& item : node.items)
    mark_templates(item);
  for (DocumentEntry& entry : node.entries)
    mark_templates(entry.value);
}

}  // namespace preflight
