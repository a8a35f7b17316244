#include <memory>
#include <string>
#include <vector>

#include "application/application_jar.h"
#include "classfile/names.h"
#include "fuzz_target.h"
#include "job/interpreter.h"
#include "parsers/archive/zip_builder.h"

namespace preflight::fuzz {
namespace {

/// Knows nothing, so that all is left to the interpreter itself.
class NoModel : public LibraryModel {
 public:
  std::optional<const Value*> call(const LibraryCall&, Interpreter&) override { return std::nullopt; }
  std::optional<const Value*> static_field(const std::string&, const std::string&, const std::string&,
                                           Interpreter&) override {
    return std::nullopt;
  }
};

/// An application of this one class.
ApplicationJar application_of(std::span<const std::byte> bytes, const ClassView& view) {
  const std::string entry = "fuzzed.class";
  const std::string archive =
      test::ZipBuilder().add(entry, std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size())).build();
  const auto* begin = reinterpret_cast<const std::byte*>(archive.data());
  ApplicationJar application;
  const auto texts = std::make_shared<TextStore>();
  application.texts = texts;
  application.archive =
      std::make_shared<const Jar>(Jar::open(std::vector<std::byte>(begin, begin + archive.size()), kPlace));
  ApplicationClass& of = application.classes.emplace_back();
  of.name = texts->keep(binary_name(view.name));
  of.super_class = texts->keep(binary_name(view.super_class));
  for (const std::string_view interface : view.interfaces)
    of.interfaces.push_back(texts->keep(binary_name(interface)));
  of.entry = texts->keep(entry);
  return application;
}

/// Runs every method with unknown arguments.
void run_all(std::span<const std::byte> bytes) {
  const ClassView view = view_class_file(bytes, kPlace);
  const ApplicationJar application = application_of(bytes, view);
  const std::string name(application.classes.front().name);
  ClassPool pool(application, {.entry_class = name});
  NoModel model;
  Interpreter interpreter(pool, model, {.instructions = 100'000, .values = 100'000});
  interpreter.run_main(name);
  for (const MethodView& method : view.methods)
    interpreter.invoke(name, method.name, method.descriptor, nullptr, {});
}

}  // namespace
}  // namespace preflight::fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return preflight::fuzz::run(data, size, preflight::fuzz::run_all);
}
