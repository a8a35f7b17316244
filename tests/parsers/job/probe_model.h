#pragma once

#include <optional>
#include <string>
#include <vector>

#include "job/interpreter.h"

namespace preflight::test {

/// Writes down what com.example.probe.Probe.seen is told, of the flows of fixtures/jars/interpreter.jar: the label, the
/// value, and "?" where the call is conditional, "*" where it is repeated.
class ProbeModel : public LibraryModel {
 public:
  std::vector<std::string> seen;

  std::optional<const Value*> call(const LibraryCall& call, Interpreter& interpreter) override {
    if (call.owner != "com.example.probe.Probe" || call.name != "seen")
      return std::nullopt;
    const auto* label = call.arguments[0]->as<TextValue>();
    std::string text = (label == nullptr ? to_text(*call.arguments[0]) : label->text) + ": ";
    text += to_text(*call.arguments[1]);
    for (const Value* on : interpreter.calls_on(call.arguments[1]))
      text += " then " + on->as<CallValue>()->name;
    seen.push_back(text + (call.conditional ? " ?" : "") + (call.repeated ? " *" : ""));
    return interpreter.values().null();
  }
  std::optional<const Value*> static_field(const std::string&, const std::string&, const std::string&,
                                           Interpreter&) override {
    return std::nullopt;
  }
};

/// What a method of the flows shows when it is run by itself, with unknown arguments.
std::vector<std::string> seen_in(int level, const std::string& class_name, const std::string& method);

struct FlowRow {
  const char* class_name;
  const char* method;
  std::vector<std::string> seen;
};
/// Each row for each language level from `from` on.
void check_flows(const std::vector<FlowRow>& rows, int from = 8);

}  // namespace preflight::test
