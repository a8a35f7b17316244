#include "api/api_index.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "api/api_source.h"
#include "classfile/names.h"

namespace preflight {

const ApiClassForm* ApiClass::form(std::uint16_t ordinal) const {
  const auto found = std::ranges::find_if(forms, [&](const ApiClassForm& form) { return form.span.contains(ordinal); });
  return found == forms.end() ? nullptr : &*found;
}

const ApiMember* ApiClass::member(ApiMember::Kind kind, std::string_view wanted, std::string_view descriptor,
                                  std::uint16_t ordinal) const {
  const auto symbol = [](const ApiMember& member) { return std::tuple(member.kind, member.name, member.descriptor); };
  const auto [first, last] = std::ranges::equal_range(members, std::tuple(kind, wanted, descriptor), {}, symbol);
  const auto found = std::find_if(first, last, [&](const ApiMember& member) { return member.span.contains(ordinal); });
  return found == last ? nullptr : &*found;
}

struct ApiIndex::State {
  explicit State(std::unique_ptr<ApiSource> from)
      : source(std::move(from)), blocks(source->packages().size()), outlines(blocks.size()) {}

  std::unique_ptr<ApiSource> source;
  using Blocks = std::vector<std::shared_ptr<ApiBlock>>;  ///< By package; set where it was asked for.
  Blocks blocks;
  Blocks outlines;

  std::optional<std::size_t> number_of(std::string_view package) const {
    const std::vector<std::string>& packages = source->packages();
    const auto found = std::ranges::lower_bound(packages, package);
    if (found == packages.end() || *found != package)
      return std::nullopt;
    return static_cast<std::size_t>(found - packages.begin());
  }

  ApiBlock& block_of(std::size_t package) {
    if (!blocks[package])
      set(blocks, source->block_of(package));
    return *blocks[package];
  }

  /// The same with no more than names, unless more is there.
  std::span<const ApiClass> names_of(std::string_view package) {
    const auto number = number_of(package);
    if (!number || blocks[*number])
      return number ? classes_in(blocks, *number) : std::span<const ApiClass>();
    if (!outlines[*number])
      set(outlines, source->outline_of(*number));
    return classes_in(outlines, *number);
  }

  static std::span<const ApiClass> classes_in(const Blocks& among, std::size_t package) {
    const ApiBlock& block = *among[package];
    return block.packages[package - block.first_package];
  }

  static void set(Blocks& among, const std::shared_ptr<ApiBlock>& block) {
    for (std::size_t i = 0; i < block->packages.size(); ++i)
      among[block->first_package + i] = block;
  }
};

ApiIndex::ApiIndex(std::unique_ptr<State> state) : state_(std::move(state)) {}
ApiIndex::ApiIndex(ApiIndex&&) noexcept = default;
ApiIndex& ApiIndex::operator=(ApiIndex&&) noexcept = default;
ApiIndex::~ApiIndex() = default;

ApiIndex ApiIndex::read(std::span<const std::byte> bytes, const InputPlace& place) {
  return ApiIndex(std::make_unique<State>(open_api_file(bytes, place)));
}

ApiIndex ApiIndex::read(std::vector<std::byte> bytes, const InputPlace& place) {
  // Moving a vector leaves its bytes where they are.
  const std::span<const std::byte> view = bytes;
  return ApiIndex(std::make_unique<State>(open_api_file(view, place, std::move(bytes))));
}

ApiIndex ApiIndex::overlay(std::vector<ApiIndex> layers) {
  std::vector<std::unique_ptr<ApiSource>> sources;
  for (ApiIndex& layer : layers)
    sources.push_back(std::move(layer.state_->source));
  return ApiIndex(std::make_unique<State>(overlay_of(std::move(sources))));
}

const std::vector<ApiRelease>& ApiIndex::releases() const {
  return state_->source->releases();
}

std::optional<ApiSpan> ApiIndex::line(std::string_view line) const {
  for (const ApiSpan& span : state_->source->lines())
    if (releases()[span.first].line == line)
      return span;
  return std::nullopt;
}

std::optional<std::uint16_t> ApiIndex::ordinal(std::string_view line, std::string_view version) const {
  const auto found = std::ranges::find_if(
      releases(), [&](const ApiRelease& release) { return release.line == line && release.version == version; });
  if (found == releases().end())
    return std::nullopt;
  return static_cast<std::uint16_t>(found - releases().begin());
}

bool ApiIndex::has_package(std::string_view package) const {
  return std::ranges::binary_search(state_->source->packages(), package);
}

const ApiClass* ApiIndex::find_class(std::string_view binary_name) const {
  const auto package = state_->number_of(package_of(binary_name));
  if (!package)
    return nullptr;
  ApiBlock& block = state_->block_of(*package);
  const std::span<const ApiClass> classes = State::classes_in(state_->blocks, *package);
  const auto found = std::ranges::lower_bound(classes, binary_name, {}, &ApiClass::name);
  if (found == classes.end() || found->name != binary_name)
    return nullptr;
  return &block.complete(*package, static_cast<std::size_t>(found - classes.begin()));
}

bool ApiIndex::has_class(std::string_view binary_name) const {
  return std::ranges::binary_search(state_->names_of(package_of(binary_name)), binary_name, {}, &ApiClass::name);
}

std::vector<std::string_view> ApiIndex::packages() const {
  const std::vector<std::string>& packages = state_->source->packages();
  return {packages.begin(), packages.end()};
}

std::span<const ApiClass> ApiIndex::classes_of(std::string_view package) const {
  const auto number = state_->number_of(package);
  return number ? state_->block_of(*number).complete(*number) : std::span<const ApiClass>();
}

}  // namespace preflight
