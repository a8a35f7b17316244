#include "serialization/kryo_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "job/generic_types.h"

namespace preflight {
namespace {

constexpr std::array<std::string_view, 2> kJavaSerializers = {
    "org.apache.flink.api.java.typeutils.runtime.kryo.JavaSerializer",
    "com.esotericsoftware.kryo.serializers.JavaSerializer"};

std::string listed_with(const SerializerSnapshot& snapshot, const char* types, const char* serializers,
                        const std::string& class_name) {
  const std::vector<std::string>& names = list_parameter(snapshot, types);
  const std::vector<std::string>& values = list_parameter(snapshot, serializers);
  const auto position = static_cast<std::size_t>(std::ranges::find(names, class_name) - names.begin());
  return position < names.size() && position < values.size() ? values[position] : std::string();
}

/// The Kryo serializer that the job gives a class; empty where Kryo chooses one.
std::string kryo_serializer_of(const SerializerSnapshot& snapshot, const std::string& class_name) {
  const std::string registered = listed_with(snapshot, "registrations", "registration_serializers", class_name);
  return registered.empty() ? listed_with(snapshot, "default_serializer_types", "default_serializers", class_name)
                            : registered;
}

/// Kryo's FieldSerializer writes the fields by the order of their names, without the names.
std::vector<const ShapeField*> in_kryo_order(const ClassShape& shape, const ClassShapes& shapes) {
  std::vector<const ShapeField*> fields = serialized_fields(shape, shapes);
  std::ranges::stable_sort(fields, {}, &ShapeField::name);
  return fields;
}

std::string_view major_of(std::string_view version) {
  return version.substr(0, version.find('.'));
}

bool is_known_change(const CompatibilityTable* table, const GenericType& from, const GenericType& to) {
  return table != nullptr && std::ranges::any_of(table->kryo_field_changes, [&](const KryoFieldChange& change) {
           return change.from == java_text(from) && change.to == java_text(to);
         });
}

}  // namespace

bool KryoValues::is_java_serializer(std::string_view kryo_serializer) {
  return std::ranges::find(kJavaSerializers, kryo_serializer) != kJavaSerializers.end();
}

std::string KryoValues::registered_serializer(const std::string& class_name) const {
  return kryo_serializer_of(before_, class_name);
}

SchemaComparison KryoValues::compare(const std::string& class_name) const {
  SchemaComparison result = compare_declared_types();
  const SchemaWorlds& worlds = comparer_.worlds();
  const KryoChange change = kryo_change();
  const GenericType type = place_.type_before != nullptr ? *place_.type_before : class_type(class_name);
  if (change == KryoChange::unknown) {
    join(result,
         unknown(fmt::format("{} went through Kryo, and the Flink release that wrote it is not known: Kryo 2 of "
                             "Flink 1.x and Kryo 5 of 2.x write differently",
                             place_.subject)));
  } else if (change == KryoChange::changes) {
    std::set<std::string> seen;
    join(result, from_2_to_5(type, false, seen));
  }
  if (worlds.before != nullptr) {
    join(result, compare_contents(reachable_types(type, worlds.before->shapes, worlds.table)));
  } else if (const ReachableTypes reached = reachable_types(class_type(class_name), {}, worlds.table); reached.open) {
    join(result, unknown(fmt::format("{} is {} through Kryo, whose snapshot does not show the fields of the classes in "
                                     "it; --running-app would tell whether they changed",
                                     place_.subject, class_name)));
  }
  return result;
}

KryoValues::KryoChange KryoValues::kryo_change() const {
  const SchemaWorlds& worlds = comparer_.worlds();
  const FlinkRelease* target = worlds.table == nullptr ? nullptr : worlds.table->find_release(worlds.to);
  if (!worlds.from || target == nullptr)
    return KryoChange::unknown;
  bool same = false;
  bool differs = false;
  for (const FlinkRelease& release : worlds.table->releases)
    if (release.version >= worlds.from->lowest && release.version <= worlds.from->highest)
      (major_of(release.kryo) == major_of(target->kryo) ? same : differs) = true;
  if (same == differs)
    return KryoChange::unknown;
  return same ? KryoChange::none : KryoChange::changes;
}

SchemaComparison KryoValues::compare_declared_types() const {
  if (place_.type_before == nullptr || place_.type_after == nullptr)
    return answer(SchemaAnswer::as_is, place_);
  const std::string was = java_text(*place_.type_before);
  const std::string is = java_text(*place_.type_after);
  if (was == is)
    return answer(SchemaAnswer::as_is, place_);
  return wrong(
      fmt::format("{} was declared as {} and now is {}; both go through Kryo as {}, so Flink gives back objects "
                  "of the old classes, and the first use of one fails",
                  place_.subject, was, is, java_name(*place_.type_before)));
}

SchemaComparison KryoValues::compare_contents(const ReachableTypes& reached) const {
  SchemaComparison result = answer(SchemaAnswer::as_is, place_);
  for (const std::string& name : reached.names)
    join(result, compare_type(name));
  if (!reached.open)
    return result;
  for (const auto& [name, shape] : comparer_.worlds().before->shapes) {
    const SchemaComparison changed = compare_type(name);
    if (changed.answer != SchemaAnswer::as_is && !reached.names.contains(name))
      join(result, unknown(fmt::format("{} goes through Kryo and can hold objects of any class; if it holds a {}: {}",
                                       place_.subject, name, changed.reason)));
  }
  return result;
}

SchemaComparison KryoValues::compare_type(const std::string& name) const {
  const ClassShape* before = comparer_.shape_before(name);
  const ClassShape* after = comparer_.shape_after(name);
  const std::string was = kryo_serializer_of(before_, name);
  const std::string is = kryo_serializer_of(after_, name);
  if (!was.empty() || !is.empty())
    return compare_kryo_serializers(name, was, is);
  const CompatibilityTable* table = comparer_.worlds().table;
  if (before == nullptr) {
    const bool at_hand = table != nullptr && (table->find_kryo_form(name) != nullptr ||
                                              table->is_parent_first(name, comparer_.worlds().to));
    return at_hand ? answer(SchemaAnswer::as_is, place_)
                   : unknown(fmt::format("{} goes through Kryo with a {}, whose fields are not at hand", place_.subject,
                                         name));
  }
  if (after == nullptr)
    return unknown(
        fmt::format("{} goes through Kryo, and the class {} is not in the new JAR: values that hold one "
                    "cannot be read",
                    place_.subject, name));
  return compare_classes(*before, *after);
}

SchemaComparison KryoValues::compare_classes(const ClassShape& before, const ClassShape& after) const {
  if (before.enum_constants.empty())
    return compare_fields(before, after);
  const std::vector<std::string>& was = before.enum_constants;
  const std::vector<std::string>& is = after.enum_constants;
  if (was.size() <= is.size() && std::equal(was.begin(), was.end(), is.begin()))
    return answer(SchemaAnswer::as_is, place_);
  return wrong(
      fmt::format("{} goes through Kryo, which writes a constant of the enum {} as its number: the old numbers "
                  "now stand for other constants",
                  place_.subject, before.name));
}

SchemaComparison KryoValues::compare_fields(const ClassShape& before, const ClassShape& after) const {
  const std::vector<const ShapeField*> was = in_kryo_order(before, comparer_.worlds().before->shapes);
  const std::vector<const ShapeField*> is = in_kryo_order(after, comparer_.worlds().after->shapes);
  const auto same_name = [](const ShapeField* a, const ShapeField* b) { return a->name == b->name; };
  const auto same_type = [](const ShapeField* a, const ShapeField* b) { return a->descriptor == b->descriptor; };
  if (!std::ranges::equal(was, is, same_name)) {
    const bool renamed = std::ranges::equal(was, is, same_type);
    const bool last_gone = is.size() < was.size() && std::equal(is.begin(), is.end(), was.begin(), same_name);
    std::string text = fmt::format(
        "{} goes through Kryo, which writes the fields of {} without their names, and those "
        "change",
        place_.subject, before.name);
    return renamed || last_gone ? unknown(std::move(text))
                                : wrong(text + ": the old values are read into the wrong fields, or fail");
  }
  SchemaComparison result = answer(SchemaAnswer::as_is, place_);
  for (std::size_t i = 0; i < was.size(); ++i)
    if (java_text(was[i]->type) != java_text(is[i]->type) &&
        !is_known_change(comparer_.worlds().table, was[i]->type, is[i]->type))
      join(result,
           unknown(fmt::format("{} goes through Kryo, and field `{}` of {} changes from {} to {}", place_.subject,
                               was[i]->name, before.name, java_text(was[i]->type), java_text(is[i]->type))));
  return result;
}

SchemaComparison KryoValues::compare_kryo_serializers(const std::string& name, const std::string& was,
                                                      const std::string& is) const {
  if (was != is)
    return answer(
        SchemaAnswer::unmigrated, place_,
        fmt::format("{} goes through Kryo, where {} was written by {} and now is by {}: Flink does not migrate "
                    "that",
                    place_.subject, name, was.empty() ? "Kryo's own serializer" : was,
                    is.empty() ? "Kryo's own serializer" : is));
  if (is_java_serializer(was))
    return compare_java_serialized(comparer_, name, place_);
  if (comparer_.shape_before(was) != nullptr)
    return compare_code(comparer_, was, place_);
  const ClassShape* before = comparer_.shape_before(name);
  const ClassShape* after = comparer_.shape_after(name);
  if (before != nullptr && after != nullptr && compare_fields(*before, *after).answer == SchemaAnswer::as_is)
    return answer(SchemaAnswer::as_is, place_);
  return unknown(fmt::format("{} goes through Kryo, where {} writes {}", place_.subject, was, name));
}

}  // namespace preflight
