#include "sample_reports.h"

namespace preflight {
namespace {

SerializerSnapshot leaf(const std::string& serializer) {
  SerializerSnapshot snapshot;
  snapshot.snapshot_class = "org.apache.flink.api.common.typeutils.base." + serializer + "$" + serializer + "Snapshot";
  snapshot.serializer = serializer;
  snapshot.version = 3;
  return snapshot;
}

SerializerSnapshot kryo(const std::string& type) {
  SerializerSnapshot snapshot;
  snapshot.snapshot_class = "org.apache.flink.api.java.typeutils.runtime.kryo.KryoSerializerSnapshot";
  snapshot.serializer = "KryoSerializer";
  snapshot.version = 2;
  snapshot.parameters = {{"class", type}, {"registrations", std::vector<std::string>{"java.util.Date", type}}};
  return snapshot;
}

SerializerSnapshot list_of(const SerializerSnapshot& element) {
  SerializerSnapshot snapshot;
  snapshot.snapshot_class = "org.apache.flink.api.common.typeutils.base.ListSerializerSnapshot";
  snapshot.serializer = "ListSerializer";
  snapshot.version = 1;
  snapshot.nested = {element};
  return snapshot;
}

SerializerSnapshot profile() {
  SerializerSnapshot snapshot;
  snapshot.snapshot_class = "org.apache.flink.api.java.typeutils.runtime.PojoSerializerSnapshot";
  snapshot.serializer = "PojoSerializer";
  snapshot.version = 2;
  const std::string type = "com.example.orders.CustomerProfile";
  snapshot.parameters = {{"class", type}};
  snapshot.fields = {{"customer", type, {leaf("StringSerializer")}},
                     {"devices", type, {list_of(kryo("com.example.orders.Device"))}},
                     {"lastOrderAt", type, {leaf("LongSerializer")}},
                     {"rewritten", type, {}}};
  return snapshot;
}

State keyed(const std::string& name, const SerializerSnapshot& value) {
  State state;
  state.name = name;
  state.kind = StateKind::keyed;
  state.backend_state_type = "KEY_VALUE";
  state.options = {{"KEYED_STATE_TYPE", "VALUE"}};
  state.namespace_serializer = leaf("VoidNamespaceSerializer");
  state.value = value;
  return state;
}

OperatorState fraud_detector() {
  OperatorState state;
  state.id = operator_id("6d2677a0ecc3fd8df0b72ec675edf8f4");
  state.uid = "fraud-detector";
  state.name = "Fraud detector";
  state.parallelism = 4;
  state.max_parallelism = 128;
  state.subtasks_with_state = 3;
  state.has_state = true;
  state.key_serializer = leaf("StringSerializer");
  state.states = {keyed("customer-profile", profile()), keyed("last-alert", leaf("LongSerializer"))};
  state.states.back().differs_between_subtasks = true;
  state.state_bytes = 3 * 1024 * 1024 + 300;
  return state;
}

OperatorState rates() {
  OperatorState state;
  state.id = operator_id("0a448493b4782967b150582570326227");
  state.parallelism = 1;
  state.max_parallelism = 128;
  state.subtasks_with_state = 1;
  state.finished_subtasks = 1;
  state.coordinator_state_bytes = 64;
  state.has_channel_state = true;
  state.has_state = true;
  State broadcast;
  broadcast.name = "rates";
  broadcast.kind = StateKind::broadcast;
  broadcast.backend_state_type = "BROADCAST";
  broadcast.key = leaf("StringSerializer");
  broadcast.value = leaf("DoubleSerializer");
  State offsets;
  offsets.name = "topic-partition-offset-states";
  offsets.kind = StateKind::operator_union;
  offsets.backend_state_type = "OPERATOR";
  offsets.element = kryo("scala.Tuple2");
  offsets.other_serializers = {{"REGISTRY_SERIALIZER", leaf("IntSerializer")}};
  State unread;
  unread.name = "pending";
  unread.kind = StateKind::operator_list;
  state.states = {broadcast, unread, offsets};
  state.state_bytes = 812;
  state.unread = {"savepoints/savepoint-2b1f7c/4f2a: no such file"};
  return state;
}

OperatorState finished() {
  OperatorState state;
  state.id = operator_id("bc764cd8ddf7a0cff126f51c16239658");
  state.parallelism = 1;
  state.max_parallelism = 128;
  state.fully_finished = true;
  return state;
}

}  // namespace

Savepoint sample_savepoint() {
  Savepoint savepoint;
  savepoint.metadata_path = "savepoints/savepoint-2b1f7c/_metadata";
  savepoint.metadata_version = 4;
  savepoint.checkpoint_id = 17;
  savepoint.properties = CheckpointProperties{"Savepoint", "CANONICAL", {{"forced", true}, {"unclaimed", false}}};
  savepoint.master_states = {{"hook", 1, 12}};
  savepoint.backends = {"canonical"};
  savepoint.operators = {fraud_detector(), rates(), finished()};
  return savepoint;
}

Savepoint hostile_savepoint() {
  Savepoint savepoint;
  savepoint.metadata_path = hostile::kNotUtf8;
  savepoint.metadata_version = 99;
  savepoint.backends = {hostile::kScript};
  OperatorState state = fraud_detector();
  state.uid = hostile::kQuotes;
  state.name = hostile::kEscapes;
  state.states = {keyed(hostile::kEscapes, kryo(hostile::kOverride)), keyed(hostile::kNotUtf8, profile())};
  state.states.front().options = {{hostile::kNotUtf8, hostile::kScript}};
  state.unread = {hostile::kEscapes};
  savepoint.operators = {state};
  return savepoint;
}

}  // namespace preflight
