#include "families/linkage_evidence.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace preflight {
namespace {

std::string site_text(const CallSite& site, const Upgrade& upgrade) {
  std::string text = upgrade.application->classes[site.class_index].name;
  if (!site.method.empty())
    text += "." + site.method;
  if (!site.source_file.empty() && site.line != 0)
    text += fmt::format(" ({}:{})", site.source_file, site.line);
  else if (!site.source_file.empty())
    text += fmt::format(" ({})", site.source_file);
  return text;
}

}  // namespace

std::vector<std::string> site_texts(const std::vector<CallSite>& sites, const Upgrade& upgrade) {
  std::vector<std::string> texts;
  for (const CallSite& site : sites)
    if (std::string text = site_text(site, upgrade); std::ranges::find(texts, text) == texts.end())
      texts.push_back(std::move(text));
  return texts;
}

std::string places_text(const std::vector<CallSite>& sites, const Upgrade& upgrade) {
  const std::vector<std::string> texts = site_texts(sites, upgrade);
  if (texts.size() == 1)
    return texts.front();
  return fmt::format("{} and {} more {}", texts.front(), texts.size() - 1, texts.size() == 2 ? "place" : "places");
}

std::string classes_text(const std::vector<CallSite>& sites, const Upgrade& upgrade) {
  const std::size_t count = count_classes(sites);
  const std::string& first = upgrade.application->classes[sites.front().class_index].name;
  return count == 1 ? first : fmt::format("{} and {} more {}", first, count - 1, count == 2 ? "class" : "classes");
}

std::size_t count_classes(const std::vector<CallSite>& sites) {
  std::set<std::uint32_t> classes;
  for (const CallSite& site : sites)
    classes.insert(site.class_index);
  return classes.size();
}

std::vector<CallSite> sites_of(const std::vector<CallSite>& sites, ClassOrigin origin, const ClassOrigins& origins) {
  std::vector<CallSite> result;
  std::ranges::copy_if(sites, std::back_inserter(result),
                       [&](const CallSite& site) { return origins.of[site.class_index] == origin; });
  return result;
}

std::string upgrade_minor(const Facts& facts) {
  return facts.upgrade.to.minor_text();
}

}  // namespace preflight
