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
  application.unsafe_names = {"../../etc/cron.d/orders"};
  application.unread = {{"com/example/Broken.class", "expected 0xCAFEBABE at offset 0"}};
  ApplicationClass job;
  job.name = "com.example.orders.OrdersJob";
  job.has_main = true;
  application.classes = {job};
  return application;
}

/// A PyFlink archive, of which the JVM sees nothing but the JARs inside.
inline ApplicationJar sample_python_application() {
  ApplicationJar application;
  application.path = "orders-py.zip";
  application.file_bytes = 20'480;
  application.nested_jars = {"lib/flink-sql-connector-kafka-3.3.0-1.20.jar"};
  application.python.emplace();
  application.python->entry_scripts = {"main.py", "report.py"};
  application.python->requirements_entry = "requirements.txt";
  application.python->requirements = {{"apache-flink==1.20.0", 1}, {"--no-index", 3}, {"pandas>=2.0,<3", 4}};
  return application;
}

inline ApplicationSummary sample_summary() {
  static const KnownLibrary guava{.id = "guava", .name = "Guava", .group = "com.google.guava"};
  ApplicationSummary summary;
  summary.classes = {.application = 42, .flink = 310, .library = 12'000};
  summary.java_levels = {{8, {.flink = 310, .library = 12'000}}, {17, {.application = 42}}};
  summary.previews = {{"com/example/orders/Draft.class", 17}};
  summary.modules = {"module-info.class"};
  summary.shadowed = {{"net.acme.Price", "net/acme/Price.class", {"lib/pricing-2.0.jar!net/acme/Price.class"}, false},
                      {"net.acme.Tax", "net/acme/Tax.class", {"lib/pricing-2.0.jar!net/acme/Tax.class"}, true}};
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
