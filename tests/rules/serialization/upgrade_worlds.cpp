#include "upgrade_worlds.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>

#include "archive/jar.h"
#include "classfile/attributes.h"
#include "classfile/class_view.h"
#include "classfile/names.h"
#include "fixture_paths.h"
#include "savepoint/snapshot_reader.h"
#include "savepoint/snapshot_table.h"

namespace preflight::test {
namespace {

using Json = rapidjson::Value;

const std::string kPackage = "com.example.upgrade.";

/// The main class of the job that a class belongs to, the longest that its name begins with; empty for one that all
/// jobs share.
std::string job_of_class(std::string_view class_name, const Jobs& jobs) {
  // The last job that is not behind the name is the one, or shares less with the name than the one does.
  for (auto at = jobs.upper_bound(class_name); at != jobs.begin(); at = jobs.upper_bound(class_name)) {
    const std::string& job = *std::prev(at);
    if (class_name.starts_with(job))
      return job;
    const auto [differs, _] = std::ranges::mismatch(class_name, job);
    class_name = class_name.substr(0, static_cast<std::size_t>(differs - class_name.begin()));
  }
  return {};
}

/// What the code of the jobs' own serializers tells, by the short name of the snapshot class.
std::map<std::string, OwnSerializer> own_serializers_of(const std::string& job, const ClassShapes& shapes) {
  using Form = OwnSerializer::Form;
  const std::map<std::string, std::vector<std::string>> deciding = {
      {"OwnSnapshotCompatible", {"compatibleAsIs"}},
      {"OwnSnapshotMigrates", {"compatibleAfterMigration", "compatibleAsIs"}},
      {"OwnSnapshotRefuses", {"incompatible", "compatibleAsIs"}}};
  const auto answers = deciding.find(job.substr(kPackage.size()));
  std::map<std::string, OwnSerializer> found;
  for (const char* name : {"Old", "Plain", "Other", "Parts"}) {
    const std::string snapshot = job + "$" + name + "Snapshot";
    if (!shapes.contains(snapshot))
      continue;
    OwnSerializer own{.snapshot_class = snapshot,
                      .form = name == std::string("Parts") ? Form::composite : Form::simple};
    if (answers != deciding.end()) {
      own.form = Form::own;
      own.answers = answers->second;
    }
    found.emplace(job + "$" + name, own);
  }
  return found;
}

/// The class that a POJO's field is declared in, as far up as the JAR has classes.
std::string declaring_class(const std::string& field, std::string class_name, const ClassShapes& shapes) {
  const std::string pojo = class_name;
  for (auto shape = shapes.find(class_name); shape != shapes.end(); shape = shapes.find(class_name)) {
    if (std::ranges::find(shape->second.fields, field, &ShapeField::name) != shape->second.fields.end())
      return class_name;
    class_name = binary_name(shape->second.generic.super_class.name);
  }
  return pojo;
}

std::vector<std::string> texts_of(const Json& array) {
  std::vector<std::string> texts;
  for (const Json& item : array.GetArray())
    texts.emplace_back(item.GetString());
  return texts;
}

/// The recordings name the registered classes alone.
std::vector<std::string> kryo_serializers_of(const std::string& job, const std::vector<std::string>& classes) {
  const std::map<std::string, std::string> of_basket = {
      {"KryoOwnSerializer", "$Writer"},
      {"KryoOwnSerializerAdded", "$Writer"},
      {"KryoOwnSerializerFieldAdded", "$Writer"},
      {"KryoJavaSerialized", "org.apache.flink.api.java.typeutils.runtime.kryo.JavaSerializer"}};
  const auto own = of_basket.find(job.substr(kPackage.size()));
  std::vector<std::string> serializers(classes.size());
  for (std::size_t i = 0; i < classes.size(); ++i)
    if (own != of_basket.end() && classes[i] == job + "$Basket")
      serializers[i] = own->second.starts_with('$') ? job + own->second : own->second;
  return serializers;
}

/// Makes snapshots of one recording.
class Snapshots {
 public:
  explicit Snapshots(const JobModel& job) : job_(job) {}

  SerializerSnapshot read(const Json& json) const {
    SerializerSnapshot snapshot{.snapshot_class = text_of(json, "snapshot")};
    const SnapshotRow* row = find_snapshot_row(snapshot.snapshot_class);
    snapshot.serializer =
        row != nullptr && row->serializer != nullptr ? row->serializer : serializer_name_of(snapshot.snapshot_class);
    const std::string type = text_of(json, "type");
    const auto add = [&](const char* name, auto value) { snapshot.parameters.push_back({name, std::move(value)}); };
    if (!type.empty())
      add("class", type);
    if (json.HasMember("constants"))
      add("constants", texts_of(json["constants"]));
    if (json.HasMember("schema"))
      add("schema", text_of(json, "schema"));
    if (json.HasMember("registrations")) {
      add("registrations", texts_of(json["registrations"]));
      add("registration_serializers", kryo_serializers_of(job_.entry_class, texts_of(json["registrations"])));
    }
    if (json.HasMember("nested"))
      for (const Json& nested : json["nested"].GetArray())
        snapshot.nested.push_back(read(nested));
    add_subclasses(json, snapshot);
    add_fields(json, type, snapshot);
    add_what_recordings_leave_out(snapshot);
    return snapshot;
  }

 private:
  void add_subclasses(const Json& json, SerializerSnapshot& snapshot) const {
    if (!json.HasMember("registered_subclasses"))
      return;
    std::vector<std::string> names;
    for (const auto& subclass : json["registered_subclasses"].GetObject()) {
      names.emplace_back(subclass.name.GetString());
      snapshot.nested.push_back(read(subclass.value));
    }
    snapshot.parameters.push_back({"registered_subclasses", std::move(names)});
  }

  void add_fields(const Json& json, const std::string& type, SerializerSnapshot& snapshot) const {
    if (!json.HasMember("fields"))
      return;
    for (const auto& field : json["fields"].GetObject()) {
      const std::string name = field.name.GetString();
      snapshot.fields.push_back({name, declaring_class(name, type, job_.shapes), {read(field.value)}});
    }
  }

  void add_what_recordings_leave_out(SerializerSnapshot& snapshot) const {
    const auto add = [&](const char* name, auto value) { snapshot.parameters.push_back({name, std::move(value)}); };
    if (snapshot.serializer == "NullableSerializer")
      add("null_padding", std::int64_t{0});
    else if (snapshot.serializer == "RowSerializer")
      add("supports_row_kind", true);
    else if (snapshot.serializer == "NFAStateSerializer")
      add("supports_previous_timestamp", true);
    else if (snapshot.serializer == "JavaSerializer")
      add("class", job_.shapes.contains(job_.entry_class + "$Basket") ? job_.entry_class + "$Basket"
                                                                      : std::string("java.lang.Long"));
    else if (snapshot.serializer == "GenericArraySerializer")
      add("component_class", component_of(snapshot.nested.front()));
  }

  static std::string component_of(const SerializerSnapshot& element) {
    const std::string* type = string_parameter(element, "class");
    return type != nullptr ? *type : "java.lang." + element.serializer.substr(0, element.serializer.find("Serializer"));
  }

  const JobModel& job_;
};

State state_of_json(const Json& json, const Snapshots& snapshots) {
  const std::map<std::string, StateKind> kinds = {{"TIMERS", StateKind::timer},
                                                  {"OPERATOR_LIST", StateKind::operator_list},
                                                  {"OPERATOR_UNION", StateKind::operator_union},
                                                  {"BROADCAST", StateKind::broadcast}};
  const std::string kind = text_of(json, "kind");
  const auto found = kinds.find(kind);
  State state{.name = text_of(json, "name"), .kind = found == kinds.end() ? StateKind::keyed : found->second};
  if (state.kind == StateKind::keyed)
    state.options.emplace_back("KEYED_STATE_TYPE", kind);
  for (const auto& serializer : json["serializers"].GetObject()) {
    const std::string role = serializer.name.GetString();
    SerializerSnapshot snapshot = snapshots.read(serializer.value);
    if (role == "KEY_SERIALIZER")
      state.key = std::move(snapshot);
    else if (role == "NAMESPACE_SERIALIZER")
      state.namespace_serializer = std::move(snapshot);
    else if (state.kind == StateKind::operator_list || state.kind == StateKind::operator_union)
      state.element = std::move(snapshot);
    else
      state.value = std::move(snapshot);
  }
  return state;
}

}  // namespace

std::string text_of(const Json& object, const char* name) {
  const auto found = object.FindMember(name);
  return found == object.MemberEnd() || !found->value.IsString() ? std::string() : found->value.GetString();
}

rapidjson::Document fixture_json(const std::string& path) {
  std::ifstream file(fixtures() / path);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  rapidjson::Document document;
  document.Parse(text.c_str(), text.size());
  return document;
}

JobModel job_of_jar(const std::string& jar_path, const std::string& job, const Jobs& all_jobs) {
  JobModel model{.entry_class = job};
  const Jar jar = Jar::open(fixtures() / jar_path);
  for (const JarEntry& entry : jar.entries()) {
    if (!entry.name.ends_with(".class"))
      continue;
    const std::string name = binary_name(entry.name.substr(0, entry.name.size() - 6));
    const std::string owner = job_of_class(name, all_jobs);
    if (!owner.empty() && owner != job)
      continue;
    const ClassView view = view_class_file(jar.read(entry), jar.place_of(entry));
    model.shapes.emplace(name, shape_of(view, read_class_attributes(view, jar.place_of(entry)), jar.place_of(entry)));
  }
  model.own_serializers = own_serializers_of(job, model.shapes);
  return model;
}

std::vector<OperatorState> operators_of_json(const Json& recording, const JobModel& job) {
  const Snapshots snapshots(job);
  std::vector<OperatorState> operators;
  if (!recording.HasMember("operators"))
    return operators;
  for (const Json& json : recording["operators"].GetArray()) {
    OperatorState made{.id = OperatorId::from_hex(text_of(json, "operator_id")).value()};
    if (json.HasMember("key_serializer"))
      made.key_serializer = snapshots.read(json["key_serializer"]);
    for (const Json& state : json["states"].GetArray())
      made.states.push_back(state_of_json(state, snapshots));
    operators.push_back(std::move(made));
  }
  return operators;
}

}  // namespace preflight::test
