#include "linkage_world.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <sstream>
#include <stdexcept>

#include "api/api_index_writer.h"
#include "linkage/class_world.h"
#include "linkage/symbol_text.h"
#include "upgrade_builder.h"

namespace preflight::test {
namespace {

using Words = std::vector<std::string>;

std::vector<ApiRelease> releases() {
  return {{"flink", "1.18.0"},
          {"flink", "1.20.0"},
          {"flink", "1.20.1"},
          {"flink", "2.0.0"},
          {"flink", "2.2.0"},
          {"flink", "2.2.1"},
          {"flink-connector-kafka", "3.1.0-1.18"},
          {"flink-connector-kafka", "4.0.0-2.0"},
          {"java", "11"},
          {"java", "17"}};
}

constexpr ApiSpan kFlink{0, 5};

std::uint16_t ordinal_of(const std::string& version) {
  const auto all = releases();
  const auto found = std::ranges::find(all, version, &ApiRelease::version);
  if (found == all.end())
    throw std::invalid_argument("no release " + version);
  return static_cast<std::uint16_t>(found - all.begin());
}

std::vector<Words> lines_of(const std::string& text) {
  std::vector<Words> result;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    Words row{std::istream_iterator<std::string>(words), {}};
    if (!row.empty())
      result.push_back(std::move(row));
  }
  return result;
}

bool says(const Words& row, const char* word) {
  return std::ranges::find(row, word) != row.end();
}

/// The word behind another one; empty where it is not said.
std::string after(const Words& row, const char* word) {
  const auto found = std::ranges::find(row, word);
  return found == row.end() || found + 1 == row.end() ? "" : *(found + 1);
}

std::uint16_t flags_of(const Words& row) {
  int flags = 0;
  if (says(row, "private"))
    flags |= kAccPrivate;
  else if (says(row, "protected"))
    flags |= kAccProtected;
  else if (!says(row, "package"))
    flags |= kAccPublic;
  for (const auto& [word, flag] : {std::pair{"static", kAccStatic},
                                   {"final", kAccFinal},
                                   {"abstract", kAccAbstract},
                                   {"interface", kAccInterface},
                                   {"synthetic", kAccSynthetic}})
    if (says(row, word))
      flags |= flag;
  if (says(row, "interface"))
    flags |= kAccAbstract;
  return static_cast<std::uint16_t>(flags);
}

ApiSpan span_of(const Words& row) {
  const std::string in = after(row, "line");
  ApiSpan span = in == "java" ? ApiSpan{8, 9} : in.empty() ? kFlink : ApiSpan{6, 7};
  if (const std::string first = after(row, "since"); !first.empty())
    span.first = ordinal_of(first);
  if (const std::string last = after(row, "until"); !last.empty())
    span.last = ordinal_of(last);
  return span;
}

ApiStability stability_of(const Words& row) {
  return says(row, "internal") ? ApiStability::internal : ApiStability::unmarked;
}

bool is_class_line(const Words& row) {
  return says(row, "class") || says(row, "interface");
}

std::string name_of_class(const Words& row) {
  return says(row, "class") ? after(row, "class") : after(row, "interface");
}

std::string super_of(const Words& row) {
  const std::string super = after(row, "extends");
  return super.empty() ? "java.lang.Object" : super;
}

/// The words from "implements" to the next keyword.
Words interfaces_of(const Words& row) {
  Words result;
  auto word = std::ranges::find(row, "implements");
  while (word != row.end() && ++word != row.end() && word->find('.') != std::string::npos)
    result.push_back(*word);
  return result;
}

SymbolUse::Kind use_kind_of(const std::string& word) {
  using Kind = SymbolUse::Kind;
  static const std::map<std::string, Kind> kinds = {{"new_instance", Kind::new_instance},
                                                    {"class_reference", Kind::class_reference},
                                                    {"descriptor", Kind::descriptor},
                                                    {"get_field", Kind::get_field},
                                                    {"put_field", Kind::put_field},
                                                    {"get_static", Kind::get_static},
                                                    {"put_static", Kind::put_static},
                                                    {"invoke_virtual", Kind::invoke_virtual},
                                                    {"invoke_special", Kind::invoke_special},
                                                    {"invoke_static", Kind::invoke_static},
                                                    {"invoke_interface", Kind::invoke_interface}};
  return kinds.at(word);
}

/// use KIND OWNER[.NAME:DESCRIPTOR] [METHOD:LINE] [interface]
SymbolUse use_of(const Words& row, ClassTexts& texts) {
  SymbolUse use;
  use.kind = use_kind_of(row.at(1));
  const std::string_view symbol = texts.text(row.at(2));
  const std::size_t colon = symbol.find(':');
  if (colon == std::string_view::npos) {
    use.owner = symbol;
  } else {
    const std::size_t dot = symbol.rfind('.', colon);
    use.owner = symbol.substr(0, dot);
    use.name = symbol.substr(dot + 1, colon - dot - 1);
    use.descriptor = symbol.substr(colon + 1);
  }
  use.names_interface = use.kind == SymbolUse::Kind::invoke_interface || says(row, "interface");
  if (row.size() > 3 && row[3] != "interface") {
    const std::size_t at = row[3].find(':');
    use.method = texts.text(row[3]).substr(0, at);
    use.line = at == std::string::npos ? 0 : std::stoi(row[3].substr(at + 1));
  }
  return use;
}

std::string site_text(const LinkedApplication& application, const CallSite& site) {
  std::string text(application.jar.classes[site.class_index].name);
  if (!site.method.empty())
    text += "." + site.method;
  if (site.line != 0)
    text += fmt::format(":{}", site.line);
  return text;
}

}  // namespace

ApiIndex api_of(const std::string& text) {
  const std::vector<Words> rows = lines_of(text);
  std::vector<std::string> kept;  // What the views below look at.
  kept.reserve(rows.size() * 16);
  const auto keep = [&](std::string word) -> std::string_view { return kept.emplace_back(std::move(word)); };
  std::vector<ApiClass> classes;
  for (const Words& row : rows) {
    if (is_class_line(row)) {
      ApiClass& added = classes.emplace_back();
      added.name = keep(name_of_class(row));
      ApiClassForm& form = added.forms.emplace_back();
      form.span = span_of(row);
      form.access_flags = flags_of(row);
      form.super_class = keep(super_of(row));
      for (const std::string& name : interfaces_of(row))
        form.interfaces.push_back(keep(name));
      form.module = keep(after(row, "in").empty() ? "flink-core" : after(row, "in"));
      form.stability = stability_of(row);
      form.deprecated = says(row, "deprecated");
      continue;
    }
    ApiMember& member = classes.back().members.emplace_back();
    member.kind = row.at(0) == "field" ? ApiMember::Kind::field : ApiMember::Kind::method;
    member.name = keep(row.at(1));
    member.descriptor = keep(row.at(2));
    member.access_flags = flags_of(row);
    member.stability = stability_of(row);
    member.deprecated = says(row, "deprecated");
    member.span = says(row, "since") || says(row, "until") ? span_of(row) : classes.back().forms.back().span;
  }
  const auto all = releases();
  return ApiIndex::read(write_api_index(all, std::move(classes)), {.path = "test.api"});
}

LinkedApplication application_of(const std::string& text) {
  LinkedApplication result;
  result.jar.path = "app.jar";
  const auto texts = std::make_shared<ClassTexts>();
  const auto names = std::make_shared<TextStore>();
  result.jar.texts = names;
  for (const Words& row : lines_of(text)) {
    if (is_class_line(row)) {
      ApplicationClass& added = result.jar.classes.emplace_back();
      added.name = names->keep(name_of_class(row));
      added.super_class = names->keep(super_of(row));
      for (const std::string& name : interfaces_of(row))
        added.interfaces.push_back(names->keep(name));
      added.entry = names->keep(name_of_class(row) + ".class");
      added.major_version = 55;
      const auto index = static_cast<std::uint32_t>(result.classes.size());
      result.classes.push_back({.index = index, .access_flags = flags_of(row), .texts = texts});
      result.origins.of.push_back(name_of_class(row).starts_with("com.example") ? ClassOrigin::application
                                                                                : ClassOrigin::library);
      result.origins.library_of.push_back(ClassOrigins::kNoLibrary);
      continue;
    }
    LinkedClass& into = result.classes.back();
    if (row.at(0) == "use")
      into.uses.push_back(use_of(row, *texts));
    else
      (row.at(0) == "field" ? into.fields : into.methods)
          .push_back({texts->text(row.at(1)), texts->text(row.at(2)), flags_of(row)});
  }
  result.jar.reference_starts.assign(result.jar.classes.size() + 1, 0);
  return result;
}

Linkage linkage_of(const ApiIndex& api, const LinkedApplication& application, const std::string& target,
                   const std::string& from) {
  std::optional<SourceRelease> source;
  if (!from.empty())
    source = SourceRelease{FlinkVersion::parse(from).value(), FlinkVersion::parse(from).value(), "--from"};
  return check_linkage({.application = application.jar,
                        .classes = application.classes,
                        .origins = application.origins,
                        .api = api,
                        .table = embedded_table(),
                        .target = FlinkVersion::parse(target).value(),
                        .from = source,
                        .java = 17});
}

std::vector<std::string> problems_of(const std::string& api, const std::string& application, const std::string& target,
                                     const std::string& from) {
  const ApiIndex index = api_of(api);
  const LinkedApplication linked = application_of(application);
  std::vector<std::string> result;
  for (const LinkageProblem& problem : linkage_of(index, linked, target, from).problems) {
    std::string text = fmt::format("{} {}", to_string(problem.fault),
                                   symbol_text(problem.declared_in, problem.name, problem.descriptor));
    if (!problem.last_release.empty())
      text += " last " + problem.last_release;
    if (!problem.first_release.empty())
      text += " first " + problem.first_release;
    for (const CallSite& site : problem.sites)
      text += " at " + site_text(linked, site);
    result.push_back(text);
  }
  return result;
}

const char* to_string(LinkageFault fault) {
  switch (fault) {
    case LinkageFault::class_gone:
      return "class_gone";
    case LinkageFault::class_not_packed:
      return "class_not_packed";
    case LinkageFault::field_gone:
      return "field_gone";
    case LinkageFault::method_gone:
      return "method_gone";
    case LinkageFault::not_accessible:
      return "not_accessible";
    case LinkageFault::became_static:
      return "became_static";
    case LinkageFault::became_instance:
      return "became_instance";
    case LinkageFault::became_interface:
      return "became_interface";
    case LinkageFault::became_class:
      return "became_class";
    case LinkageFault::became_abstract:
      return "became_abstract";
    case LinkageFault::extends_final_class:
      return "extends_final_class";
    case LinkageFault::overrides_final_method:
      return "overrides_final_method";
    case LinkageFault::method_not_implemented:
      return "method_not_implemented";
    case LinkageFault::override_never_called:
      return "override_never_called";
  }
  return "";
}

}  // namespace preflight::test
