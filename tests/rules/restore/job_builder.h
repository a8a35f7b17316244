#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "job/job_model.h"

namespace preflight::test {

template <typename T>
JobValue<T> known(T value) {
  return {.knowledge = JobValue<T>::Knowledge::known, .values = {std::move(value)}};
}

/// A JobModel written down in a few words. Each operator reads from the one before it, unless `from` says otherwise.
class JobBuilder {
 public:
  JobBuilder& source(const std::string& call = "fromSource") { return add(call, {}); }
  JobBuilder& op(const std::string& call, const std::string& partitioner = "") {
    return add(call, {{.from = last(), .partitioner = partitioner}});
  }
  /// With inputs from the operators of these indices.
  JobBuilder& op(const std::string& call, const std::vector<std::uint32_t>& inputs,
                 const std::string& partitioner = "") {
    std::vector<JobEdge> edges;
    for (const std::uint32_t input : inputs)
      edges.push_back({.from = input, .partitioner = partitioner});
    return add(call, std::move(edges));
  }

  JobBuilder& uid(const std::string& text) {
    current().uid = known(text);
    return *this;
  }
  JobBuilder& parallelism(int value) {
    current().parallelism = known(static_cast<std::int32_t>(value));
    return *this;
  }
  JobBuilder& chaining(JobChaining chaining) {
    current().chaining = chaining;
    return *this;
  }
  JobBuilder& slot_sharing_group(const std::string& name) {
    current().slot_sharing_group = known(name);
    return *this;
  }
  JobBuilder& conditional() {
    current().conditional = true;
    return *this;
  }
  JobBuilder& keyed_by_long() {
    current().key = long_type();
    return *this;
  }
  JobBuilder& state(const std::string& name, JobStateKind kind = JobStateKind::value) {
    current().states.push_back({.name = known(name), .kind = kind, .value = long_type()});
    return *this;
  }
  JobBuilder& state(JobState added) {
    current().states.push_back(std::move(added));
    return *this;
  }

  static TypeExpression long_type() {
    return {.form = TypeExpression::Form::type_information,
            .made_class = "org.apache.flink.api.common.typeinfo.BasicTypeInfo",
            .texts = {"java.lang.Long"}};
  }

  JobOperator& current() { return job_.operators.back(); }
  JobModel& model() { return job_; }

 private:
  JobBuilder& add(const std::string& call, std::vector<JobEdge> inputs) {
    JobOperator added;
    added.call = call;
    added.inputs = std::move(inputs);
    added.place = {
        .class_name = "com.example.Job", .method = "main", .line = 10 + static_cast<int>(job_.operators.size())};
    job_.operators.push_back(std::move(added));
    return *this;
  }
  std::uint32_t last() const { return static_cast<std::uint32_t>(job_.operators.size() - 1); }

  JobModel job_;
};

}  // namespace preflight::test
