// The rules by themselves, on small trees written by hand; what is not said of a class is unknown.

#include <catch2/catch.hpp>

#include "serialization/avro_resolution.h"
#include "serialization/schema_compatibility.h"
#include "serialization/serializer_inference.h"

using namespace preflight;

namespace {

using Texts = std::vector<std::string>;

const std::string kBase = "org.apache.flink.api.common.typeutils.base.";
const std::string kRuntime = "org.apache.flink.api.java.typeutils.runtime.";

const CompatibilityTable& table() {
  static const CompatibilityTable read = read_compatibility_table(embedded_table_documents());
  return read;
}

SerializerSnapshot simple(const std::string& type) {
  return {.snapshot_class = kBase + type + "Serializer$" + type + "SerializerSnapshot",
          .serializer = type + "Serializer"};
}

SerializerSnapshot composite(const std::string& name, std::vector<SerializerSnapshot> nested) {
  const std::string& package = name == "Tuple" ? kRuntime : kBase;
  return {.snapshot_class = package + name + "SerializerSnapshot",
          .serializer = name + "Serializer",
          .nested = std::move(nested)};
}

SerializerSnapshot kryo(const std::string& type) {
  return {.snapshot_class = kRuntime + "kryo.KryoSerializerSnapshot",
          .serializer = "KryoSerializer",
          .parameters = {{"class", type}, {"registrations", Texts{type}}}};
}

SerializerSnapshot enum_of(const std::string& type, Texts constants) {
  return {.snapshot_class = kBase + "EnumSerializer$EnumSerializerSnapshot",
          .serializer = "EnumSerializer",
          .parameters = {{"class", type}, {"constants", std::move(constants)}}};
}

SerializerSnapshot pojo(std::vector<std::pair<std::string, SerializerSnapshot>> fields) {
  SerializerSnapshot made{.snapshot_class = kRuntime + "PojoSerializerSnapshot",
                          .serializer = "PojoSerializer",
                          .parameters = {{"class", std::string("acme.Order")}}};
  for (auto& [name, serializer] : fields)
    made.fields.push_back({name, "acme.Order", {std::move(serializer)}});
  return made;
}

SerializerSnapshot with_parameter(SerializerSnapshot snapshot, const char* name,
                                  decltype(SnapshotParameter::value) value) {
  snapshot.parameters.push_back({name, std::move(value)});
  return snapshot;
}

SerializerSnapshot array_of(const std::string& component) {
  return with_parameter(composite("GenericArray", {simple("Long")}), "component_class", component);
}

SerializerSnapshot scala_enum_of(Texts constants) {
  return {.snapshot_class = "org.apache.flink.api.scala.typeutils.ScalaEnumSerializerSnapshot",
          .serializer = "ScalaEnumSerializer",
          .parameters = {{"class", std::string("acme.Level$")}, {"constants", std::move(constants)}}};
}

SerializerSnapshot pojo_with_subclasses(Texts registered) {
  SerializerSnapshot made = pojo({{"id", simple("Long")}});
  made.nested.assign(registered.size(), pojo({}));
  return with_parameter(std::move(made), "registered_subclasses", std::move(registered));
}

SerializerSnapshot row_of(bool with_kind) {
  return with_parameter({.snapshot_class = kRuntime + "RowSerializer$RowSerializerSnapshot",
                         .serializer = "RowSerializer",
                         .nested = {simple("Long")}},
                        "supports_row_kind", with_kind);
}

SerializerSnapshot ttl(SerializerSnapshot value) {
  return {.snapshot_class = "org.apache.flink.runtime.state.ttl.TtlStateFactory$TtlSerializerSnapshot",
          .serializer = "TtlSerializer",
          .nested = {simple("Long"), std::move(value)}};
}

SerializerSnapshot aware(SerializerSnapshot value) {
  return {.snapshot_class = "org.apache.flink.runtime.state.ttl.TtlAwareSerializerSnapshot",
          .serializer = "TtlAwareSerializer",
          .nested = {std::move(value)}};
}

GenericType type_named(const std::string& internal_name) {
  return {.kind = GenericType::Kind::class_type, .name = internal_name};
}

ClassShape class_of(const std::string& name, const Texts& fields) {
  ClassShape shape{.name = name, .access_flags = 0x0011};
  shape.generic.super_class = type_named("java/lang/Object");
  for (const std::string& field : fields)
    shape.fields.push_back({.name = field, .descriptor = "I", .type = {GenericType::Kind::primitive, "I"}});
  return shape;
}

JobModel job_with(const std::vector<ClassShape>& shapes) {
  JobModel job;
  for (const ClassShape& shape : shapes)
    job.shapes.emplace(shape.name, shape);
  return job;
}

SchemaWorlds worlds(const char* from, const char* to, const JobModel* before, const JobModel* after) {
  const FlinkVersion source = FlinkVersion::parse(from).value();
  return {.from = SourceRelease{source, source, {}},
          .to = FlinkVersion::parse(to).value(),
          .before = before,
          .after = after,
          .table = &table()};
}

State keyed(const char* kind, SerializerSnapshot value) {
  State state{.name = "state", .kind = StateKind::keyed, .backend_state_type = "KEY_VALUE"};
  state.options.emplace_back("KEYED_STATE_TYPE", kind);
  state.value = std::move(value);
  return state;
}

std::string outcomes(const State& before, const State& after, const SchemaWorlds& between) {
  return std::string(to_string(compare_states(before, after, StateBackend::hashmap, between).outcome)) + ", " +
         to_string(compare_states(before, after, StateBackend::rocksdb, between).outcome);
}

}  // namespace

TEST_CASE("Serializers meet the snapshots of older ones") {
  using enum SchemaAnswer;
  struct Row {
    const char* name;
    SerializerSnapshot before;
    SerializerSnapshot after;
    SchemaAnswer there;
    SchemaAnswer back;
  };
  const auto row = GENERATE(values<Row>({
      {"the same", simple("Long"), simple("Long"), as_is, as_is},
      {"another type", simple("Int"), simple("Long"), incompatible, incompatible},
      {"a list", composite("List", {simple("Int")}), composite("List", {simple("Long")}), incompatible, incompatible},
      {"a value to a list of it", simple("Int"), composite("List", {simple("Int")}), incompatible, incompatible},
      {"one more in a tuple", composite("Tuple", {simple("Int")}), composite("Tuple", {simple("Int"), simple("Int")}),
       incompatible, incompatible},
      {"one more constant", enum_of("acme.Level", {"LOW"}), enum_of("acme.Level", {"LOW", "HIGH"}), reconfigured,
       unreadable},
      {"another enum", enum_of("acme.Level", {"LOW"}), enum_of("acme.Step", {"LOW"}), incompatible, incompatible},
      {"one more field", pojo({{"id", simple("Long")}}), pojo({{"id", simple("Long")}, {"note", simple("String")}}),
       after_migration, after_migration},
      {"a field of another type", pojo({{"id", simple("Int")}}), pojo({{"id", simple("Long")}}), incompatible,
       incompatible},
      {"a list that went through Kryo", pojo({{"tags", kryo("java.util.List")}}),
       pojo({{"tags", composite("List", {simple("String")})}}), incompatible, incompatible},
      {"an array of another class", array_of("java.lang.Long"), array_of("java.lang.Number"), incompatible,
       incompatible},
      {"a row whose kind is written too", row_of(false), row_of(true), after_migration, after_migration},
      {"another class through Kryo", kryo("acme.Order"), kryo("acme.Item"), incompatible, incompatible},
      {"one more value of a Scala enumeration", scala_enum_of({"LOW"}), scala_enum_of({"LOW", "HIGH"}), as_is,
       incompatible},
      {"another order of a Scala enumeration", scala_enum_of({"LOW", "HIGH"}), scala_enum_of({"HIGH", "LOW"}),
       incompatible, incompatible},
      {"subclasses registered in another order", pojo_with_subclasses({"acme.A", "acme.B"}),
       pojo_with_subclasses({"acme.B", "acme.A"}), reconfigured, reconfigured},
      {"not known", simple("Long"), unknown_serializer("no class"), unknown, unknown},
      {"not known, beside what fails", composite("Tuple", {simple("Int"), simple("Int")}),
       composite("Tuple", {unknown_serializer("no class"), simple("Long")}), incompatible, incompatible},
  }));
  INFO(row.name);
  const SchemaWorlds between = worlds("1.20", "1.20", nullptr, nullptr);
  CHECK(static_cast<int>(compare_schemas(row.before, row.after, between).answer) == static_cast<int>(row.there));
  CHECK(static_cast<int>(compare_schemas(row.after, row.before, between).answer) == static_cast<int>(row.back));
}

TEST_CASE("A snapshot class that the target has no more is not read, unless the new JAR has it") {
  const std::string gone =
      "org.apache.flink.api.java.typeutils.runtime.WritableSerializer$WritableSerializerConfigSnapshot";
  SerializerSnapshot old = simple("Long");
  old.snapshot_class = gone;
  struct Row {
    const char* target;
    bool in_the_jar;
    bool read;
  };
  const auto row = GENERATE(values<Row>({{"1.16", false, true}, {"1.17", false, false}, {"1.17", true, true}}));
  CAPTURE(row.target, row.in_the_jar);
  const JobModel before = job_with({});
  const JobModel after = row.in_the_jar ? job_with({class_of(gone, {})}) : job_with({});
  const StateComparison compared = compare_states(keyed("VALUE", old), keyed("VALUE", simple("Long")),
                                                  StateBackend::hashmap, worlds("1.15", row.target, &before, &after));
  const bool said =
      compared.reason.find("Flink " + std::string(row.target) + " cannot read " + gone) != std::string::npos;
  CAPTURE(compared.reason);
  CHECK(said == !row.read);
}

TEST_CASE("What Flink does about an answer depends on the place and the backend") {
  const SerializerSnapshot small = pojo({{"id", simple("Long")}});
  const SerializerSnapshot large = pojo({{"id", simple("Long")}, {"note", simple("String")}});
  const auto map_of = [](SerializerSnapshot key, SerializerSnapshot value) {
    return composite("Map", {std::move(key), std::move(value)});
  };
  struct Row {
    const char* name;
    State before;
    State after;
    const char* on_2_0;  ///< hashmap, RocksDB
    const char* on_2_1;
    const char* on_2_2;
  };
  const char* const as_is = "as-is, as-is";
  const char* const migrates = "after-migration, after-migration";
  const char* const fails = "incompatible, incompatible";
  const Row row = GENERATE_COPY(values<Row>({
      {"a value that is migrated", keyed("VALUE", small), keyed("VALUE", large), migrates, migrates, migrates},
      {"a map's value", keyed("MAP", map_of(simple("Int"), small)), keyed("MAP", map_of(simple("Int"), large)),
       migrates, migrates, migrates},
      {"a map's key", keyed("MAP", map_of(small, simple("Int"))), keyed("MAP", map_of(large, simple("Int"))),
       "after-migration, incompatible", "after-migration, incompatible", "after-migration, incompatible"},
      {"another kind", keyed("VALUE", simple("Int")), keyed("REDUCING", simple("Int")), fails, fails, fails},
      {"TTL on", keyed("VALUE", simple("Int")), keyed("VALUE", ttl(simple("Int"))), fails,
       "incompatible, after-migration", migrates},
      {"TTL off", keyed("LIST", composite("List", {ttl(simple("Int"))})),
       keyed("LIST", composite("List", {simple("Int")})), fails, "incompatible, after-migration", migrates},
      {"TTL on, and another type", keyed("VALUE", simple("Int")), keyed("VALUE", ttl(simple("Long"))), fails, fails,
       fails},
      {"TTL off within a list that is aware of it", keyed("LIST", composite("List", {aware(ttl(simple("Int")))})),
       keyed("LIST", composite("List", {aware(simple("Int"))})), fails, "incompatible, after-migration", migrates},
      {"awareness of TTL alone", keyed("MAP", map_of(simple("Int"), simple("Int"))),
       keyed("MAP", map_of(simple("Int"), aware(simple("Int")))), as_is, as_is, as_is},
      {"TTL kept", keyed("VALUE", ttl(simple("Int"))), keyed("VALUE", ttl(simple("Int"))), as_is, as_is, as_is},
  }));
  INFO(row.name);
  CHECK(outcomes(row.before, row.after, worlds("2.0", "2.0", nullptr, nullptr)) == row.on_2_0);
  CHECK(outcomes(row.before, row.after, worlds("2.0", "2.1", nullptr, nullptr)) == row.on_2_1);
  CHECK(outcomes(row.before, row.after, worlds("2.0", "2.2", nullptr, nullptr)) == row.on_2_2);
  const StateComparison key = compare_keys(small, large, StateBackend::unknown, worlds("2.0", "2.2", nullptr, nullptr));
  CHECK(key.outcome == StateOutcome::incompatible);
}

TEST_CASE("Kryo does not look at fields: what changed in them is told from both JARs") {
  static const JobModel two = job_with({class_of("acme.Tag", {"a", "b"})});
  static const JobModel three = job_with({class_of("acme.Tag", {"a", "aa", "b"})});
  static const JobModel none = job_with({});
  struct Row {
    const char* name;
    const char* type;
    const char* from;
    const JobModel* before;
    const JobModel* after;
    SchemaAnswer answer;
  };
  using enum SchemaAnswer;
  const Row row = GENERATE_COPY(values<Row>({
      {"the same fields", "acme.Tag", "2.0", &two, &two, as_is},
      {"one field more", "acme.Tag", "2.0", &two, &three, wrong_values},
      {"one field fewer", "acme.Tag", "2.0", &three, &two, wrong_values},
      {"nothing to compare with", "acme.Tag", "2.0", nullptr, &two, unknown},
      {"the class is gone", "acme.Tag", "2.0", &two, &none, unreadable},
      {"ints of Kryo 2", "acme.Tag", "1.20", &two, &two, as_is},
      {"a UUID", "java.util.UUID", "2.0", nullptr, &none, as_is},
      {"a UUID of Kryo 2", "java.util.UUID", "1.20", nullptr, &none, wrong_values},
      {"a list of Kryo 2", "java.util.List", "1.20", &none, &none, wrong_values},
      {"a class of the JDK that no restore has told of", "java.util.BitSet", "1.20", &none, &none, unknown},
      {"a list of no one knows what", "java.util.List", "2.0", nullptr, &two, unknown},
      {"a list of what all stayed the same", "java.util.List", "2.0", &two, &two, as_is},
      {"a list that may hold what changed", "java.util.List", "2.0", &two, &three, unknown},
  }));
  INFO(row.name);
  const SchemaComparison compared =
      compare_schemas(kryo(row.type), kryo(row.type), worlds(row.from, "2.2", row.before, row.after));
  INFO(compared.reason);
  CHECK(static_cast<int>(compared.answer) == static_cast<int>(row.answer));
}

TEST_CASE("Avro reads old values by the rules of schema resolution") {
  using enum AvroResolution::Outcome;
  const auto record = [](const std::string& fields) {
    return R"({"type":"record","name":"R","namespace":"acme","fields":[)" + fields + "]}";
  };
  const auto field = [](const std::string& type) { return R"({"name":"f","type":)" + type + "}"; };
  const std::string a = R"({"name":"a","type":"int"})";
  struct Row {
    const char* name;
    std::string writer;
    std::string reader;
    AvroResolution::Outcome there;
    AvroResolution::Outcome back;
  };
  const Row row = GENERATE_COPY(values<Row>({
      {"the same", record(a), record(a), equal, equal},
      {"a new field without a default", record(""), record(a), not_readable, readable},
      {"a new field with one", record(""), record(R"({"name":"a","type":"int","default":0})"), readable, readable},
      {"numbers", record(field(R"("int")")), record(field(R"("long")")), readable, not_readable},
      {"texts and bytes", record(field(R"("string")")), record(field(R"("bytes")")), readable, readable},
      {"a union around it", record(field(R"("int")")), record(field(R"(["null","int"])")), readable, not_readable},
      {"an alias", record(a), record(R"({"name":"b","type":"int","aliases":["a"]})"), readable, not_readable},
      {"an enum's symbols", record(field(R"({"type":"enum","name":"E","symbols":["X"]})")),
       record(field(R"({"type":"enum","name":"E","symbols":["X","Y"]})")), readable, not_readable},
      {"a namespace that is repeated", record(field(R"({"type":"enum","name":"E","symbols":["X"]})")),
       record(field(R"({"type":"enum","name":"E","namespace":"acme","symbols":["X"]})")), equal, equal},
      {"a full name for a short one", record(field(R"(["null","R"])")), record(field(R"(["null","acme.R"])")), equal,
       equal},
      {"another namespace", record(field(R"({"type":"enum","name":"E","symbols":["X"]})")),
       record(field(R"({"type":"enum","name":"E","namespace":"other","symbols":["X"]})")), readable, readable},
      {"documentation", record(a), record(R"({"name":"a","type":"int","doc":"how many"})"), equal, equal},
      {"a type in itself", record(field(R"(["null","R"])")),
       record(field(R"(["null","acme.R"])") + "," + R"({"name":"g","type":"int","default":1})"), readable, readable},
      {"another record", record(a), R"({"type":"record","name":"S","fields":[]})", not_readable, not_readable},
      {"no JSON", record(a), "{", unknown, unknown},
      {"a name that nothing defines", record(a), record(field(R"("Nothing")")), unknown, unknown},
  }));
  INFO(row.name);
  CHECK(static_cast<int>(resolve_avro(row.writer, row.reader).outcome) == static_cast<int>(row.there));
  CHECK(static_cast<int>(resolve_avro(row.reader, row.writer).outcome) == static_cast<int>(row.back));
}

TEST_CASE("A nested Avro schema without an end is refused, not followed") {
  std::string deep = R"("int")";
  for (int i = 0; i < 5000; ++i)
    deep = R"({"type":"array","items":)" + deep + "}";
  CHECK(resolve_avro(deep, deep).outcome == AvroResolution::Outcome::unknown);
}
