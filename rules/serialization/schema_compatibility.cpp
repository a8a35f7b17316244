#include "serialization/schema_compatibility.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "serialization/schema_comparer.h"
#include "serialization/serializer_inference.h"

namespace preflight {
namespace {

/// How bad an answer is: a part that is sure to fail decides over one that is not known.
int severity(SchemaAnswer answer) {
  using enum SchemaAnswer;
  constexpr std::array kOrder = {as_is,   reconfigured, unmigrated,   after_migration,
                                 unknown, wrong_values, incompatible, unreadable};
  return static_cast<int>(std::ranges::find(kOrder, answer) - kOrder.begin());
}

SchemaComparison other_serializer(const SerializerSnapshot& before, const SerializerSnapshot& after,
                                  const SchemaPlace& place, const FlinkVersion& to) {
  std::string was = serializer_words(before);
  std::string is = serializer_words(after);
  if (was == is) {
    was = to_text(before);
    is = to_text(after);
  }
  return answer(
      SchemaAnswer::incompatible, place,
      fmt::format("{} was {}; in the new job Flink {} serializes it with {}", place.subject, was, to.minor_text(), is));
}

/// A parameter that only one of the two has tells nothing: they may have been written by different releases.
SchemaComparison compare_parameters(const SerializerSnapshot& before, const SerializerSnapshot& after,
                                    const SchemaPlace& place) {
  for (const SnapshotParameter& parameter : before.parameters) {
    const SnapshotParameter* other = find_parameter(after, parameter.name);
    if (other == nullptr)
      return answer(SchemaAnswer::unknown, place,
                    fmt::format("of {} it is not known whether {} of the {} is the same", place.subject, parameter.name,
                                after.serializer));
    if (!(parameter == *other))
      return answer(SchemaAnswer::incompatible, place,
                    fmt::format("{} of {} changes: {} becomes {}", parameter.name, place.subject, to_text(before),
                                to_text(after)));
  }
  return answer(SchemaAnswer::as_is, place);
}

/// Serializers with a flag that Flink migrates over (OuterSchemaCompatibility.COMPATIBLE_AFTER_MIGRATION).
bool has_migrated_flag(const SerializerSnapshot& snapshot) {
  constexpr std::array<std::string_view, 4> kSerializers = {"RowSerializer", "LinkedListSerializer",
                                                            "NFAStateSerializer", "StateSerializer"};
  return std::ranges::find(kSerializers, snapshot.serializer) != kSerializers.end() && !snapshot.parameters.empty();
}

/// The tuple class is in the snapshot, but Flink does not compare it; nor a data type, nor SQL's digests of code.
bool ignores_parameters(const SerializerSnapshot& snapshot) {
  return snapshot.serializer == "TupleSerializer" || snapshot.serializer == "ExternalSerializer" ||
         snapshot.serializer == "JavaSerializer";
}

SchemaComparison compare_composite(const SchemaComparer& comparer, const SerializerSnapshot& before,
                                   const SerializerSnapshot& after, const SchemaPlace& place) {
  SchemaComparison result = answer(SchemaAnswer::as_is, place);
  if (!ignores_parameters(before))
    result = compare_parameters(before, after, place);
  if (result.answer == SchemaAnswer::incompatible && has_migrated_flag(before))
    result = answer(SchemaAnswer::after_migration, place, result.reason);
  join(result, comparer.compare_nested(before, after, place));
  return result;
}

bool is_true(const SnapshotParameter* parameter) {
  return parameter != nullptr && parameter->value == decltype(parameter->value)(true);
}

/// Why nothing can be said of one of the two; empty where something can.
std::string why_not_known(const SerializerSnapshot& before, const SerializerSnapshot& after) {
  if (const std::string* reason = why_unknown(after))
    return *reason;
  if (const std::string* reason = why_unknown(before))
    return *reason;
  if (const std::string* reason = string_parameter(before, "unread"))
    return *reason;
  if (is_true(find_parameter(before, "legacy")))
    return "it was written by Flink 1.6 or older, in a form that newer releases convert";
  return {};
}

}  // namespace

SchemaComparison answer(SchemaAnswer answer, const SchemaPlace& place, std::string reason) {
  return {.answer = answer, .where = place.path, .reason = std::move(reason)};
}

void join(SchemaComparison& whole, SchemaComparison part) {
  whole.lost.insert(whole.lost.end(), part.lost.begin(), part.lost.end());
  if (severity(part.answer) <= severity(whole.answer))
    return;
  part.lost = std::move(whole.lost);
  whole = std::move(part);
}

SchemaComparison SchemaComparer::compare_nested(const SerializerSnapshot& before, const SerializerSnapshot& after,
                                                const SchemaPlace& place) const {
  if (before.nested.size() != after.nested.size())
    return answer(SchemaAnswer::incompatible, place,
                  fmt::format("{} had {} parts and now has {} ({} becomes {})", place.subject, before.nested.size(),
                              after.nested.size(), to_text(before), to_text(after)));
  SchemaComparison result = answer(SchemaAnswer::as_is, place);
  for (std::size_t i = 0; i < before.nested.size(); ++i) {
    const std::string subject = before.nested.size() == 1 ? fmt::format("what is in {}", place.subject)
                                                          : fmt::format("part {} of {}", i + 1, place.subject);
    join(result, compare(before.nested[i], after.nested[i], {fmt::format("{}[{}]", place.path, i), subject}));
  }
  return result;
}

SchemaComparison SchemaComparer::compare(const SerializerSnapshot& before, const SerializerSnapshot& after,
                                         const SchemaPlace& place) const {
  const std::string not_known = why_not_known(before, after);
  if (!not_known.empty())
    return answer(SchemaAnswer::unknown, place,
                  fmt::format("the serializer of {} is not known: {}", place.subject, not_known));
  if (is_own_serializer(before) || is_own_serializer(after))
    return compare_own(*this, before, after, place);
  if (before.snapshot_class != after.snapshot_class)
    return other_serializer(before, after, place, worlds_.to);
  if (before.serializer == "PojoSerializer")
    return compare_pojos(*this, before, after, place);
  if (before.serializer == "KryoSerializer")
    return compare_kryo(*this, before, after, place);
  if (before.serializer == "EnumSerializer")
    return compare_enums(before, after, place);
  if (before.serializer == "ScalaEnumSerializer")
    return compare_scala_enums(before, after, place);
  if (before.serializer == "AvroSerializer")
    return compare_avro(before, after, place);
  if (before.serializer == "JavaSerializer") {
    const std::string* class_name = string_parameter(after, "class");
    if (class_name != nullptr)
      return compare_java_serialized(*this, *class_name, place);
    return answer(
        SchemaAnswer::unknown, place,
        fmt::format("{} is written by Java serialization, and the savepoint does not say of which class it is",
                    place.subject));
  }
  return compare_composite(*this, before, after, place);
}

SchemaComparison compare_schemas(const SerializerSnapshot& before, const SerializerSnapshot& after,
                                 const SchemaWorlds& worlds) {
  if (std::optional<SchemaComparison> unreadable = find_unreadable(before, worlds))
    return *std::move(unreadable);
  return SchemaComparer(worlds).compare(before, after, {"", "the value"});
}

}  // namespace preflight
