#include "restore/job_calls_table.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>
#include <string>
#include <vector>

#include "compatibility_table.h"
#include "embedded_api_index.h"

using namespace preflight;

namespace {

const CompatibilityTable& table() {
  static const CompatibilityTable table = read_compatibility_table(embedded_table_documents());
  return table;
}

const ApiIndex& embedded_api() {
  static const ApiIndex index = api_index();
  return index;
}

/// Whether the class, or one that it inherits from, declares the member in a release of the span.
template <class Row>
bool declares(const ApiIndex& index, const Released<Row>& row, const std::string& class_name,
              const std::string& member) {
  const ApiSpan releases = index.line("flink").value();
  for (std::uint16_t release = releases.first; release <= releases.last; ++release) {
    const auto version = FlinkVersion::parse(index.releases()[release].version);
    if (!version || !row.holds_in(*version))
      continue;
    std::vector<std::string> classes = {class_name};
    for (std::size_t i = 0; i < classes.size(); ++i) {
      const ApiClass* found = index.find_class(classes[i]);
      const ApiClassForm* form = found == nullptr ? nullptr : found->form(release);
      if (form == nullptr)
        continue;
      if (member.empty() || std::ranges::any_of(found->members, [&](const ApiMember& one) {
            return one.name == member && one.span.contains(release);
          }))
        return true;
      classes.emplace_back(form->super_class);
      for (const std::string_view interface : form->interfaces)
        classes.emplace_back(interface);
    }
  }
  return false;
}

/// Of connectors that are released apart the index has other lines; it has nothing of Scala's own library.
bool of_flink_itself(const std::string& class_name) {
  static const char* const kApart[] = {"org.apache.flink.connector.",
                                       "org.apache.flink.streaming.connectors.",
                                       "org.apache.flink.formats.",
                                       "org.apache.flink.table.",
                                       "scala.",
                                       "org.apache.flink.api.common.functions.FoldFunction"};
  return std::ranges::none_of(kApart, [&](const char* start) { return class_name.starts_with(start); });
}

template <class Row>
void check(std::vector<std::string>& missing, const Released<Row>& row, const std::string& class_name,
           const std::string& member) {
  if (of_flink_itself(class_name) && !declares(embedded_api(), row, class_name, member))
    missing.push_back(class_name + (member.empty() ? "" : "#" + member));
}

}  // namespace

TEST_CASE("Every row that a job is read by has a source") {
  const JobCallTable& rows = table().job_calls;
  const auto sourced = [](const auto& list) {
    return std::ranges::all_of(list, [](const auto& row) { return !row.sources.empty(); });
  };
  CHECK(rows.calls.size() > 150);
  CHECK(rows.states.size() > 40);
  CHECK(sourced(rows.super_classes));
  CHECK(sourced(rows.calls));
  CHECK(sourced(rows.functions));
  CHECK(sourced(rows.lifecycle));
  CHECK(sourced(rows.states));
  CHECK(sourced(rows.companions));
  CHECK(sourced(rows.assigners));
  CHECK(sourced(rows.triggers));
  CHECK(sourced(rows.descriptors));
  CHECK(sourced(rows.connectors));
  CHECK(sourced(rows.type_factories));
  CHECK(sourced(rows.options));
  CHECK(sourced(rows.language_calls));
}

TEST_CASE("Classes and methods of the rows are ones that a release of Flink has") {
  const JobCallTable& rows = table().job_calls;
  std::vector<std::string> missing;
  for (const auto& row : rows.super_classes)
    check(missing, row, row.row.class_name, "");
  for (const auto& row : rows.calls)
    check(missing, row, row.row.owner, row.row.name);
  for (const auto& row : rows.functions)
    check(missing, row, row.row.class_name, row.row.methods.empty() ? "" : row.row.methods.front());
  for (const auto& row : rows.assigners)
    check(missing, row, row.row.class_name, "");
  for (const auto& row : rows.descriptors)
    check(missing, row, row.row.class_name, "<init>");
  for (const auto& row : rows.connectors)
    check(missing, row, row.row.class_name, "");
  for (const auto& row : rows.type_factories)
    check(missing, row, row.row.owner, row.row.member);
  for (const auto& row : rows.options)
    check(missing, row, row.row.owner, row.row.field);
  CHECK(missing == std::vector<std::string>{});
}

TEST_CASE("Built-in states belong to operators that a call, a function, a trigger or a connector makes") {
  const JobCallTable& rows = table().job_calls;
  std::set<std::string> kinds;
  for (const auto& row : rows.calls)
    kinds.insert(row.row.operator_kind);
  for (const auto& row : rows.functions)
    kinds.insert(row.row.operator_kind);
  for (const auto& row : rows.companions)
    kinds.insert(row.row.operator_kind);
  for (const auto& row : rows.connectors)
    kinds.insert(row.row.operator_kind);
  for (const auto& row : rows.triggers)
    kinds.insert(row.row.states.begin(), row.row.states.end());
  for (const auto& row : rows.states) {
    INFO(row.row.operator_kind);
    CHECK(kinds.contains(row.row.operator_kind));
  }
}

TEST_CASE(
    "A call of another language's library is found by the class that it names, and the overload by its parameters") {
  const JobCalls calls = job_calls_of(table(), FlinkVersion::parse("2.2").value());
  const auto effect = [&](const char* owner, const char* name, const char* descriptor) {
    const LanguageCall* row = calls.find_language_call(owner, name, descriptor);
    return row == nullptr ? std::optional<LanguageEffect>() : row->effect;
  };
  const char* const lists = "kotlin.collections.CollectionsKt";
  CHECK(effect(lists, "listOf", "([Ljava/lang/Object;)Ljava/util/List;") == LanguageEffect::list);
  CHECK(effect(lists, "plus", "(Ljava/util/Collection;Ljava/lang/Iterable;)Ljava/util/List;") ==
        LanguageEffect::elements);
  CHECK(effect(lists, "plus", "(Ljava/util/Collection;Ljava/lang/Object;)Ljava/util/List;") == std::nullopt);
  CHECK(effect("kotlin.Lazy", "getValue", "()Ljava/lang/Object;") == LanguageEffect::lazy_value);
  CHECK(effect("scala.collection.immutable.Nil$", "MODULE$", "Lscala/collection/immutable/Nil$;") ==
        LanguageEffect::list);
  CHECK(effect("java.util.List", "of", "()Ljava/util/List;") == std::nullopt);
}

TEST_CASE("A call is found by the class of its receiver, and the overload by its parameters") {
  const JobCalls calls = job_calls_of(table(), FlinkVersion::parse("1.20").value());
  const std::string streams = "org.apache.flink.streaming.api.datastream.";
  struct Expected {
    std::string owner, name, descriptor;
    JobCallEffect effect;
  };
  const std::vector<Expected> expected = {
      {"DataStreamSource", "uid", "(Ljava/lang/String;)V", JobCallEffect::uid},
      {"SingleOutputStreamOperator", "broadcast", "()V", JobCallEffect::partition},
      {"SingleOutputStreamOperator", "broadcast", "([Lorg/apache/flink/api/common/state/MapStateDescriptor;)V",
       JobCallEffect::broadcast_states},
      {"KeyedStream", "reduce", "(Lorg/apache/flink/api/common/functions/ReduceFunction;)V", JobCallEffect::operation},
  };
  for (const Expected& one : expected) {
    INFO(one.owner << "." << one.name << one.descriptor);
    const JobCall* row = calls.find_call(streams + one.owner, one.name, one.descriptor);
    REQUIRE(row != nullptr);
    CHECK(row->effect == one.effect);
  }
  CHECK(calls.find_call(streams + "DataStream", "reduce", "()V") == nullptr);
  CHECK(calls.find_call(streams + "KeyedStream", "countWindow", "(J)V")->window_evictor.empty());
  CHECK(!calls.find_call(streams + "KeyedStream", "countWindow", "(JJ)V")->window_evictor.empty());
}
