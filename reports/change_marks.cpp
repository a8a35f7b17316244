#include "change_marks.h"

namespace preflight {

ChangeMark mark_of(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::added:
      return {"+", Ink::green};
    case ChangeKind::removed:
      return {"-", Ink::red};
    case ChangeKind::changed:
      return {"~", Ink::yellow};
  }
  return {"~", Ink::yellow};
}

void write_values(JsonWriter& json, const std::vector<ValueChange>& values) {
  json.begin_array("values");
  for (const ValueChange& value : values) {
    json.begin_object();
    json.field("where", value.where);
    json.field_or_null("before", value.before);
    json.field_or_null("after", value.after);
    json.end_object();
  }
  json.end_array();
}

}  // namespace preflight
