#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "savepoint/snapshot_table.h"
#include "serialization/schema_comparer.h"

namespace preflight {
namespace {

/// The serializer class whose snapshot this is, and what its code tells; nullptr where the job model has none.
const std::pair<const std::string, OwnSerializer>* find_own(const JobModel* job, const std::string& snapshot_class) {
  if (job == nullptr)
    return nullptr;
  const auto found = std::ranges::find_if(
      job->own_serializers, [&](const auto& entry) { return entry.second.snapshot_class == snapshot_class; });
  return found == job->own_serializers.end() ? nullptr : &*found;
}

/// What a snapshot that decides by itself can answer, worst last; nothing where its code does not tell.
std::vector<SchemaAnswer> possible_answers(const OwnSerializer& own) {
  const std::map<std::string, SchemaAnswer> names = {
      {"compatibleAsIs", SchemaAnswer::as_is},
      {"compatibleWithReconfiguredSerializer", SchemaAnswer::reconfigured},
      {"compatibleAfterMigration", SchemaAnswer::after_migration},
      {"incompatible", SchemaAnswer::incompatible}};
  std::vector<SchemaAnswer> answers;
  for (const std::string& name : own.answers) {
    const auto found = names.find(name);
    if (found == names.end())
      return {};
    answers.push_back(found->second);
  }
  return answers;
}

/// The answers of a snapshot that decides by itself. One that has several looks at what was written, and what it
/// answers is known only where nothing changed.
SchemaComparison compare_deciding(const SchemaComparer& comparer, const std::string& serializer,
                                  const OwnSerializer& own, const SchemaPlace& place) {
  const std::vector<SchemaAnswer> answers = possible_answers(own);
  const auto can = [&](SchemaAnswer answer) { return std::ranges::find(answers, answer) != answers.end(); };
  if (answers.size() == 1 && can(SchemaAnswer::incompatible))
    return answer(SchemaAnswer::incompatible, place,
                  fmt::format("{} of {} answers that it is incompatible", own.snapshot_class, place.subject));
  if (answers.size() == 1 && can(SchemaAnswer::after_migration))
    return answer(SchemaAnswer::after_migration, place);
  SchemaComparison unchanged = compare_code(comparer, serializer, place);
  if (answers.size() == 1)  // As it is, or reconfigured.
    return unchanged;
  join(unchanged, compare_code(comparer, own.snapshot_class, place));
  if (!answers.empty() && !can(SchemaAnswer::incompatible) && unchanged.answer == SchemaAnswer::as_is)
    return unchanged;
  return answer(SchemaAnswer::unknown, place,
                fmt::format("{} of {} decides by itself, and its code does not tell what it answers here",
                            own.snapshot_class, place.subject));
}

}  // namespace

bool is_own_serializer(const SerializerSnapshot& snapshot) {
  return find_snapshot_row(snapshot.snapshot_class) == nullptr;
}

SchemaComparison compare_code(const SchemaComparer& comparer, const std::string& class_name, const SchemaPlace& place) {
  const ClassShape* before = comparer.shape_before(class_name);
  const ClassShape* after = comparer.shape_after(class_name);
  if (comparer.worlds().before == nullptr)
    return answer(SchemaAnswer::unknown, place,
                  fmt::format("{} writes {}, and Flink does not see whether its code changed; --running-app would tell",
                              class_name, place.subject));
  if (before == nullptr || after == nullptr)
    return answer(SchemaAnswer::unknown, place,
                  fmt::format("{} writes {}, and its code is not at hand", class_name, place.subject));
  if (before->code_digest != after->code_digest)
    return answer(SchemaAnswer::unknown, place,
                  fmt::format("{} writes {}, and its code changed: whether it still reads the old values is not known",
                              class_name, place.subject));
  return answer(SchemaAnswer::as_is, place);
}

SchemaComparison compare_own(const SchemaComparer& comparer, const SerializerSnapshot& before,
                             const SerializerSnapshot& after, const SchemaPlace& place) {
  const auto* own = find_own(comparer.worlds().after, after.snapshot_class);
  if (own != nullptr && own->second.form == OwnSerializer::Form::own)
    return compare_deciding(comparer, own->first, own->second, place);
  // Simple and composite snapshots accept their own class alone.
  const bool decided = own != nullptr && own->second.form != OwnSerializer::Form::unknown;
  if ((decided || !is_own_serializer(after)) && before.snapshot_class != after.snapshot_class)
    return answer(SchemaAnswer::incompatible, place,
                  fmt::format("{} was written by a serializer with the snapshot {}; now it is {}", place.subject,
                              before.snapshot_class, serializer_words(after)));
  if (!decided)
    return answer(SchemaAnswer::unknown, place,
                  fmt::format("{} has a serializer of the application's own whose code does not tell what it accepts",
                              place.subject));
  SchemaComparison result = compare_code(comparer, own->first, place);
  if (own->second.form == OwnSerializer::Form::composite)
    join(result, comparer.compare_nested(before, after, place));
  return result;
}

}  // namespace preflight
