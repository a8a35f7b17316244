#include "sample_jobs.h"

#include "rules/restore/job_builder.h"

namespace preflight::test {
namespace {

TypeExpression text_type() {
  return {.form = TypeExpression::Form::type_information,
          .made_class = "org.apache.flink.api.common.typeinfo.BasicTypeInfo",
          .texts = {"java.lang.String"}};
}

/// A class that the JAR does not have: Flink would take Kryo.
TypeExpression cart_type() {
  TypeExpression cart;
  cart.form = TypeExpression::Form::extracted;
  cart.type.name = "com/example/orders/Cart";
  return cart;
}

TypeExpression unknown_type() {
  return {.form = TypeExpression::Form::unknown, .reason = "the type is a parameter of a method of a library"};
}

CodePlace in_fraud_detector(int line) {
  return {.class_name = "com.example.orders.FraudDetector", .method = "open", .line = line};
}

JobValue<std::string> unknown_text(const std::string& reason) {
  return {.knowledge = JobValue<std::string>::Knowledge::unknown, .reason = reason};
}

JobBuilder orders() {
  JobBuilder job;
  job.model().entry_class = "com.example.orders.OrdersJob";
  job.source().uid("orders");
  job.op("process", "hash").uid("fraud-detector").keyed_by_long();
  job.current().function_class = "com.example.orders.FraudDetector";
  job.state(
      {.name = known<std::string>("last-alert"), .value = JobBuilder::long_type(), .place = in_fraud_detector(31)});
  return job;
}

}  // namespace

JobModel sample_job() {
  JobBuilder job = orders();
  job.state({.name = known<std::string>("devices"),
             .kind = JobStateKind::map,
             .value = JobBuilder::long_type(),
             .key = text_type(),
             .place = in_fraud_detector(32)});
  job.op("map");
  job.op("sinkTo").uid("alerts").parallelism(2);
  job.state("written", JobStateKind::operator_list);
  return job.model();
}

JobModel sample_new_job() {
  JobBuilder job = orders();
  job.state({.name = known<std::string>("devices"),
             .kind = JobStateKind::map,
             .value = text_type(),
             .key = text_type(),
             .ttl = JobState::Ttl::unknown,
             .place = in_fraud_detector(32)});
  job.state({.name = known<std::string>("cart"),
             .kind = JobStateKind::list,
             .value = cart_type(),
             .conditional = true,
             .lazy = true,
             .place = in_fraud_detector(35)});
  job.state({.name = unknown_text("it comes from the job's arguments"), .value = unknown_type()});
  job.current().states_incomplete_because = "a state backend of its own is opened in com.example.orders.Archive";
  job.op("map");
  job.op("process").conditional();
  job.current().uid = {.knowledge = JobValue<std::string>::Knowledge::one_of, .values = {"audit-eu", "audit-us"}};
  job.op("process");
  job.current().uid = unknown_text("it is read from a file");
  job.op("sinkTo").uid("alerts-v2");
  job.state({.name = known<std::string>("positions"),
             .kind = JobStateKind::operator_union,
             .value = unknown_type(),
             .payload = "kafka-split"});
  job.model().incomplete_because = "operators are made by reflection";
  job.model().unknowns = {
      {"parallelism", "it is read from the environment", {"com.example.orders.OrdersJob", "main", 17}},
      {"configuration", "it is read from a file", {}}};
  return job.model();
}

}  // namespace preflight::test
