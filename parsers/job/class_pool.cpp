#include "job/class_pool.h"

#include <algorithm>
#include <array>
#include <deque>
#include <set>
#include <utility>

#include "archive/jar.h"
#include "classfile/names.h"
#include "job/method_code.h"

namespace preflight {
namespace {

/// Packages of libraries that are packed into applications: their inside is no concern of a job, and may be large. A
/// package that holds the entry class is the application's all the same.
constexpr std::array<std::string_view, 33> kLibraryPackages = {"akka.",
                                                               "breeze.",
                                                               "ch.qos.",
                                                               "com.amazonaws.",
                                                               "com.esotericsoftware.",
                                                               "com.fasterxml.",
                                                               "com.github.luben.",
                                                               "com.google.",
                                                               "com.ibm.icu.",
                                                               "com.mysql.",
                                                               "com.sun.",
                                                               "com.typesafe.",
                                                               "com.zaxxer.",
                                                               "io.confluent.",
                                                               "io.debezium.",
                                                               "io.grpc.",
                                                               "io.micrometer.",
                                                               "io.netty.",
                                                               "io.prometheus.",
                                                               "java.",
                                                               "javax.",
                                                               "jakarta.",
                                                               "jdk.",
                                                               "kotlin.",
                                                               "net.jpountz.",
                                                               "okhttp3.",
                                                               "org.apache.",
                                                               "org.postgresql.",
                                                               "org.rocksdb.",
                                                               "org.slf4j.",
                                                               "scala.",
                                                               "software.amazon.",
                                                               "sun."};

std::string package_of(const std::string& name) {
  const std::size_t end = name.rfind('.');
  return end == std::string::npos ? std::string{} : name.substr(0, end + 1);
}

template <class Members>
auto find_member(const Members& members, std::string_view name, std::string_view descriptor)
    -> decltype(members.data()) {
  const auto found = std::ranges::find_if(members, [&](const auto& member) {
    return member.name == name && (descriptor.empty() || member.descriptor == descriptor);
  });
  return found == members.end() ? nullptr : &*found;
}

GenericType class_type(std::string_view internal_name) {
  GenericType type;
  type.name = text_of(internal_name);
  return type;
}

ClassSignature erased_signature(const ClassView& view) {
  ClassSignature signature;
  signature.super_class = class_type(view.super_class);
  for (const std::string_view interface : view.interfaces)
    signature.interfaces.push_back(class_type(interface));
  return signature;
}

}  // namespace

const MethodView* LoadedClass::method(std::string_view method_name, std::string_view descriptor) const {
  return find_member(view.methods, method_name, descriptor);
}

const FieldView* LoadedClass::field(std::string_view field_name) const {
  return find_member(view.fields, field_name, {});
}

/// The archive with the JARs nested in it, opened when a class of theirs is asked for.
class ClassPool::Archive {
 public:
  explicit Archive(const ApplicationJar& application) : application_(application) {
    if (application.archive != nullptr)
      jars_.emplace(std::string{}, application.archive->open_again());
  }

  /// Throws InputError; nothing where the archive has no such entry.
  std::optional<std::pair<std::vector<std::byte>, InputPlace>> read(std::string_view entry) {
    if (jars_.empty())
      return std::nullopt;
    const std::string_view nested = application_.nested_jar_of(entry);
    const Jar* jar = open(nested);
    const JarEntry* found =
        jar == nullptr ? nullptr : jar->find(nested.empty() ? entry : entry.substr(nested.size() + 1));
    if (found == nullptr)
      return std::nullopt;
    std::pair<std::vector<std::byte>, InputPlace> result;
    jar->read(*found, result.first);
    result.second = jar->place_of(*found);
    return result;
  }

 private:
  const Jar* open(std::string_view nested) {
    const auto known = jars_.find(nested);
    if (known != jars_.end())
      return &known->second;
    const Jar& outer = jars_.find(std::string_view())->second;
    const JarEntry* entry = outer.find(nested);
    if (entry == nullptr)
      return nullptr;
    return &jars_.emplace(std::string(nested), outer.open_nested(*entry, outer.claimed_bytes())).first->second;
  }

  const ApplicationJar& application_;
  std::map<std::string, Jar, std::less<>> jars_;  ///< The application's own under an empty name.
};

struct ClassPool::Entry {
  std::unique_ptr<LoadedClass> loaded;
  std::string unread_because;
  std::optional<ClassSignature> signature;
  std::map<const MethodView*, std::unique_ptr<const MethodCode>> code;  ///< nullptr: does not verify.
};

ClassPool::ClassPool(const ApplicationJar& application, Options options)
    : application_(application),
      options_(std::move(options)),
      own_package_(package_of(options_.entry_class)),
      archive_(std::make_unique<Archive>(application)) {}

ClassPool::~ClassPool() = default;

ClassPool::Entry& ClassPool::entry_of(const std::string& name) {
  std::unique_ptr<Entry>& entry = entries_[name];
  if (entry != nullptr)
    return *entry;
  entry = std::make_unique<Entry>();
  if (const ApplicationClass* of = application_.find_class(name, options_.java_release)) {
    try {
      entry->loaded = load(*of);
      if (entry->loaded == nullptr)
        entry->unread_because = "the archive cannot be read again, or its classes are too large together";
    } catch (const InputError& error) {
      entry->unread_because = error.what();
    }
  }
  return *entry;
}

std::unique_ptr<LoadedClass> ClassPool::load(const ApplicationClass& of) {
  if (bytes_kept_ >= options_.bytes)
    return nullptr;
  auto read = archive_->read(of.entry);
  if (!read)
    return nullptr;
  auto loaded = std::make_unique<LoadedClass>();
  loaded->name = of.name;
  loaded->super_class = of.super_class;
  loaded->interfaces.assign(of.interfaces.begin(), of.interfaces.end());
  loaded->bytes = std::move(read->first);
  loaded->place = std::move(read->second);
  loaded->view = view_class_file(loaded->bytes, loaded->place);
  loaded->attributes = read_class_attributes(loaded->view, loaded->place);
  bytes_kept_ += loaded->bytes.size();
  return loaded;
}

const LoadedClass* ClassPool::find(const std::string& name) {
  return entry_of(name).loaded.get();
}

std::string ClassPool::unread_because(const std::string& name) const {
  const auto found = entries_.find(name);
  return found == entries_.end() ? std::string{} : found->second->unread_because;
}

bool ClassPool::is_own(const std::string& name) {
  const bool in_own_package = !own_package_.empty() && name.starts_with(own_package_);
  const bool in_library =
      std::ranges::any_of(kLibraryPackages, [&](std::string_view package) { return name.starts_with(package); });
  return (in_own_package || !in_library) && find(name) != nullptr;
}

bool ClassPool::visit_ancestors(const std::string& name, const std::function<bool(const std::string&)>& visit) {
  std::set<std::string> seen;
  std::deque<std::string> waiting = {name};
  while (!waiting.empty()) {
    const std::string next = std::move(waiting.front());
    waiting.pop_front();
    if (next.empty() || !seen.insert(next).second)
      continue;
    if (visit(next))
      return true;
    if (const ApplicationClass* of = application_.find_class(next, options_.java_release)) {
      waiting.emplace_back(of->super_class);
      waiting.insert(waiting.end(), of->interfaces.begin(), of->interfaces.end());
    }
  }
  return false;
}

bool ClassPool::is_subtype(const std::string& name, const std::string& ancestor) {
  return ancestor == "java.lang.Object" || visit_ancestors(name, [&](const std::string& at) { return at == ancestor; });
}

std::vector<std::string> ClassPool::library_ancestors(const std::string& name) {
  std::vector<std::string> super_classes;
  std::vector<std::string> interfaces;
  std::set<std::string> supers;  // Super classes, told apart from interfaces, which the class file of neither says.
  for (std::string at = name; !at.empty() && supers.insert(at).second;) {
    const ApplicationClass* of = application_.find_class(at, options_.java_release);
    at = of == nullptr ? std::string_view{} : of->super_class;
  }
  visit_ancestors(name, [&](const std::string& at) {
    if (at != "java.lang.Object" && !is_own(at))
      (supers.contains(at) ? super_classes : interfaces).push_back(at);
    return false;
  });
  super_classes.insert(super_classes.end(), interfaces.begin(), interfaces.end());
  super_classes.emplace_back("java.lang.Object");
  return super_classes;
}

std::vector<std::string> ClassPool::own_interfaces(const std::string& name) {
  std::vector<std::string> interfaces;
  visit_ancestors(name, [&](const std::string& at) {
    if (is_own(at) && find(at)->is_interface())
      interfaces.push_back(at);
    return false;
  });
  return interfaces;
}

void ClassPool::index_subtypes() {
  direct_subtypes_.emplace();
  for (const ApplicationClass& of : application_.classes) {
    (*direct_subtypes_)[std::string(of.super_class)].emplace_back(of.name);
    for (const std::string_view interface : of.interfaces)
      (*direct_subtypes_)[std::string(interface)].emplace_back(of.name);
  }
}

const std::vector<std::string>& ClassPool::known_subtypes(const std::string& name) {
  const auto known = subtypes_.find(name);
  if (known != subtypes_.end())
    return known->second;
  if (!direct_subtypes_)
    index_subtypes();
  std::set<std::string> found;
  std::vector<std::string> waiting = {name};
  while (!waiting.empty()) {
    const auto direct = direct_subtypes_->find(waiting.back());
    waiting.pop_back();
    if (direct == direct_subtypes_->end())
      continue;
    for (const std::string& subtype : direct->second)
      if (subtype != name && found.insert(subtype).second)
        waiting.push_back(subtype);
  }
  return subtypes_[name] = {found.begin(), found.end()};
}

std::vector<std::string> ClassPool::known_implementors(const std::string& name) {
  std::vector<std::string> candidates = known_subtypes(name);
  candidates.push_back(name);
  std::erase_if(candidates, [&](const std::string& candidate) {
    const LoadedClass* loaded = is_own(candidate) ? find(candidate) : nullptr;
    return loaded == nullptr || loaded->is_abstract() || loaded->is_interface();
  });
  std::ranges::sort(candidates);
  return candidates;
}

FoundMethod ClassPool::find_method(const std::string& name, std::string_view method_name, std::string_view descriptor) {
  FoundMethod abstract;
  FoundMethod found;
  std::set<std::string> supers;
  const auto take = [&](const LoadedClass& at) {
    const MethodView* method = at.method(method_name, descriptor);
    if (method == nullptr)
      return false;
    (method->code.empty() ? abstract : found) = {&at, method};
    return !method->code.empty();
  };
  // Super classes come before any interface (JVMS 5.4.3.3).
  for (std::string at = name; is_own(at) && supers.insert(at).second; at = find(at)->super_class)
    if (take(*find(at)))
      return found;
  visit_ancestors(name, [&](const std::string& at) { return is_own(at) && !supers.contains(at) && take(*find(at)); });
  return found ? found : abstract;
}

const LoadedClass* ClassPool::find_field_owner(const std::string& name, std::string_view field_name) {
  const LoadedClass* owner = nullptr;
  visit_ancestors(name, [&](const std::string& at) {
    const LoadedClass* loaded = is_own(at) ? find(at) : nullptr;
    if (loaded != nullptr && loaded->field(field_name) != nullptr)
      owner = loaded;
    return owner != nullptr;
  });
  return owner;
}

const ClassSignature& ClassPool::generic_signature(const LoadedClass& of) {
  std::optional<ClassSignature>& signature = entry_of(of.name).signature;
  if (!signature) {
    try {
      signature = of.attributes.signature.empty() ? erased_signature(of.view)
                                                  : parse_class_signature(of.attributes.signature, of.place);
    } catch (const InputError&) {  // java.lang.reflect fails where it is asked; the erased types still hold.
      signature = erased_signature(of.view);
    }
  }
  return *signature;
}

MethodSignature ClassPool::method_signature(const LoadedClass& of, const MethodView& method) {
  const MemberAttributes attributes = read_member_attributes(of.view, method.attributes, of.place);
  return parse_method_signature(attributes.signature.empty() ? method.descriptor : attributes.signature, of.place);
}

const MethodCode* ClassPool::code_of(const FoundMethod& method) {
  auto& codes = entry_of(method.owner->name).code;
  const auto known = codes.find(method.method);
  if (known != codes.end())
    return known->second.get();
  std::unique_ptr<const MethodCode> code;
  try {
    code = std::make_unique<const MethodCode>(method.owner->view, *method.method, method.owner->place);
  } catch (const InputError&) {
    code = nullptr;
  }
  return (codes[method.method] = std::move(code)).get();
}

}  // namespace preflight
