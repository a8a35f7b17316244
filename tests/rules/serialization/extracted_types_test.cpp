#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "rules/upgrade_builder.h"
#include "serialization/serializer_inference.h"
#include "upgrade_corpus.h"

using namespace preflight;
using namespace preflight::test;

namespace {

const std::string kPackage = "com.example.upgrade.";

/// Jobs of the corpus whose code does not leave the type to TypeExtractor alone.
const std::map<std::string, const char*> kOtherwise = {
    {"PojoGenericField", "a TypeHint binds the type variable"},
    {"TypeInfoPojoFields", "Types.GENERIC"},
    {"AvroEnumSymbolAdded", "the schema is written by hand, and repeats a namespace that Avro leaves out"},
    {"AvroEnumSymbolRemoved", "likewise"},
    {"ScalaApiConstructs", "a macro of Flink's Scala API makes its type information where the job is compiled"},
    {"ScalaApiFieldAdded", "likewise"},
};

std::string without_backend(const std::string& job) {
  return job.substr(0, job.find('-'));
}

/// What the jobs of the topics kryo and subclass set before, as their sources say.
SerializationSettings settings_of(const std::string& job) {
  SerializationSettings settings;
  const auto own = [&](const char* name) { return kPackage + job + "$" + name; };
  const std::map<std::string, std::vector<const char*>> kryo_types = {
      {"KryoRegistered", {"Item", "Tag"}},
      {"KryoRegisteredClassGone", {"Tag"}},
      {"KryoRegistrationAdded", {"Item"}},
      {"KryoRegistrationRemoved", {"Item", "Tag"}},
      {"KryoRegistrationsReordered", {"Item", "Tag"}},
  };
  if (const auto types = kryo_types.find(job); types != kryo_types.end())
    for (const char* type : types->second)
      settings.kryo_types.emplace_back(own(type), "");
  if (job == "KryoOwnSerializer" || job == "KryoOwnSerializerFieldAdded")
    settings.kryo_types.emplace_back(own("Basket"), own("Writer"));
  if (job == "KryoJavaSerialized")
    settings.kryo_types.emplace_back(own("Basket"), "org.apache.flink.api.java.typeutils.runtime.kryo.JavaSerializer");
  settings.force_kryo = job == "KryoNoLongerForced";
  const std::set<std::string> with_two = {"SubclassFieldAdded", "SubclassUnregistered", "SubclassesRegistered",
                                          "SubclassesReordered"};
  if (with_two.contains(job) || job == "SubclassGetsRegistered")
    settings.pojo_types.push_back(own("Dog"));
  if (with_two.contains(job))
    settings.pojo_types.push_back(own("Cat"));
  return settings;
}

/// What the factories of the corpus make.
std::map<std::string, TypeExpression> factories() {
  const auto made = [](const char* type_information, const char* text) {
    return TypeExpression{
        .form = TypeExpression::Form::type_information, .made_class = type_information, .texts = {text}};
  };
  TypeExpression list{.form = TypeExpression::Form::type_information,
                      .made_class = "org.apache.flink.api.java.typeutils.ListTypeInfo",
                      .arguments = {made("org.apache.flink.api.common.typeinfo.BasicTypeInfo", "java.lang.String")}};
  return {{kPackage + "PojoListTyped$Tags", list},
          {kPackage + "TypeInfoRemoved$Factory",
           made("org.apache.flink.api.java.typeutils.GenericTypeInfo", "com.example.upgrade.TypeInfoRemoved$Profile")}};
}

/// All serializers of a savepoint that are of a class, each once.
std::vector<SerializerSnapshot> serializers_of_classes(const Savepoint& savepoint) {
  std::vector<SerializerSnapshot> found;
  const auto take = [&](const SerializerSnapshot& snapshot, const std::string&) {
    if (string_parameter(snapshot, "class") != nullptr && std::ranges::find(found, snapshot) == found.end())
      found.push_back(snapshot);
  };
  for (const OperatorState& op : savepoint.operators) {
    if (op.key_serializer)
      for_each_snapshot(*op.key_serializer, "", take);
    for (const State& state : op.states)
      for (const auto* snapshot : {&state.key, &state.value, &state.element})
        if (*snapshot)
          for_each_snapshot(**snapshot, "", take);
  }
  return found;
}

}  // namespace

TEST_CASE("The serializers that Flink wrote are those that its type extraction comes to") {
  struct Row {
    const char* release;
    int compared;
  };
  const Row row = GENERATE(values<Row>({{"1.15", 11}, {"1.18", 22}, {"1.20", 194}, {"2.0", 24}, {"2.2", 112}}));
  CorpusJar jar(upgrades() / row.release / "before.jar");
  JobModel job;
  job.shapes = jar.all_shapes();
  job.made_types = factories();
  int compared = 0;
  for (const CorpusSavepoint& one : savepoints_of(row.release)) {
    const std::string name = without_backend(one.job);
    if (kOtherwise.contains(name))
      continue;
    job.serialization = settings_of(name);
    const SerializerInference inference(job, FlinkVersion::parse(row.release).value(), embedded_table());
    for (const SerializerSnapshot& written : serializers_of_classes(one.savepoint)) {
      const std::string& type = *string_parameter(written, "class");
      if (!job.shapes.contains(type))
        continue;
      INFO(row.release << " " << one.job << " " << type);
      const InferredSerializer inferred =
          inference.serializer_of({.form = TypeExpression::Form::extracted, .type = class_type(type)});
      CHECK(full_text(inferred.snapshot) == full_text(without_subclasses_seen(written)));
      ++compared;
    }
  }
  CHECK(compared == row.compared);
}

TEST_CASE("A class that goes through Kryo is told why") {
  struct Row {
    const char* release;
    const char* type;
    const char* why;  ///< Empty for a POJO.
  };
  const Row row = GENERATE(values<Row>({
      {"1.20", "PojoNotPublic$Profile", "is not public"},
      {"1.20", "PojoConstructorPrivate$Profile", "has a constructor without parameters that is not public"},
      {"1.20", "PojoConstructorRemoved$Profile", "has no public constructor without parameters"},
      {"1.20", "PojoInner$Profile", "is an inner class that is not static: there is none without its outer instance"},
      {"1.20", "PojoSetterRemoved$Profile",
       "has the field `visits`, which is not public and has no public setter of its type"},
      {"1.20", "PojoReadObject$Profile", "has a method readObject"},
      {"1.20", "PojoFluentSetter$Profile", ""},
      {"1.20", "PojoFieldFinal$Profile", ""},
      {"1.20", "RecordUnchanged$Profile", ""},
      {"1.18", "RecordUnchanged$Profile", "is a record, which Flink takes for a POJO from 1.19 on"},
  }));
  // Compiled against 1.20; the release says who looks at the classes.
  CorpusJar jar(upgrades() / "1.20" / "after.jar");
  JobModel job;
  job.shapes = jar.all_shapes();
  REQUIRE(job.shapes.contains(kPackage + row.type));
  const SerializerInference inference(job, FlinkVersion::parse(row.release).value(), embedded_table());
  const InferredSerializer inferred =
      inference.serializer_of({.form = TypeExpression::Form::extracted, .type = class_type(kPackage + row.type)});
  INFO(row.release << " " << row.type);
  CHECK((inferred.notes.empty() ? "" : inferred.notes.front().text) == row.why);
}

TEST_CASE("A factory that asks for its own type is not followed for ever") {
  JobModel job;
  ClassShape& shape = job.shapes["com.acme.Order"];
  shape.name = "com.acme.Order";
  shape.type_info_factory = "com.acme.Orders";
  job.made_types["com.acme.Orders"] = {.form = TypeExpression::Form::type_information,
                                       .made_class = "org.apache.flink.api.java.typeutils.PojoTypeInfo",
                                       .texts = {"com.acme.Order"}};
  const SerializerInference inference(job, FlinkVersion::parse("2.2").value(), embedded_table());
  const InferredSerializer inferred =
      inference.serializer_of({.form = TypeExpression::Form::extracted, .type = class_type("com.acme.Order")});
  CHECK(why_unknown(inferred.snapshot) != nullptr);
}

TEST_CASE("Flink 2.x does not end on a class that holds itself in a collection") {
  JobModel job;
  ClassShape& shape = job.shapes["com.acme.Node"];
  shape.name = "com.acme.Node";
  shape.access_flags = 1;
  shape.generic.super_class = class_type("java.lang.Object");
  GenericType list = class_type("java.util.List");
  list.arguments.push_back({.type = {class_type("com.acme.Node")}});
  shape.fields.push_back({.name = "children", .descriptor = "Ljava/util/List;", .type = list, .access_flags = 1});
  shape.methods.push_back({.name = "<init>", .descriptor = "()V", .access_flags = 1});
  const auto text_on = [&](const char* release) {
    const SerializerInference inference(job, FlinkVersion::parse(release).value(), embedded_table());
    return inference.serializer_of({.form = TypeExpression::Form::extracted, .type = class_type("com.acme.Node")});
  };
  CHECK(to_text(text_on("1.20").snapshot) == "PojoSerializer[com.acme.Node]{children: KryoSerializer[java.util.List]}");
  const InferredSerializer on_2 = text_on("2.2");
  REQUIRE_FALSE(on_2.notes.empty());
  CHECK(on_2.notes.front().text == "holds itself in a collection: Flink 2.x ends with a StackOverflowError on it");
}
