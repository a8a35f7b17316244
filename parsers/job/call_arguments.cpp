#include "job/call_arguments.h"

#include <algorithm>

#include "job/method_types.h"

namespace preflight {

CallArguments arguments_of(const LibraryCall& call, const JobCalls& table) {
  CallArguments result;
  const std::vector<std::string> parameters = parameter_types(call.descriptor);
  for (std::size_t i = 0; i < std::min(parameters.size(), call.arguments.size()); ++i) {
    const Value* value = call.arguments[i];
    const std::string wanted = class_of_type(parameters[i]);
    const JobFunction* row = table.find_function(wanted);
    // A class without methods for elements is a source or schema, no function.
    if (row != nullptr && !row->methods.empty()) {
      (row->aspect == "key-selector" ? result.key_selectors : result.functions).push_back({value, row});
      result.types.insert(result.types.end(), result.result_types.begin(), result.result_types.end());
      result.result_types.clear();
    } else if (wanted == "org.apache.flink.api.common.typeinfo.TypeInformation") {
      result.result_types.push_back(value);
    } else if (parameters[i] == "Ljava/lang/String;") {
      result.texts.push_back(value);
    } else {
      result.others.push_back(value);
    }
  }
  return result;
}

}  // namespace preflight
