#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "classfile/access_flags.h"
#include "classfile/names.h"
#include "serialization/reachable_types.h"
#include "serialization/schema_comparer.h"

namespace preflight {
namespace {

const ShapeField* find_field(const ClassShape& shape, const std::string& name) {
  const auto found = std::ranges::find(shape.fields, name, &ShapeField::name);
  return found == shape.fields.end() ? nullptr : &*found;
}

/// Compares the serializers of one class that is a POJO before and after.
class PojoComparison {
 public:
  PojoComparison(const SchemaComparer& comparer, const SerializerSnapshot& before, const SerializerSnapshot& after,
                 const SchemaPlace& place, std::string class_name)
      : comparer_(comparer),
        before_(before),
        after_(after),
        place_(place),
        class_name_(std::move(class_name)),
        result_(answer(SchemaAnswer::as_is, place)) {}

  SchemaComparison run() {
    for (const SerializerField& field : before_.fields)
      compare_field(field);
    for (const SerializerField& field : after_.fields)
      if (std::ranges::find(kept_, &field) == kept_.end())
        added_.push_back(&field);
    judge_changed_fields();
    compare_subclasses();
    compare_unlisted_subclasses();
    return std::move(result_);
  }

 private:
  /// Where PojoFieldUtils#getField finds a field that the savepoint names: it looks in the class that declared it and
  /// up from there. An empty text where it finds none: the values are dropped. Nothing where the classes are not known.
  std::optional<std::string> declaring_class_now(const SerializerField& field) const {
    if (field.declaring_class.empty() || !comparer_.has_class(field.declaring_class))
      return "";
    const ClassShape* shape = comparer_.shape_after(field.declaring_class);
    const SchemaWorlds& worlds = comparer_.worlds();
    const bool packed =
        worlds.application != nullptr && worlds.application->find_class(field.declaring_class) != nullptr;
    if (shape == nullptr)  // Of the JAR, but no type of the job leads to it; else a class of Flink or the JDK.
      return worlds.after == nullptr || packed ? std::nullopt : std::optional(field.declaring_class);
    while (shape != nullptr) {
      if (find_field(*shape, field.name) != nullptr)
        return shape->name;
      shape = comparer_.shape_after(binary_name(shape->generic.super_class.name));
    }
    return "";
  }

  const SerializerField* field_after(const std::string& name) const {
    const auto found = std::ranges::find(after_.fields, name, &SerializerField::name);
    return found == after_.fields.end() ? nullptr : &*found;
  }

  void compare_field(const SerializerField& field) {
    const SchemaPlace place = place_of(field);
    if (field.serializer.empty()) {
      join(result_, answer(SchemaAnswer::unreadable, place,
                           fmt::format("the savepoint has no serializer of {}: it was lost in an earlier restore",
                                       place.subject)));
      return;
    }
    const SerializerField* now = field_after(field.name);
    const std::optional<std::string> declaring = declaring_class_now(field);
    if (!declaring && now != nullptr && now->declaring_class != field.declaring_class)
      join(result_, answer(SchemaAnswer::unknown, place,
                           fmt::format("{} was declared by {} and now is by {}; whether Flink still finds it there is "
                                       "not known without the new JAR",
                                       place.subject, field.declaring_class, now->declaring_class)));
    else if (!declaring ? now == nullptr : declaring->empty())
      drop(field, place);
    else if (now == nullptr || (declaring && now->declaring_class != *declaring))
      join(result_, answer(SchemaAnswer::incompatible, place, why_no_serializer(field.name, *declaring)));
    else
      keep(field, *now, place);
  }

  SchemaPlace place_of(const SerializerField& field) const {
    return {place_.path + "." + field.name, fmt::format("field `{}` of {}", field.name, class_name_)};
  }

  /// The class has the field, its serializer has not: Flink ends with an IllegalStateException.
  std::string why_no_serializer(const std::string& name, const std::string& declaring) const {
    const ClassShape* shape = comparer_.shape_after(declaring);
    const ShapeField* field = shape == nullptr ? nullptr : find_field(*shape, name);
    const char* how = "";
    if (field != nullptr && (field->access_flags & kAccStatic) != 0)
      how = " static";
    else if (field != nullptr && (field->access_flags & kAccTransient) != 0)
      how = " transient";
    return fmt::format(
        "field `{}` of {} is in the savepoint and, no longer serialized, still in the class as a{} field "
        "of {}: Flink fails on that. Give the field another name",
        name, class_name_, how, declaring);
  }

  void drop(const SerializerField& field, const SchemaPlace& place) {
    dropped_.push_back(&field);
    result_.lost.push_back(place.subject);
    join(result_, comparer_.reread(field.serializer.front(), place));
  }

  void keep(const SerializerField& field, const SerializerField& now, SchemaPlace place) {
    kept_.push_back(&now);
    place.type_before = declared_type(comparer_.shape_before(field.declaring_class), field.name);
    place.type_after = declared_type(comparer_.shape_after(now.declaring_class), now.name);
    if (!now.serializer.empty())
      join(result_, comparer_.compare(field.serializer.front(), now.serializer.front(), place));
  }

  static const GenericType* declared_type(const ClassShape* shape, const std::string& name) {
    const ShapeField* field = shape == nullptr ? nullptr : find_field(*shape, name);
    return field == nullptr ? nullptr : &field->type;
  }

  void judge_changed_fields() {
    if (added_.empty() && dropped_.empty())
      return;
    const ClassShape* shape = comparer_.shape_after(class_name_);
    if (shape != nullptr && shape->record_components && !dropped_.empty()) {
      const bool fewer = dropped_.size() > added_.size();
      join(result_,
           answer(fewer ? SchemaAnswer::incompatible : SchemaAnswer::unknown, place_,
                  fmt::format("the record {} no longer has `{}`: Flink reads the old values with a constructor "
                              "that takes it{}",
                              class_name_, dropped_.front()->name,
                              fewer ? ", and fails" : "; no restore has told yet what becomes of them")));
      return;
    }
    join(result_, answer(SchemaAnswer::after_migration, place_, changed_fields_text()));
  }

  std::string changed_fields_text() const {
    std::vector<std::string> changes;
    for (const SerializerField* field : dropped_)
      changes.push_back(dropped_text(*field));
    for (const SerializerField* field : added_)
      changes.push_back(fmt::format("field `{}` is new and starts with the value of a new object", field->name));
    return fmt::format("{}: {}", class_name_, fmt::join(changes, "; "));
  }

  std::string dropped_text(const SerializerField& field) const {
    for (const SerializerField* other : added_) {
      if (other->name == field.name)
        return fmt::format("field `{}` moved from {} to {}, where Flink does not look for it: its values are dropped",
                           field.name, field.declaring_class, other->declaring_class);
      if (!other->serializer.empty() && other->serializer.front() == field.serializer.front())
        return fmt::format("field `{}` is gone and its values are dropped; if `{}` is its new name, it starts empty",
                           field.name, other->name);
    }
    return fmt::format("field `{}` is gone and its values are dropped", field.name);
  }

  void compare_subclasses() {
    if (!list_parameter(before_, "subclasses_without_serializer").empty())
      join(result_, answer(SchemaAnswer::incompatible, place_,
                           fmt::format("the savepoint has no serializer of the subclass {} of {}",
                                       list_parameter(before_, "subclasses_without_serializer").front(), class_name_)));
    const std::vector<std::string>& registered = list_parameter(before_, "registered_subclasses");
    const std::vector<std::string>& unregistered = list_parameter(before_, "unregistered_subclasses");
    const std::vector<std::string>& now = list_parameter(after_, "registered_subclasses");
    for (std::size_t i = 0; i < before_.nested.size(); ++i) {
      const std::string& name = i < registered.size() ? registered[i] : unregistered.at(i - registered.size());
      const SchemaPlace place{fmt::format("{}[{}]", place_.path, i), "a value of the subclass " + name};
      const auto other = std::ranges::find(now, name);
      const auto position = static_cast<std::size_t>(other - now.begin());
      if (i < registered.size() && other != now.end() && position < after_.nested.size())
        join(result_, comparer_.compare(before_.nested[i], after_.nested[position], place));
      else
        join(result_, comparer_.reread(before_.nested[i], place));
    }
    const bool in_order =
        registered.size() <= now.size() && std::equal(registered.begin(), registered.end(), now.begin());
    if (!unregistered.empty() || !in_order)
      join(result_, answer(SchemaAnswer::reconfigured, place_));
  }

  /// A value of a subclass that is not registered has the name of its class before it, and the snapshot need not list
  /// it: Flink then makes its serializer of the class as it is now.
  void compare_unlisted_subclasses() {
    if (comparer_.worlds().before == nullptr || comparer_.worlds().after == nullptr)
      return;
    const ClassShapes& shapes = comparer_.worlds().before->shapes;
    for (const auto& [name, shape] : shapes) {
      if (!has_super_class(shape, shapes, class_name_) || is_listed(name))
        continue;
      const ClassShape* now = comparer_.shape_after(name);
      if (now == nullptr)
        join(result_, answer(SchemaAnswer::unknown, place_,
                             fmt::format("the subclass {} of {} is not in the new JAR: where the state holds one, it "
                                         "cannot be read",
                                         name, class_name_)));
      else if (field_texts(shape, shapes) != field_texts(*now, comparer_.worlds().after->shapes))
        join(result_, answer(SchemaAnswer::unknown, place_,
                             fmt::format("the fields of {}, a subclass of {} that is not registered, change: where the "
                                         "state holds one, Flink does not migrate it",
                                         name, class_name_)));
    }
  }

  bool is_listed(const std::string& name) const {
    for (const char* list : {"registered_subclasses", "unregistered_subclasses"})
      if (std::ranges::find(list_parameter(before_, list), name) != list_parameter(before_, list).end())
        return true;
    return false;
  }

  static std::set<std::string> field_texts(const ClassShape& shape, const ClassShapes& shapes) {
    std::set<std::string> texts;
    for (const ShapeField* field : serialized_fields(shape, shapes))
      texts.insert(field->name + " " + java_text(field->type));
    return texts;
  }

  const SchemaComparer& comparer_;
  const SerializerSnapshot& before_;
  const SerializerSnapshot& after_;
  const SchemaPlace& place_;
  const std::string class_name_;
  SchemaComparison result_;
  std::vector<const SerializerField*> kept_;
  std::vector<const SerializerField*> dropped_;
  std::vector<const SerializerField*> added_;
};

}  // namespace

SchemaComparison compare_pojos(const SchemaComparer& comparer, const SerializerSnapshot& before,
                               const SerializerSnapshot& after, const SchemaPlace& place) {
  const std::string* was = string_parameter(before, "class");
  const std::string* is = string_parameter(after, "class");
  if (was == nullptr || is == nullptr)
    return answer(SchemaAnswer::unknown, place, fmt::format("the class of {} is not known", place.subject));
  if (*was != *is)
    return answer(SchemaAnswer::incompatible, place,
                  fmt::format("{} was of class {} and now is of {}: to Flink these are different types, whatever their "
                              "fields",
                              place.subject, *was, *is));
  return PojoComparison(comparer, before, after, place, *was).run();
}

}  // namespace preflight
