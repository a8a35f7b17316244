#include "sample_reports.h"

namespace preflight {
namespace {

constexpr const char* kJarSha = "9f2b0c7d5e1a4b8c3d6f7e8091a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4";
constexpr const char* kPomSha = "1c0ffee0d15ea5e0badc0de0feedface00c0ffee1234567890abcdef00112233";
constexpr const char* kMetadataSha = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

Finding kryo_state() {
  return {
      .rule = "kryo-state-across-major",
      .severity = Severity::blocker,
      .title =
          "State \"recent-cart\" of operator \"fraud-detector\" was written by Kryo 2, which Flink 2.2 cannot read",
      .message =
          "Flink 1.x writes generic types with Kryo 2.24 and Flink 2.x reads them with Kryo 5.6; the two binary "
          "formats differ. The job starts, the task fails while it restores this state, and Flink restarts it "
          "without end.",
      .remedy =
          "Before the upgrade, while still on Flink 1.20, migrate the state to a serializer that both releases "
          "have: make com.example.orders.Cart a POJO (public class, public no-argument constructor, public "
          "fields) and rewrite the state, or drop it and let it fill again.",
      .evidence = {"value serializer: KryoSerializer[com.example.orders.Cart]"},
      .sources = {"https://nightlies.apache.org/flink/flink-docs-release-2.0/release-notes/flink-2.0/", "FLINK-3154"},
      .subject = {.kind = Subject::Kind::state,
                  .name = "fraud-detector/recent-cart",
                  .operator_id = "6d2677a0ecc3fd8df0b72ec675edf8f4",
                  .uid = "fraud-detector",
                  .state = "recent-cart",
                  .class_name = "com.example.orders.Cart"},
      .location = {.path = "savepoints/savepoint-2b1f7c/_metadata"}};
}

Finding removed_class() {
  return {.rule = "removed-class-referenced",
          .severity = Severity::blocker,
          .title = "Class org.apache.flink.streaming.api.functions.sink.SinkFunction no longer exists in Flink 2.2",
          .message =
              "Flink 2.0 removed the SinkFunction interface. The first class that refers to it fails to load with "
              "NoClassDefFoundError, so the job never gets as far as its state.",
          .remedy =
              "Implement org.apache.flink.api.connector.sink2.Sink and attach it with sinkTo(), or move to "
              "org.apache.flink.streaming.api.functions.sink.legacy.SinkFunction for the time being.",
          .evidence = {"com.example.orders.AlertQueue, class AlertQueue extends SinkFunction",
                       "com.example.orders.LogSink, class LogSink extends SinkFunction",
                       "com.example.orders.OrdersJob#main, call of DataStream#addSink(SinkFunction)",
                       "com.example.orders.OrdersJob#main, call of SingleOutputStreamOperator#addSink(SinkFunction)",
                       "org.apache.flink.streaming.connectors.rabbitmq.RMQSink, superclass RichSinkFunction"},
          .sources = {"https://nightlies.apache.org/flink/flink-docs-release-2.0/release-notes/flink-2.0/"},
          .subject = {.kind = Subject::Kind::class_,
                      .name = "org.apache.flink.streaming.api.functions.sink.SinkFunction",
                      .class_name = "org.apache.flink.streaming.api.functions.sink.SinkFunction"},
          .location = {.path = "build/libs/orders-2.0.jar", .entry = "com/example/orders/AlertQueue.class"}};
}

Finding connector_without_release() {
  return {.rule = "connector-without-release",
          .severity = Severity::blocker,
          .title = "org.apache.flink:flink-connector-rabbitmq has no release for Flink 2.2",
          .message =
              "The newest release, 3.1.0-1.20, is built against interfaces that Flink 2.0 removed. It compiles "
              "against nothing newer than Flink 1.20.",
          .remedy = "Publish the alerts through a connector that has a release for Flink 2.x, or wait for one.",
          .evidence = {"declared version: 3.0.1-1.17"},
          .sources = {"https://flink.apache.org/downloads/#apache-flink-connectors"},
          .subject = {.kind = Subject::Kind::dependency,
                      .name = "org.apache.flink:flink-connector-rabbitmq",
                      .coordinates = "org.apache.flink:flink-connector-rabbitmq:3.0.1-1.17"},
          .location = {.path = "pom.xml", .line = 37}};
}

Finding changed_uid() {
  return {.rule = "operator-not-in-application",
          .severity = Severity::high,
          .title = "No operator of the new JAR has the uid \"fraud-detector\"",
          .message =
              "The savepoint holds 3 states for this operator. Flink refuses to start from it unless "
              "allowNonRestoredState is on, and then it drops the state.",
          .remedy = "Set the uid back to \"fraud-detector\" in com.example.orders.OrdersJob.",
          .evidence = {"uids of the new JAR: order-feed, fraud-detector-v2, alert-sink, country-revenue, revenue-sink"},
          .sources = {"https://nightlies.apache.org/flink/flink-docs-stable/docs/ops/state/savepoints/"},
          .subject = {.kind = Subject::Kind::operator_,
                      .name = "6d2677a0ecc3fd8df0b72ec675edf8f4",
                      .operator_id = "6d2677a0ecc3fd8df0b72ec675edf8f4",
                      .uid = "fraud-detector"},
          .location = {.path = "savepoints/savepoint-2b1f7c/_metadata"}};
}

Finding dependency_version() {
  return {.rule = "flink-dependency-version-mismatch",
          .severity = Severity::medium,
          .title = "org.apache.flink:flink-streaming-java is 1.20.3, the target runs 2.2",
          .message = "The application is compiled against another release than the one that will run it.",
          .remedy = "Set flink.version to 2.2.0 and compile again.",
          .subject = {.kind = Subject::Kind::dependency,
                      .name = "org.apache.flink:flink-streaming-java",
                      .coordinates = "org.apache.flink:flink-streaming-java:1.20.3"},
          .location = {.path = "pom.xml", .line = 23},
          .edits = {{"pom.xml", 23, "flink.version", "1.20.3", "2.2.0"}}};
}

Finding major_hop() {
  return {.rule = "upgrade-path-unpromised",
          .severity = Severity::low,
          .title = "Flink does not promise that 2.x restores savepoints of 1.x",
          .message = "Most state does come back; what does not is listed as findings of its own.",
          .remedy = "Rehearse the restore with a copy of the savepoint.",
          .subject = {.kind = Subject::Kind::runtime, .name = "1.20 -> 2.2"}};
}

Finding log_level() {
  return {.rule = "bundled-logging",
          .severity = Severity::info,
          .title = "The JAR carries a log4j2.properties that the runtime ignores",
          .message = "The runtime's own logging configuration is found first.",
          .remedy = "Nothing needs to be done.",
          .subject = {.kind = Subject::Kind::manifest, .name = "log4j2.properties"},
          .location = {.path = "build/libs/orders-2.0.jar", .entry = "log4j2.properties"}};
}

OperatorPrediction fraud_detector() {
  return {.id = operator_id("6d2677a0ecc3fd8df0b72ec675edf8f4"),
          .uid = "fraud-detector",
          .name = "Fraud detector",
          .parallelism = 4,
          .max_parallelism = 128,
          .match = OperatorMatch::absent,
          .outcome = OperatorOutcome::fails,
          .reason = "no uid of the new JAR gives this operator ID",
          .states = {
              {.name = "customer-profile",
               .kind = StateKind::keyed,
               .outcome = StateOutcome::dropped,
               .serializer_before = "PojoSerializer[com.example.orders.CustomerProfile]{customer: StringSerializer, "
                                    "lastOrderAt: LongSerializer, orders: LongSerializer, totalCents: LongSerializer}",
               .serializer_after = std::nullopt,
               .reason = "its operator is not in the new job"},
              {.name = "recent-cart",
               .kind = StateKind::keyed,
               .outcome = StateOutcome::incompatible,
               .serializer_before = "KryoSerializer[com.example.orders.Cart]",
               .serializer_after = "KryoSerializer[com.example.orders.Cart]",
               .reason = "Kryo 2.24 wrote it, Kryo 5.6 cannot read it"},
              {.name = "last-alert",
               .kind = StateKind::keyed,
               .outcome = StateOutcome::unknown,
               .serializer_before = "TtlSerializer{timestamp: LongSerializer, value: LongSerializer}",
               .serializer_after = std::nullopt,
               .reason = "what the new JAR registers under this name was not seen"}}};
}

OperatorPrediction country_revenue() {
  return {.id = operator_id("0a448493b4782967b150582570326227"),
          .uid = "country-revenue",
          .name = "Country revenue",
          .parallelism = 4,
          .max_parallelism = 128,
          .match = OperatorMatch::by_uid,
          .outcome = OperatorOutcome::restores,
          .reason = "a uid() call of the new JAR names it",
          .states = {{.name = "revenue",
                      .kind = StateKind::keyed,
                      .outcome = StateOutcome::as_is,
                      .serializer_before = "LongSerializer",
                      .serializer_after = "LongSerializer",
                      .reason = "the same serializer on both sides"},
                     {.name = "by-month",
                      .kind = StateKind::keyed,
                      .outcome = StateOutcome::after_migration,
                      .serializer_before = "PojoSerializer[com.example.orders.Month]{cents: LongSerializer}",
                      .serializer_after =
                          "PojoSerializer[com.example.orders.Month]{cents: LongSerializer, orders: LongSerializer}",
                      .reason = "the field orders was added; Flink rewrites the state while it restores"},
                     {.name = "rates",
                      .kind = StateKind::broadcast,
                      .outcome = StateOutcome::new_,
                      .serializer_before = std::nullopt,
                      .serializer_after = "MapSerializer[StringSerializer, DoubleSerializer]",
                      .reason = "the savepoint has no state of this name; it starts empty"}}};
}

OperatorPrediction order_feed() {
  return {.id = operator_id("bc764cd8ddf7a0cff126f51c16239658"),
          .uid = std::nullopt,
          .name = std::nullopt,
          .parallelism = 1,
          .max_parallelism = 128,
          .match = OperatorMatch::by_string_constant,
          .outcome = OperatorOutcome::stateless,
          .reason = "the savepoint holds no state for it",
          .states = {}};
}

Report pass_report() {
  Report report{
      .tool_version = "0.1.0",
      .table_version = "2026.11.20",
      .from = "1.18",
      .from_how = "--from",
      .to = "1.20",
      .platform = "kubernetes",
      .gate = "Gate passed: nothing at or above high.",
      .gate_failed = false,
      .inputs = {{"application", "sessions.jar", 48213, kJarSha, "31 classes, entry class com.example.Main"},
                 {"pom", "pom.xml", 2871, kPomSha, "org.example:sessions:1.0, 9 dependencies"},
                 {"savepoint", "savepoint-77", 5120, kMetadataSha, "Flink 1.16 to 1.20 savepoint, 1 operator"}},
      .assessment = {}};
  report.assessment.verdict = Verdict::pass;
  report.assessment.rules_run = 14;
  report.assessment.restore = {.outcome = RestoreOutcome::restores,
                               .reason = "Every state of the savepoint is found in the new JAR.",
                               .allow_non_restored_state = false,
                               .operators = {country_revenue()}};
  return report;
}

Report unknown_report() {
  Report report{.tool_version = "0.1.0",
                .table_version = "2026.11.20",
                .from = std::nullopt,
                .from_how = "",
                .to = "2.2",
                .platform = "standalone",
                .gate = "Gate failed: --strict does not let an unknown pass.",
                .gate_failed = true,
                .inputs = {{"savepoint", "-", 1048576, "", "Flink 2.1 or later savepoint, 1 operator"}},
                .assessment = {}};
  OperatorPrediction operator_prediction = fraud_detector();
  operator_prediction.match = OperatorMatch::no_application;
  operator_prediction.outcome = OperatorOutcome::unknown;
  operator_prediction.reason = "no JAR was given";
  for (StatePrediction& state : operator_prediction.states) {
    state.outcome = StateOutcome::unknown;
    state.reason = "no JAR was given";
  }
  operator_prediction.states.back().serializer_before.reset();
  report.assessment.verdict = Verdict::unknown;
  report.assessment.rules_run = 3;
  report.assessment.restore = {.outcome = RestoreOutcome::unknown,
                               .reason = "Without the new JAR nobody can say which state it will register.",
                               .allow_non_restored_state = std::nullopt,
                               .operators = {operator_prediction}};
  report.assessment.skipped = {{"example-needs-jar", "no application JAR was given (--app)"},
                               {"another-needs-jar", "no application JAR was given (--app)"},
                               {"example-needs-pom", "no pom.xml was given (--pom)"}};
  report.assessment.unknowns = {{"the release that runs now", "neither the command line nor the savepoint tells"}};
  return report;
}

}  // namespace

Report blocked_report() {
  Report report{.tool_version = "0.1.0",
                .table_version = "2026.11.20",
                .from = "1.20",
                .from_how = "--from",
                .to = "2.2",
                .platform = "msf",
                .gate = "Gate failed: 4 findings at or above high.",
                .gate_failed = true,
                .inputs = {{"application", "build/libs/orders-2.0.jar", 571502, kJarSha,
                            "212 classes, entry class com.example.orders.OrdersJob"},
                           {"pom", "pom.xml", 2871, kPomSha, "com.example:orders:2.0, 4 dependencies"},
                           {"savepoint", "savepoints/savepoint-2b1f7c", 41207, kMetadataSha,
                            "Flink 1.16 to 1.20 savepoint, 3 operators"}},
                .assessment = {}};
  report.assessment.verdict = Verdict::blocked;
  report.assessment.findings = {kryo_state(),  removed_class(),      connector_without_release(),
                                changed_uid(), dependency_version(), major_hop(),
                                log_level()};
  report.assessment.rules_run = 11;
  report.assessment.restore = {.outcome = RestoreOutcome::fails,
                               .reason =
                                   "Operator \"fraud-detector\" has state and is not in the new JAR: Flink refuses "
                                   "to start from this savepoint.",
                               .allow_non_restored_state = false,
                               .operators = {order_feed(), fraud_detector(), country_revenue()},
                               .graph = {.nodes = {{"order-feed", "fromSource KafkaSource", 0},
                                                   {"country-revenue", "process CountryRevenue", 2},
                                                   {"Audit", "addSink", std::nullopt},
                                                   {"fraud-detector", "in the savepoint alone", 1}},
                                         .edges = {{0, 1}, {1, 2}, {0, 2}}}};
  report.assessment.rollback = {
      .verdict = RollbackVerdict::lossy,
      .sentence =
          "One can go back by hand: the old version is deployed anew from the savepoint of Flink 1.20. The sinks "
          "with exactly-once delivery then write some records twice.",
      .snapshot = "the savepoint taken on Flink 1.20 for the upgrade",
      .steps = {"Suspend the new job.",
                "Name the savepoint in initialSavepointPath, and change savepointRedeployNonce."},
      .commands = {"kubectl apply --namespace streaming --filename deploy/orders.yaml"},
      .loses = {"A savepoint that Flink 2.2 writes cannot be read by Flink 1.20: what only it holds is lost."},
      .missing = {"no deployment was given (--deployment)"},
      .locations = {{.path = "deploy/orders.yaml", .line = 31}},
      .sources = {"Flink documentation: Savepoints"}};
  report.assessment.skipped = {{"example-needs-parallelism", "the planned parallelism is not known (--parallelism)"}};
  report.assessment.unknowns = {{"state of operator bc764cd8ddf7a0cff126f51c16239658 in the new JAR",
                                 "its source function is built by reflection"}};
  return report;
}

const std::vector<SampleReport>& sample_reports() {
  static const std::vector<SampleReport> samples{{"blocked", blocked_report()},
                                                 {"pass", pass_report()},
                                                 {"unknown", unknown_report()},
                                                 {"hostile", hostile_report()},
                                                 {"decided", decided_report()}};
  return samples;
}

OperatorId operator_id(const std::string& hex) {
  return OperatorId::from_hex(hex).value();
}

}  // namespace preflight
