#include "linkage/class_world.h"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "classfile/names.h"
#include "linkage/index_releases.h"

namespace preflight {
namespace {

struct BuiltInMethod {
  std::string_view name;
  std::string_view descriptor;
  std::uint16_t access_flags;
};

/// The methods of java.lang.Object (JLS 4.3.2), in every release of Java.
constexpr std::array<BuiltInMethod, 12> kObjectMethods = {{
    {"<init>", "()V", kAccPublic},
    {"clone", "()Ljava/lang/Object;", kAccProtected},
    {"equals", "(Ljava/lang/Object;)Z", kAccPublic},
    {"finalize", "()V", kAccProtected},
    {"getClass", "()Ljava/lang/Class;", kAccPublic | kAccFinal},
    {"hashCode", "()I", kAccPublic},
    {"notify", "()V", kAccPublic | kAccFinal},
    {"notifyAll", "()V", kAccPublic | kAccFinal},
    {"toString", "()Ljava/lang/String;", kAccPublic},
    {"wait", "()V", kAccPublic | kAccFinal},
    {"wait", "(J)V", kAccPublic | kAccFinal},
    {"wait", "(JI)V", kAccPublic | kAccFinal},
}};

constexpr std::string_view kObject = "java.lang.Object";

KnownMember member_of(const KnownClass& of, const DeclaredMember& declared) {
  return {&of, declared.name, declared.descriptor, declared.access_flags, nullptr};
}

KnownMember member_of(const KnownClass& of, const ApiMember& declared) {
  return {&of, declared.name, declared.descriptor, declared.access_flags, &declared};
}

}  // namespace

std::string_view KnownClass::package() const {
  return package_of(name);
}

WorldInputs::WorldInputs(const ApplicationJar& jar, std::span<const LinkedClass> read_in_full, const ApiIndex& index,
                         const CompatibilityTable& facts, int java_release)
    : application(&jar), api(&index), table(&facts), java(java_release), names(jar) {
  linked.reserve(read_in_full.size());
  for (const LinkedClass& read : read_in_full)
    linked.emplace(read.index, &read);
}

const ApplicationClass* WorldInputs::jar_class(std::string_view name) const {
  // Sorted by release, and then class-path order: within a release the first is the one that is loaded.
  const ApplicationClass* chosen = nullptr;
  for (const ApplicationClass& candidate : names.find(name))
    if (candidate.release <= java && (chosen == nullptr || chosen->release < candidate.release))
      chosen = &candidate;
  return chosen;
}

ClassWorld::ClassWorld(const WorldInputs& inputs, std::uint16_t flink, Purpose purpose)
    : inputs_(inputs), flink_(flink), java_(java_ordinal(*inputs.api, inputs.java)), purpose_(purpose) {
  if (const auto version = FlinkVersion::parse(inputs.api->releases()[flink].version))
    version_ = *version;
}

const KnownClass& ClassWorld::find(std::string_view name) {
  if (const auto known = classes_.find(name); known != classes_.end())
    return *known->second;
  auto added = std::make_unique<KnownClass>(look_up(name));
  const std::string_view key = added->name;
  return *classes_.emplace(key, std::move(added)).first->second;
}

KnownClass ClassWorld::look_up(std::string_view name) const {
  KnownClass known;
  known.name = name;
  if (name == kObject) {
    known.source = KnownClass::Source::java;
    known.access_flags = kAccPublic;
    return known;
  }
  known.api = inputs_.api->find_class(name);
  const ApiClassForm* flink = known.api != nullptr ? known.api->form(flink_) : nullptr;
  const ApiClassForm* java = known.api != nullptr && java_ ? known.api->form(*java_) : nullptr;
  const bool packed = flink != nullptr && on_class_path(*inputs_.table, flink->module, version_);
  if (java != nullptr && take_from_index(known, *java, KnownClass::Source::java, *java_))
    return known;
  if (packed && inputs_.table->is_parent_first(name, version_) &&
      take_from_index(known, *flink, KnownClass::Source::runtime, flink_))
    return known;
  if (take_from_jar(known))
    return known;
  if (flink != nullptr) {
    const bool found = packed || purpose_ == Purpose::history;
    take_from_index(known, *flink, found ? KnownClass::Source::runtime : KnownClass::Source::not_packed, flink_);
    return known;
  }
  if (known.api != nullptr && !is_of_the_jdk(name)) {
    const auto apart = form_released_apart(*inputs_.api, *known.api, version_);
    known.source = apart ? KnownClass::Source::not_packed : KnownClass::Source::gone;
    if (apart)
      take_from_index(known, *apart->form, KnownClass::Source::not_packed, apart->ordinal);
  } else if (inputs_.table->find_removed_class(name, version_) != nullptr) {
    known.source = KnownClass::Source::gone;
  }
  return known;
}

bool ClassWorld::take_from_index(KnownClass& known, const ApiClassForm& form, KnownClass::Source source,
                                 std::uint16_t ordinal) const {
  known.source = source;
  known.form = &form;
  known.ordinal = ordinal;
  known.access_flags = form.access_flags;
  known.super_class = form.super_class;
  known.interfaces = form.interfaces;
  return true;
}

bool ClassWorld::take_from_jar(KnownClass& known) const {
  const ApplicationClass* own = inputs_.jar_class(known.name);
  if (own == nullptr)
    return false;
  known.source = KnownClass::Source::application;
  if (const auto read = inputs_.linked.find(inputs_.names.index_of(*own)); read != inputs_.linked.end())
    known.linked = read->second;
  known.access_flags = known.linked != nullptr ? known.linked->access_flags : kAccPublic;
  known.super_class = own->super_class;
  known.interfaces.assign(own->interfaces.begin(), own->interfaces.end());
  return true;
}

const Hierarchy& ClassWorld::hierarchy(const KnownClass& of) {
  const auto known = hierarchies_.find(&of);
  if (known != hierarchies_.end())
    return *known->second;
  return *hierarchies_.emplace(&of, std::make_unique<Hierarchy>(build_hierarchy(of))).first->second;
}

Hierarchy ClassWorld::build_hierarchy(const KnownClass& of) {
  Hierarchy result;
  std::unordered_set<const KnownClass*> seen = {&of};
  // A class that Flink's own classes stand on is missing here where only the index lacks it, such as a third party's.
  const auto reach = [&](std::string_view name, const KnownClass& from) -> const KnownClass* {
    const KnownClass& super = find(name);
    if (!super.loads() && super.source != KnownClass::Source::unknown && from.source == KnownClass::Source::application)
      result.extent = Hierarchy::Extent::broken;
    const bool known = super.of_index() || super.linked != nullptr;
    if (!known && result.extent == Hierarchy::Extent::complete)
      result.extent = Hierarchy::Extent::leaves_known;
    return super.loads() && seen.insert(&super).second ? &super : nullptr;
  };
  const KnownClass* at = &of;
  while (at != nullptr && !at->super_class.empty()) {
    at = reach(at->super_class, *at);
    if (at != nullptr)
      result.superclasses.push_back(at);
  }
  std::vector<const KnownClass*> open = {&of};
  open.insert(open.end(), result.superclasses.begin(), result.superclasses.end());
  for (std::size_t next = 0; next < open.size(); ++next) {
    const KnownClass* below = open[next];
    for (const std::string_view name : below->interfaces)
      if (const KnownClass* super = reach(name, *below)) {
        result.superinterfaces.push_back(super);
        open.push_back(super);
      }
  }
  return result;
}

std::optional<KnownMember> declared_member(const KnownClass& of, ApiMember::Kind kind, std::string_view name,
                                           std::string_view descriptor) {
  if (of.linked != nullptr) {
    const auto& members = kind == ApiMember::Kind::field ? of.linked->fields : of.linked->methods;
    const auto found = std::ranges::find_if(
        members, [&](const DeclaredMember& member) { return member.name == name && member.descriptor == descriptor; });
    return found == members.end() ? std::nullopt : std::optional(member_of(of, *found));
  }
  if (of.form != nullptr) {
    const ApiMember* found = of.api->member(kind, name, descriptor, of.ordinal);
    return found == nullptr ? std::nullopt : std::optional(member_of(of, *found));
  }
  if (of.name == kObject && kind == ApiMember::Kind::method)
    for (const BuiltInMethod& method : kObjectMethods)
      if (method.name == name && method.descriptor == descriptor)
        return KnownMember{&of, method.name, method.descriptor, method.access_flags, nullptr};
  return std::nullopt;
}

std::vector<KnownMember> declared_methods(const KnownClass& of) {
  std::vector<KnownMember> result;
  if (of.linked != nullptr) {
    for (const DeclaredMember& method : of.linked->methods)
      result.push_back(member_of(of, method));
  } else if (of.form != nullptr) {
    for (const ApiMember& member : of.api->members)
      if (member.kind == ApiMember::Kind::method && member.span.contains(of.ordinal))
        result.push_back(member_of(of, member));
  }
  return result;
}

bool same_runtime_package(const KnownClass& a, const KnownClass& b) {
  return (a.source == KnownClass::Source::application) == (b.source == KnownClass::Source::application) &&
         a.package() == b.package();
}

}  // namespace preflight
