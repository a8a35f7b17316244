#pragma once

#include "application_summary.h"

namespace preflight::test {

/// A shaded JAR with everything that a listing shows.
inline ApplicationJar sample_application() {
  ApplicationJar application;
  application.path = "orders-1.4.jar";
  application.file_bytes = 73'400'320;
  application.manifest.main_attributes = {
      {"main-class", "com.example.orders.OrdersJob"}, {"build-jdk-spec", "17"}, {"class-path", "lib/extra.jar"}};
  application.nested_jars = {"lib/pricing-2.0.jar"};
  application.signature_files = {"META-INF/BC2048KE.SF"};
  application.duplicate_entries = {"META-INF/LICENSE"};
  application.unread = {{"com/example/Broken.class", "expected 0xCAFEBABE at offset 0"}};
  ApplicationClass job;
  job.name = "com.example.orders.OrdersJob";
  job.has_main = true;
  application.classes = {job};
  return application;
}

inline ApplicationSummary sample_summary() {
  static const KnownLibrary guava{.id = "guava", .name = "Guava", .group = "com.google.guava"};
  ApplicationSummary summary;
  summary.classes = {.application = 42, .flink = 310, .library = 12'000};
  summary.java_levels = {{8, {.flink = 310, .library = 12'000}}, {17, {.application = 42}}};
  summary.packing.own = {{"com.example", "orders", "1.4"}};
  summary.packing.libraries = {
      {.group = "com.google.guava",
       .artifact = "guava",
       .version = "31.1-jre",
       .known = &guava,
       .relocated_under = "com.example.shaded.",
       .classes = 1'987,
       .entries = {"META-INF/maven/com.google.guava/guava/pom.properties"}},
      {.group = "net.acme", .artifact = "pricing", .version = "2.0", .entries = {"lib/pricing-2.0.jar"}},
      {.group = "org.apache.flink", .artifact = "flink-connector-kafka", .classes = 310},
      {.group = "org.slf4j", .artifact = "slf4j-api", .note = "only a part of its packages is there"}};
  summary.connectors = {
      {"org.apache.flink:flink-connector-kafka", "Flink connector: Apache Kafka", "", {}},
      {"org.apache.flink:flink-connector-jdbc", "Flink connector: JDBC", "3.2.0-1.19", {*FlinkVersion::parse("1.19")}}};
  summary.flink_use = {{"org.apache.flink.api.common.functions", {.classes = 1}},
                       {"org.apache.flink.streaming.api.datastream", {.classes = 4, .members = 9}}};
  summary.uid_calls = {{"com.example.orders.OrdersJob", "main", "order-feed"},
                       {"com.example.orders.OrdersJob", "sinkOf", std::nullopt}};
  return summary;
}

}  // namespace preflight::test
