#include "parsers/job/probe_model.h"

#include <catch2/catch.hpp>
#include <filesystem>

#include "classfile/names.h"
#include "fixture_paths.h"

namespace preflight::test {
namespace {

const ApplicationJar& flows() {
  static const ApplicationJar jar = read_application_jar(fixtures() / "jars" / "interpreter.jar");
  return jar;
}

}  // namespace

std::vector<std::string> seen_in(int level, const std::string& class_name, const std::string& method) {
  const std::string name = "com.example.flows.java" + std::to_string(level) + "." + class_name;
  ClassPool pool(flows(), {.java_release = 21, .entry_class = name});
  const LoadedClass* loaded = pool.find(name);
  REQUIRE(loaded != nullptr);
  const MethodView* view = loaded->method(method, {});
  REQUIRE(view != nullptr);
  ProbeModel model;
  Interpreter interpreter(pool, model);
  if (method == "main")
    interpreter.run_main(name);
  else
    interpreter.invoke(name, method, view->descriptor, nullptr, {});
  CHECK(interpreter.exhausted().empty());
  // Names of the flows' own classes are the same for each level without the package.
  const std::string package = "com.example.flows.java" + std::to_string(level) + ".";
  for (std::string& text : model.seen)
    for (std::size_t at = text.find(package); at != std::string::npos; at = text.find(package))
      text.erase(at, package.size());
  return model.seen;
}

void check_flows(const std::vector<FlowRow>& rows, int from) {
  for (const FlowRow& row : rows)
    for (const int level : {8, 11, 17, 21}) {
      if (level < from)
        continue;
      INFO(row.class_name << "." << row.method << " for Java " << level);
      CHECK(seen_in(level, row.class_name, row.method) == row.seen);
    }
}

}  // namespace preflight::test
