#include "maven/pom_document.h"

#include <fmt/format.h>
#include <tinyxml2.h>

#include <string_view>
#include <utility>

#include "input/input_error.h"
#include "maven/xml_text.h"

namespace preflight {
namespace {

using tinyxml2::XMLElement;

const std::string kWhat = "a pom.xml";

/// java.lang.String#trim, which Maven applies to element text: everything up to the space goes.
std::string trimmed(std::string_view text) {
  const auto is_trimmed = [](char c) { return static_cast<unsigned char>(c) <= ' '; };
  while (!text.empty() && is_trimmed(text.front()))
    text.remove_prefix(1);
  while (!text.empty() && is_trimmed(text.back()))
    text.remove_suffix(1);
  return std::string(text);
}

/// The XML parser's error in words. Its detail names the element, as "XMLElement name=version".
std::pair<InputErrorKind, std::string> explain(const tinyxml2::XMLDocument& xml) {
  const std::string_view detail = xml.ErrorStr();
  constexpr std::string_view kName = "XMLElement name=";
  const auto at = detail.find(kName);
  const std::string name(at == std::string_view::npos ? "" : detail.substr(at + kName.size()));
  switch (xml.ErrorID()) {
    case tinyxml2::XML_ELEMENT_DEPTH_EXCEEDED:
      return {InputErrorKind::over_limit,
              fmt::format("expected elements nested at most {} deep, found deeper", TINYXML2_MAX_ELEMENT_DEPTH)};
    case tinyxml2::XML_ERROR_MISMATCHED_ELEMENT:
      return {InputErrorKind::corrupt,
              fmt::format("expected </{0}> to close the <{0}> of this line, found none", name)};
    case tinyxml2::XML_ERROR_PARSING_ELEMENT:
      return {InputErrorKind::corrupt, fmt::format("expected > to end the tag <{}, found none", name)};
    case tinyxml2::XML_ERROR_PARSING_ATTRIBUTE:
      return {InputErrorKind::corrupt,
              fmt::format("expected name=\"value\" in the tag <{}>, found something else", name)};
    case tinyxml2::XML_ERROR_PARSING_COMMENT:
      return {InputErrorKind::corrupt, "expected --> to end the comment, found none"};
    case tinyxml2::XML_ERROR_PARSING_CDATA:
      return {InputErrorKind::corrupt, "expected ]]> to end the CDATA section, found none"};
    case tinyxml2::XML_ERROR_PARSING_DECLARATION:
      return {InputErrorKind::corrupt,
              "expected the XML declaration first and ended by ?>, found it elsewhere or open"};
    default:
      return {InputErrorKind::corrupt, "expected an element, found text outside of any"};
  }
}

/// What Maven's parser refuses and tinyxml2 keeps: a <!…> that is no comment, anywhere in the document.
class MarkupCheck : public tinyxml2::XMLVisitor {
 public:
  explicit MarkupCheck(const std::filesystem::path& path) : path_(path) {}
  bool Visit(const tinyxml2::XMLUnknown& markup) override {
    throw InputError(InputErrorKind::corrupt, {.path = path_.string(), .line = markup.GetLineNum()},
                     fmt::format("expected elements and text, found <!{}>", markup.Value()));
  }

 private:
  const std::filesystem::path& path_;
};

/// Reads the elements of one document into the structs of pom_document.h.
class PomElements {
 public:
  explicit PomElements(const std::filesystem::path& path) : path_(path) {}

  PomDocument project(const XMLElement& element) const {
    PomDocument document;
    document.path = path_;
    if (const XMLElement* reference = only_child(element, "parent"))
      document.parent = parent(*reference);
    document.group = value(element, "groupId");
    document.artifact = value(element, "artifactId");
    document.version = value(element, "version");
    document.name = text(element, "name");
    if (const std::string packaging = text(element, "packaging"); !packaging.empty())
      document.packaging = packaging;
    document.section = section(element);
    for_each_child(element, "profiles", "profile",
                   [&](const XMLElement& child) { document.profiles.push_back(profile(child)); });
    const XMLElement* distribution = only_child(element, "distributionManagement");
    if (const XMLElement* moved = distribution ? only_child(*distribution, "relocation") : nullptr)
      document.relocation = {text(*moved, "groupId"), text(*moved, "artifactId"), text(*moved, "version")};
    return document;
  }

 private:
  [[noreturn]] void fail(const XMLElement& element, const std::string& expectation) const {
    throw InputError(InputErrorKind::corrupt, {.path = path_.string(), .line = element.GetLineNum()}, expectation);
  }

  PomPlace place(const XMLElement& element) const { return {path_, element.GetLineNum()}; }

  /// The child of that name, or none. Two are an error, as in Maven: to read one of them would hide the other.
  const XMLElement* only_child(const XMLElement& parent, const char* name) const {
    const XMLElement* child = parent.FirstChildElement(name);
    if (const XMLElement* second = child ? child->NextSiblingElement(name) : nullptr)
      fail(*second, fmt::format("expected one <{0}> in <{1}>, found a second", name, parent.Name()));
    return child;
  }

  template <typename Visit>
  void for_each_child(const XMLElement& parent, const char* list, const char* name, const Visit& visit) const {
    const XMLElement* const all = only_child(parent, list);
    for (const auto* child = all ? all->FirstChildElement(name) : nullptr; child;
         child = child->NextSiblingElement(name))
      visit(*child);
  }

  /// Text of an element: all of it, around comments and in CDATA sections.
  static std::string text_of(const XMLElement& element) {
    std::string text;
    for (const auto* node = element.FirstChild(); node; node = node->NextSibling()) {
      if (const tinyxml2::XMLText* part = node->ToText())
        text += part->Value();
    }
    return trimmed(text);
  }

  std::string text(const XMLElement& parent, const char* name) const { return value(parent, name).text; }

  PomValue value(const XMLElement& parent, const char* name) const {
    const XMLElement* child = only_child(parent, name);
    return child ? PomValue{text_of(*child), place(*child)} : PomValue{};
  }

  ParentReference parent(const XMLElement& element) const {
    const PomValue version = value(element, "version");
    ParentReference reference;
    reference.coordinates = {text(element, "groupId"), text(element, "artifactId"), version.text};
    if (const XMLElement* relative = only_child(element, "relativePath"))
      reference.relative_path = text_of(*relative);
    reference.place = place(element);
    reference.version_place = version.place;
    if (reference.coordinates.group.empty() || reference.coordinates.artifact.empty() || version.text.empty())
      fail(element,
           "expected <groupId>, <artifactId> and <version> in <parent>, found " + reference.coordinates.text());
    return reference;
  }

  PomSection section(const XMLElement& element) const {
    PomSection section;
    if (const XMLElement* properties = only_child(element, "properties")) {
      for (const auto* child = properties->FirstChildElement(); child; child = child->NextSiblingElement())
        section.properties[child->Name()] = {text_of(*child), place(*child)};
    }
    for_each_child(element, "dependencies", "dependency",
                   [&](const XMLElement& child) { section.dependencies.push_back(dependency(child)); });
    if (const XMLElement* management = only_child(element, "dependencyManagement"))
      for_each_child(*management, "dependencies", "dependency",
                     [&](const XMLElement& child) { section.managed.push_back(dependency(child)); });
    for_each_child(element, "modules", "module",
                   [&](const XMLElement& child) { section.modules.push_back(text_of(child)); });
    return section;
  }

  DeclaredDependency dependency(const XMLElement& element) const {
    DeclaredDependency dependency;
    const PomValue group = value(element, "groupId");
    const PomValue artifact = value(element, "artifactId");
    dependency.group = group.text;
    dependency.group_place = group.place;
    dependency.artifact = artifact.text;
    dependency.artifact_place = artifact.place;
    if (dependency.group.empty() || dependency.artifact.empty())
      fail(element, fmt::format("expected <groupId> and <artifactId> in <dependency>, found {}:{}", dependency.group,
                                dependency.artifact));
    dependency.version = value(element, "version");
    if (const std::string type = text(element, "type"); !type.empty())
      dependency.type = type;
    dependency.classifier = text(element, "classifier");
    dependency.scope = text(element, "scope");
    dependency.optional = text(element, "optional");
    for_each_child(element, "exclusions", "exclusion", [&](const XMLElement& child) {
      dependency.exclusions.push_back({text(child, "groupId"), text(child, "artifactId"), ""});
    });
    dependency.place = place(element);
    dependency.key = management_key(dependency.group, dependency.artifact, dependency.type, dependency.classifier);
    return dependency;
  }

  PomProfile profile(const XMLElement& element) const {
    PomProfile profile;
    if (const std::string id = text(element, "id"); !id.empty())
      profile.id = id;
    if (const XMLElement* conditions = only_child(element, "activation"))
      profile.activation = activation(*conditions);
    profile.section = section(element);
    profile.place = place(element);
    return profile;
  }

  ProfileActivation activation(const XMLElement& element) const {
    ProfileActivation activation;
    activation.active_by_default = text(element, "activeByDefault") == "true";
    if (const XMLElement* property = only_child(element, "property"))
      activation.property = {text(*property, "name"), text(*property, "value")};
    if (const XMLElement* jdk = only_child(element, "jdk"))
      activation.jdk = text_of(*jdk);
    if (const XMLElement* os = only_child(element, "os"))
      activation.os = {text(*os, "name"), text(*os, "family"), text(*os, "arch"), text(*os, "version")};
    if (const XMLElement* file = only_child(element, "file"))
      activation.file = {text(*file, "exists"), text(*file, "missing")};
    return activation;
  }

  const std::filesystem::path& path_;
};

}  // namespace

std::string management_key(const std::string& group, const std::string& artifact, const std::string& type,
                           const std::string& classifier) {
  const std::string key = group + ":" + artifact + ":" + type;
  return classifier.empty() ? key : key + ":" + classifier;
}

PomDocument parse_pom(std::span<const std::byte> bytes, const std::filesystem::path& path) {
  const std::string text = xml_text(bytes, {.path = path.string()}, kWhat);
  tinyxml2::XMLDocument xml;
  if (xml.Parse(text.data(), text.size()) != tinyxml2::XML_SUCCESS) {
    const auto [kind, expectation] = explain(xml);
    throw InputError(kind, {.path = path.string(), .line = xml.ErrorLineNum()}, expectation);
  }
  MarkupCheck check(path);
  xml.Accept(&check);

  const XMLElement* root = xml.RootElement();
  const std::string_view name = root ? root->Name() : "";
  if (name != "project")
    throw InputError(InputErrorKind::not_this_format,
                     {.path = path.string(), .line = root ? std::optional(root->GetLineNum()) : std::nullopt},
                     fmt::format("expected <project> as the root of a pom.xml, found {}",
                                 root ? fmt::format("<{}>", name) : "no element"));
  if (const XMLElement* second = root->NextSiblingElement())
    throw InputError(InputErrorKind::corrupt, {.path = path.string(), .line = second->GetLineNum()},
                     fmt::format("expected the end of the file after </project>, found <{}>", second->Name()));
  return PomElements(path).project(*root);
}

}  // namespace preflight
