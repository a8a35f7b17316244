#include "job/job_calls.h"

#include <algorithm>

#include "job/method_types.h"

namespace preflight {
namespace {

bool fits(const std::string& with, const std::vector<std::string>& parameters) {
  if (with.empty())
    return true;
  std::string all;
  for (const std::string& parameter : parameters) {
    if (with == parameter)
      return true;
    all += (all.empty() ? "" : ",") + parameter;
  }
  return with == all;
}

/// The row that says most of what is called: one that names a parameter goes before one that does not.
template <class Row>
const Row* best_of(const std::multimap<std::string, Row, std::less<>>& rows, std::string_view owner,
                   std::string_view name, const std::vector<std::string>& parameters) {
  const Row* best = nullptr;
  const auto [first, last] = rows.equal_range(owner);
  for (auto row = first; row != last; ++row)
    if (row->second.name == name && fits(row->second.with, parameters) && (best == nullptr || best->with.empty()))
      best = &row->second;
  return best;
}

/// Longer chains than this are no hierarchy of Flink's but a circle in a table.
constexpr int kDeepestHierarchy = 16;

const std::string kAnyRichFunction = "org.apache.flink.api.common.functions.RichFunction";

}  // namespace

std::optional<std::size_t> JobFunction::parameter(std::string_view meaning) const {
  const auto found = std::ranges::find(parameters, meaning);
  if (found == parameters.end())
    return std::nullopt;
  return static_cast<std::size_t>(found - parameters.begin());
}

const JobCall* JobCalls::find_call(std::string_view class_name, std::string_view name,
                                   std::string_view descriptor) const {
  const std::vector<std::string> parameters = simple_parameter_names(descriptor);
  std::string_view at = class_name;
  for (int depth = 0; depth < kDeepestHierarchy; ++depth) {
    if (const JobCall* call = best_of(calls, at, name, parameters))
      return call;
    const auto super = super_classes.find(at);
    if (super == super_classes.end())
      break;
    at = super->second;
  }
  return find_function(at) != nullptr ? best_of(calls, kAnyRichFunction, name, parameters) : nullptr;
}

const LanguageCall* JobCalls::find_language_call(std::string_view owner, std::string_view name,
                                                 std::string_view descriptor) const {
  return language_calls.contains(owner) ? best_of(language_calls, owner, name, simple_parameter_names(descriptor))
                                        : nullptr;
}

const JobFunction* JobCalls::find_function(std::string_view class_name) const {
  const auto found = std::ranges::find(functions, class_name, &JobFunction::class_name);
  return found == functions.end() ? nullptr : &*found;
}

const TypeFactory* JobCalls::find_type_factory(std::string_view owner, std::string_view member) const {
  const auto [first, last] = type_factories.equal_range(owner);
  const auto found = std::find_if(first, last, [&](const auto& row) { return row.second.member == member; });
  return found == last ? nullptr : &found->second;
}

bool JobCalls::extends(std::string_view class_name, std::string_view ancestor) const {
  for (int depth = 0; depth < kDeepestHierarchy && class_name != ancestor; ++depth) {
    const auto super = super_classes.find(class_name);
    if (super == super_classes.end())
      return false;
    class_name = super->second;
  }
  return class_name == ancestor;
}

bool JobCalls::is_api_class(std::string_view class_name) const {
  std::string_view at = class_name;
  for (int depth = 0; depth < kDeepestHierarchy; ++depth) {
    if (calls.contains(at))
      return true;
    const auto super = super_classes.find(at);
    if (super == super_classes.end())
      return false;
    at = super->second;
  }
  return false;
}

}  // namespace preflight
