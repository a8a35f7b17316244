#include "api/api_builder.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "api/api_index_writer.h"
#include "archive/jar.h"
#include "classfile/access_flags.h"
#include "classfile/attributes.h"
#include "classfile/class_view.h"
#include "classfile/names.h"
#include "input/file_bytes.h"

namespace preflight {
namespace {

constexpr std::string_view kClassSuffix = ".class";
constexpr std::string_view kSignatureSuffix = ".sig";  ///< A class file in ct.sym.
constexpr std::uint64_t kLargestClass = std::uint64_t{64} << 20U;

/// public private protected static final interface abstract synthetic annotation enum
constexpr std::uint16_t kKeptOfClass = 0xFFFF & ~kAccSuper;
/// All but volatile and transient, which no reader of the field sees.
constexpr std::uint16_t kKeptOfField = 0xFFFF & ~(kAccVolatile | kAccTransient);
/// All but synchronized and strictfp: whose business they are is the method's own.
constexpr std::uint16_t kKeptOfMethod = 0xFFFF & ~(kAccSynchronized | kAccStrict);

bool is_or_is_below(std::string_view package, std::string_view prefix) {
  return package.starts_with(prefix) && (package.size() == prefix.size() || package[prefix.size()] == '.');
}

ApiStability stability_of(const std::vector<Annotation>& annotations) {
  constexpr std::array<std::pair<std::string_view, ApiStability>, 4> kPromises{{
      {"Lorg/apache/flink/annotation/Internal;", ApiStability::internal},
      {"Lorg/apache/flink/annotation/Experimental;", ApiStability::experimental},
      {"Lorg/apache/flink/annotation/PublicEvolving;", ApiStability::public_evolving},
      {"Lorg/apache/flink/annotation/Public;", ApiStability::public_api},
  }};
  for (const auto& [type, stability] : kPromises)
    if (std::ranges::find(annotations, type, &Annotation::type) != annotations.end())
      return stability;
  return ApiStability::unmarked;
}

/// Whether code outside the class can name it: local and anonymous classes have no class that they are a member of.
bool can_be_named(const ClassView& view, const ClassAttributes& attributes) {
  if ((view.access_flags & (kAccSynthetic | kAccModule)) != 0)
    return false;
  const auto itself = std::ranges::find(attributes.inner_classes, view.name, &InnerClass::inner);
  return !attributes.enclosing_method && (itself == attributes.inner_classes.end() || !itself->outer.empty());
}

template <class Member>
bool can_be_named(const Member& member) {
  if ((member.access_flags & kAccPrivate) != 0 || member.name == "<clinit>")
    return false;
  return (member.access_flags & kAccSynthetic) == 0 ||
         ((member.access_flags & kAccBridge) != 0 && member.descriptor.starts_with('('));
}

/// ct.sym names its folders by the releases that have their classes, a character each: 8, 9, A for 10, B for 11.
std::optional<char> letter_of_java(std::string_view version) {
  int release = 0;
  const auto [end, error] = std::from_chars(version.data(), version.data() + version.size(), release);
  if (error != std::errc() || end != version.data() + version.size() || release < 1 || release > 35)
    return std::nullopt;
  return static_cast<char>(release < 10 ? '0' + release : 'A' + (release - 10));
}

/// "89AB/java.base/java/lang/String.sig" is String of the module java.base.
std::string_view module_of_signature(std::string_view entry) {
  const std::size_t start = entry.find('/') + 1;
  return entry.substr(start, entry.find('/', start) - start);
}

}  // namespace

std::string module_of_file(const std::filesystem::path& path) {
  constexpr std::string_view kDigits = "0123456789";
  std::string name = path.has_filename() ? path.filename().string() : path.parent_path().filename().string();
  for (const std::string_view suffix : {".jar", ".jmod", ".zip", ".sym"})
    if (name.ends_with(suffix))
      name.resize(name.size() - suffix.size());
  // The version starts at the first dash with a number and a dot behind it; the Scala version behind an underscore.
  for (std::size_t dash = name.find('-'); dash != std::string::npos; dash = name.find('-', dash + 1)) {
    const std::size_t end = name.find_first_not_of(kDigits, dash + 1);
    if (end != std::string::npos && end > dash + 1 && name[end] == '.') {
      name.resize(dash);
      break;
    }
  }
  const std::size_t underscore = name.rfind('_');
  if (underscore != std::string::npos && name.compare(underscore, 3, "_2.") == 0)
    name.resize(underscore);
  return name;
}

bool ApiPackageFilter::takes(std::string_view package) const {
  const auto covers = [&](const std::string& prefix) { return is_or_is_below(package, prefix); };
  return (with.empty() || std::ranges::any_of(with, covers)) && std::ranges::none_of(without, covers);
}

ApiBuilder::ApiBuilder(ApiRelease release, ApiPackageFilter filter)
    : release_(std::move(release)), filter_(std::move(filter)) {}

void ApiBuilder::add(const std::filesystem::path& path) {
  if (std::filesystem::is_directory(path))
    add_folder(path);
  else
    add_archive(path);
}

std::size_t ApiBuilder::members() const {
  std::size_t members = 0;
  for (const ApiClass& declared : classes_)
    members += declared.members.size();
  return members;
}

std::vector<std::byte> ApiBuilder::write() const {
  return write_api_index(std::vector{release_}, classes_);
}

void ApiBuilder::add_archive(const std::filesystem::path& path) {
  const Jar jar = Jar::open(path);
  const std::string_view module = text_.keep(module_of_file(path));
  std::vector<std::byte> bytes;
  for (const JarEntry& entry : jar.entries()) {
    if (!wants(entry.name))
      continue;
    jar.read(entry, bytes);
    const bool signature = entry.name.ends_with(kSignatureSuffix);
    add_class(bytes, entry.name, signature ? text_.keep(module_of_signature(entry.name)) : module, jar.place_of(entry));
  }
}

void ApiBuilder::add_folder(const std::filesystem::path& path) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(path))
    if (entry.is_regular_file() && entry.path().extension() == kClassSuffix)
      files.push_back(entry.path());
  std::ranges::sort(files);
  const std::string_view module = text_.keep(module_of_file(path));
  for (const std::filesystem::path& file : files)
    add_class(read_file(file, kLargestClass, "a class file"), file.generic_string(), module, {file.string()});
}

bool ApiBuilder::wants(std::string_view entry) const {
  if (entry.ends_with(kClassSuffix))
    return !entry.starts_with("META-INF/");
  if (!entry.ends_with(kSignatureSuffix))
    return false;
  const std::optional<char> letter = letter_of_java(release_.version);
  return letter && entry.substr(0, entry.find('/')).find(*letter) != std::string::npos;
}

void ApiBuilder::add_class(std::span<const std::byte> bytes, std::string_view entry, std::string_view module,
                           const InputPlace& place) {
  const ClassView view = view_class_file(bytes, place);
  // A class file at a place that is not its own is a resource (a template, a test's input), which no class loader
  // finds.
  const std::string_view stem = entry.substr(0, entry.rfind('.'));
  const std::string name = binary_name(view.name);
  if (!stem.ends_with(view.name) || !filter_.takes(package_of(name)))
    return;
  const ClassAttributes attributes = read_class_attributes(view, place);
  if (!can_be_named(view, attributes))
    return;
  if (names_.contains(name)) {
    ++repeated_;
    return;
  }
  ApiClass& declared = classes_.emplace_back();
  declared.name = text_.keep(name);
  names_.insert(declared.name);
  ApiClassForm& form = declared.forms.emplace_back();
  form.access_flags = declared_access_flags(view, attributes) & kKeptOfClass;
  form.super_class = text_.keep(binary_name(view.super_class));
  for (const std::string_view interface : view.interfaces)
    form.interfaces.push_back(text_.keep(binary_name(interface)));
  form.module = module;
  form.stability = stability_of(attributes.annotations);
  form.deprecated = attributes.deprecated;

  const auto add_member = [&](ApiMember::Kind kind, const auto& member, std::uint16_t kept_flags) {
    if (!can_be_named(member))
      return;
    const MemberAttributes marks = read_member_attributes(view, member.attributes, place);
    declared.members.push_back({.kind = kind,
                                .name = text_.keep(text_of(member.name)),
                                .descriptor = text_.keep(member.descriptor),
                                .access_flags = static_cast<std::uint16_t>(member.access_flags & kept_flags),
                                .stability = stability_of(marks.annotations),
                                .deprecated = marks.deprecated});
  };
  for (const FieldView& field : view.fields)
    add_member(ApiMember::Kind::field, field, kKeptOfField);
  for (const MethodView& method : view.methods)
    add_member(ApiMember::Kind::method, method, kKeptOfMethod);
}

}  // namespace preflight
