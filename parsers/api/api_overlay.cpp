#include <algorithm>
#include <iterator>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <utility>

#include "api/api_format.h"
#include "api/api_presence.h"
#include "api/api_source.h"

namespace preflight {
namespace {

using Sources = std::vector<std::unique_ptr<ApiSource>>;

std::vector<ApiRelease> merged_releases(const Sources& sources) {
  std::vector<ApiRelease> releases;
  for (const auto& source : sources)
    releases.insert(releases.end(), source->releases().begin(), source->releases().end());
  std::ranges::sort(releases, [](const ApiRelease& a, const ApiRelease& b) {
    if (a.line != b.line)
      return a.line < b.line;
    // Versions that only look different ("1.0" and "1.00") still need one order.
    if (is_older_version(a.version, b.version) || is_older_version(b.version, a.version))
      return is_older_version(a.version, b.version);
    return a.version < b.version;
  });
  const auto repeated = std::ranges::unique(releases);
  releases.erase(repeated.begin(), repeated.end());
  if (releases.size() > kMostApiReleases)
    throw std::invalid_argument("more releases than an API index can hold");
  return releases;
}

std::vector<std::string> merged_packages(const Sources& sources) {
  std::set<std::string> packages;
  for (const auto& source : sources)
    packages.insert(source->packages().begin(), source->packages().end());
  return {packages.begin(), packages.end()};
}

struct Layer {
  std::unique_ptr<ApiSource> source;
  /// Of each of its ordinals the one in the overlay; nothing where a later layer has the release.
  std::vector<std::optional<std::uint16_t>> ordinals;
};

class Overlay final : public ApiSource {
 public:
  explicit Overlay(Sources sources) : ApiSource(merged_releases(sources), merged_packages(sources)) {
    std::map<ApiRelease, std::size_t> owner;
    for (std::size_t i = 0; i < sources.size(); ++i)
      for (const ApiRelease& release : sources[i]->releases())
        owner[release] = i;
    std::map<ApiRelease, std::uint16_t> ordinal;
    for (const ApiRelease& release : releases())
      ordinal.emplace(release, static_cast<std::uint16_t>(ordinal.size()));
    for (std::size_t i = 0; i < sources.size(); ++i) {
      Layer layer{.source = std::move(sources[i])};
      for (const ApiRelease& release : layer.source->releases())
        layer.ordinals.push_back(owner.at(release) == i ? std::optional(ordinal.at(release)) : std::nullopt);
      layers_.push_back(std::move(layer));
    }
  }

  std::shared_ptr<ApiBlock> block_of(std::size_t package) override {
    std::vector<std::shared_ptr<ApiBlock>> parts;  // keep the text that `classes` are views of
    std::map<std::string_view, ApiClass> classes;
    for (Layer& layer : layers_) {
      const auto& names = layer.source->packages();
      const auto found = std::ranges::lower_bound(names, packages()[package]);
      if (found == names.end() || *found != packages()[package])
        continue;
      const auto number = static_cast<std::size_t>(found - names.begin());
      parts.push_back(layer.source->block_of(number));
      for (const ApiClass& declared : parts.back()->complete(number))
        add(declared, layer, classes[declared.name]);
    }
    auto block = std::make_shared<ApiBlock>();
    block->first_package = package;
    block->packages.emplace_back();
    for (auto& [name, declared] : classes) {
      declared.name = name;
      normalize(declared, lines());
      if (!declared.forms.empty())
        block->packages.front().push_back(kept(std::move(declared), block->text));
    }
    return block;
  }

 private:
  static void add(const ApiClass& from, const Layer& layer, ApiClass& to) {
    for (const ApiClassForm& form : from.forms)
      add(form, layer, to.forms);
    for (const ApiMember& member : from.members)
      add(member, layer, to.members);
  }

  /// Adds one record for each run of ordinals that stay together.
  template <class Record>
  static void add(const Record& record, const Layer& layer, std::vector<Record>& records) {
    std::optional<std::uint16_t> before;
    for (std::size_t ordinal = record.span.first; ordinal <= record.span.last; ++ordinal) {
      const std::optional<std::uint16_t> here = layer.ordinals[ordinal];
      if (here && before && *here == *before + 1) {
        records.back().span.last = *here;
      } else if (here) {
        records.push_back(record);
        records.back().span = {*here, *here};
      }
      before = here;
    }
  }

  /// The class as views of `text`.
  static ApiClass kept(ApiClass declared, TextStore& text) {
    declared.name = text.keep(declared.name);
    for (ApiClassForm& form : declared.forms) {
      form.super_class = text.keep(form.super_class);
      form.module = text.keep(form.module);
      for (std::string_view& name : form.interfaces)
        name = text.keep(name);
    }
    for (ApiMember& member : declared.members) {
      member.name = text.keep(member.name);
      member.descriptor = text.keep(member.descriptor);
    }
    return declared;
  }

  std::vector<Layer> layers_;
};

}  // namespace

std::unique_ptr<ApiSource> overlay_of(std::vector<std::unique_ptr<ApiSource>> layers) {
  return std::make_unique<Overlay>(std::move(layers));
}

}  // namespace preflight
