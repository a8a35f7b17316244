#include "job/configuration_options.h"

#include <algorithm>

#include "job/job_settings.h"
#include "job/method_types.h"

namespace preflight {
namespace {

const std::string kPackage = "org.apache.flink.configuration.";
const std::string kConfiguration = kPackage + "Configuration";

/// The option that a key stands for: a constant of Flink's, or its text.
struct OptionKey {
  const LibraryFieldValue* constant = nullptr;
  const TextValue* text = nullptr;

  bool known() const { return constant != nullptr || text != nullptr; }
  bool is(const ConfigurationOption& row) const {
    return text != nullptr ? text->text == row.key : constant->owner == row.owner && constant->name == row.field;
  }
};

class ConfigurationReader {
 public:
  ConfigurationReader(const LibraryCall& call, const JobCalls& table, JobDraft& draft, Interpreter& interpreter)
      : call_(call), table_(table), draft_(draft), interpreter_(interpreter) {}

  void read(const Value* configuration) {
    const auto* made = configuration == nullptr ? nullptr : configuration->as<ObjectValue>();
    if (made == nullptr || made->class_name != kConfiguration || !made->constructor.arguments.empty())
      return lose("a Configuration that its code does not make");
    for (const Value* one : interpreter_.calls_on(configuration))
      if (const auto* setter = one->as<CallValue>(); setter != nullptr && !setter->name.starts_with("get"))
        read_setter(*setter);
  }

 private:
  void read_setter(const CallValue& setter) {
    const Value* first = setter.arguments.empty() ? nullptr : setter.arguments.front();
    const OptionKey key{.constant = first == nullptr ? nullptr : first->as<LibraryFieldValue>(),
                        .text = first == nullptr ? nullptr : first->as<TextValue>()};
    if (!key.known() || !setter.name.starts_with("set"))
      return lose("Configuration." + setter.name + "()");
    const auto row = std::ranges::find_if(table_.options, [&](const ConfigurationOption& one) { return key.is(one); });
    if (row != table_.options.end())
      set(*row, setter.arguments.size() > 1 ? setter.arguments[1] : nullptr, setter.place);
  }

  /// A call on a Configuration may be one that is made on some paths only, so that flags are left open.
  void set(const ConfigurationOption& option, const Value* value, const CodePlace& place) {
    if (option.effect == JobCallEffect::default_parallelism)
      draft_.job.default_parallelism = number_setting(value, place);
    else if (option.effect == JobCallEffect::default_max_parallelism)
      draft_.job.default_max_parallelism = number_setting(value, place);
    else if (option.effect == JobCallEffect::no_chaining)
      draft_.job.chaining = flag_setting(value).value_or(true);
    else
      lose("the option " + option.key);
  }

  void lose(const std::string& what) {
    draft_.job.serialization.unknown_because = what + " is used at " + to_text(call_.place) + " and not followed";
  }

  const LibraryCall& call_;
  const JobCalls& table_;
  JobDraft& draft_;
  Interpreter& interpreter_;
};

}  // namespace

void apply_configuration(const LibraryCall& call, const JobCalls& table, JobDraft& draft, Interpreter& interpreter) {
  const std::vector<std::string> parameters = parameter_types(call.descriptor);
  for (std::size_t i = 0; i < std::min(parameters.size(), call.arguments.size()); ++i)
    if (class_of_type(parameters[i]).starts_with(kPackage))
      ConfigurationReader(call, table, draft, interpreter).read(call.arguments[i]);
}

}  // namespace preflight
