#include "job/function_types.h"

#include <algorithm>
#include <charconv>

#include "classfile/names.h"
#include "job/job_settings.h"
#include "job/method_types.h"

namespace preflight {
namespace {

const std::string kResultTypeQueryable = "org.apache.flink.api.java.typeutils.ResultTypeQueryable";
const std::string kTuple = "org/apache/flink/api/java/tuple/Tuple";
/// A source that wraps a source that wraps a schema; more than these wrap themselves.
constexpr int kDeepestSource = 16;
constexpr std::size_t kTupleFields = 25;
constexpr std::uint8_t kNewInvokeSpecial = 8;

bool is_known(const TypeExpression& type) {
  return type.form != TypeExpression::Form::unknown;
}

/// Finds what the variables of `pattern` must be for it to be `actual`.
void unify(const GenericType& pattern, const GenericType& actual, TypeBindings& bindings) {
  if (pattern.kind == GenericType::Kind::type_variable) {
    bindings.emplace(pattern.name, actual);
    return;
  }
  if (pattern.kind != actual.kind || pattern.name != actual.name)
    return;
  for (std::size_t i = 0; i < std::min(pattern.component.size(), actual.component.size()); ++i)
    unify(pattern.component[i], actual.component[i], bindings);
  for (std::size_t i = 0; i < std::min(pattern.arguments.size(), actual.arguments.size()); ++i)
    if (!pattern.arguments[i].type.empty() && !actual.arguments[i].type.empty())
      unify(pattern.arguments[i].type.front(), actual.arguments[i].type.front(), bindings);
}

/// "f0", "_1" and "0" of a tuple.
std::optional<std::size_t> tuple_position(std::string_view name) {
  if (name.starts_with('f'))
    name.remove_prefix(1);
  std::size_t position = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), position);
  return error == std::errc() && end == name.data() + name.size() ? std::optional(position) : std::nullopt;
}

/// The class of a constant, boxed; of an object its own where it is not generic by its name. Empty for anything else.
std::string class_of_element(const Value* value) {
  if (value == nullptr)
    return {};
  if (value->is<TextValue>())
    return "java.lang.String";
  char letter = 0;
  if (const auto* number = value->as<IntegerValue>())
    letter = number->type;
  else if (const auto* floating = value->as<FloatingValue>())
    letter = floating->type;
  switch (letter) {
    case 'I':
      return "java.lang.Integer";
    case 'J':
      return "java.lang.Long";
    case 'D':
      return "java.lang.Double";
    case 'F':
      return "java.lang.Float";
    default:
      break;
  }
  const auto* object = value->as<ObjectValue>();
  return object == nullptr || object->class_name.starts_with("org.apache.flink.api.java.tuple.") ? std::string()
                                                                                                 : object->class_name;
}

bool is_tuple(const GenericType& type) {
  return type.kind == GenericType::Kind::class_type && type.name.starts_with(kTuple);
}

}  // namespace

std::string class_of(const Value* value) {
  if (value == nullptr)
    return {};
  if (const auto* object = value->as<ObjectValue>())
    return object->class_name;
  if (const auto* call = value->as<CallValue>())
    return class_of_type(result_type_of(call->descriptor));
  if (const auto* modelled = value->as<ModelledValue>())
    return modelled->class_name;
  if (const auto* field = value->as<LibraryFieldValue>())
    return class_of_type(field->descriptor);
  if (const auto* lambda = value->as<LambdaValue>())
    return lambda->interface;
  if (const auto* unknown = value->as<UnknownValue>())
    return class_of_type(unknown->type);
  return {};
}

std::vector<const JobFunction*> FunctionTypes::rows_of(const std::string& class_name) {
  std::vector<const JobFunction*> rows;
  if (const JobFunction* itself = calls_.find_function(class_name))
    rows.push_back(itself);
  for (const std::string& ancestor : interpreter_.classes().library_ancestors(class_name))
    if (const JobFunction* row = calls_.find_function(ancestor);
        row != nullptr && std::ranges::find(rows, row) == rows.end())
      rows.push_back(row);
  return rows;
}

TypeExpression FunctionTypes::type_of(const Value* function, const JobFunction& wanted, std::string_view meaning,
                                      const FunctionInputs& inputs) {
  if (function == nullptr)
    return unknown_type(why_unknown(function), interpreter_.place());
  if (const auto* lambda = function->as<LambdaValue>())
    return type_of_lambda(*lambda, wanted);
  const std::string name = class_of(function);
  if (function->is<UnknownValue>() || name.empty())
    return unknown_type(why_unknown(function), interpreter_.place());
  ClassPool& classes = interpreter_.classes();
  if (classes.is_own(name) && meaning != "accumulator" && classes.is_subtype(name, kResultTypeQueryable))
    return types_.type_of(interpreter_.invoke_virtual(function, "getProducedType", "", {}));
  return type_of_class(name, wanted, meaning, inputs);
}

TypeExpression FunctionTypes::type_of_class(const std::string& class_name, const JobFunction& wanted,
                                            std::string_view meaning, const FunctionInputs& inputs) {
  for (const JobFunction* row : rows_of(class_name)) {
    const auto index = row->parameter(meaning);
    if (row->methods != wanted.methods || !index)
      continue;
    if (const auto type = type_argument(shapes_.lookup(), class_name, row->class_name, *index))
      return bound(*type, class_name, *row, inputs);
  }
  return unknown_type("generic-erased: " + class_name + " does not say which " + std::string(meaning) + " it has",
                      interpreter_.place());
}

TypeExpression FunctionTypes::bound(const GenericType& type, const std::string& class_name, const JobFunction& row,
                                    const FunctionInputs& inputs) {
  const CodePlace place = interpreter_.place();
  if (!has_type_variable(type))
    return extracted_type(type, place);
  TypeBindings bindings;
  const char* const meanings[] = {"input", "input2"};
  for (std::size_t i = 0; i < std::min(inputs.size(), std::size(meanings)); ++i) {
    const auto index = row.parameter(meanings[i]);
    const auto declared = index ? type_argument(shapes_.lookup(), class_name, row.class_name, *index) : std::nullopt;
    if (!declared)
      continue;
    if (declared->kind == GenericType::Kind::type_variable && type.kind == declared->kind &&
        type.name == declared->name)
      return inputs[i];
    if (inputs[i].form == TypeExpression::Form::extracted)
      unify(*declared, inputs[i].type, bindings);
  }
  GenericType replaced = substitute(type, bindings);
  if (has_type_variable(replaced))
    return unknown_type("type-variable of " + class_name, place);
  return extracted_type(std::move(replaced), place);
}

TypeExpression FunctionTypes::type_of_lambda(const LambdaValue& lambda, const JobFunction& wanted) {
  const MethodHandleValue& target = lambda.target;
  if (wanted.collects) {
    const auto type = parameter_argument(shapes_.lookup(), target.owner, target.name, target.descriptor, 0);
    return type && !has_type_variable(*type)
               ? extracted_type(*type, lambda.place)
               : unknown_type("generic-erased: a lambda does not say what it hands to its Collector", lambda.place);
  }
  if (target.kind == kNewInvokeSpecial)
    return extracted_type(class_type(target.owner), lambda.place);
  const auto declared = result_type(shapes_.lookup(), target.owner, target.name, target.descriptor);
  const GenericType type = declared ? *declared : type_of_descriptor(result_type_of(target.descriptor));
  if (has_type_variable(type))
    return unknown_type("type-variable(" + type.name + " of " + target.name + ")", lambda.place);
  return extracted_type(type, lambda.place);
}

std::optional<GenericType> FunctionTypes::argument_of_field(const std::string& class_name, const std::string& owner,
                                                            std::string_view field) {
  const ShapeLookup shapes = shapes_.lookup();
  const ClassShape* shape = shapes(owner);
  const auto use = shape == nullptr ? std::nullopt : super_type(shapes, class_type(class_name), owner);
  if (!use)
    return std::nullopt;
  for (const ShapeField& declared : shape->fields) {
    if (declared.name != field || declared.type.arguments.empty() || declared.type.arguments.front().type.empty())
      continue;
    GenericType type = substitute(declared.type.arguments.front().type.front(), bindings_of(*shape, *use));
    return has_type_variable(type) ? std::nullopt : std::optional(std::move(type));
  }
  return std::nullopt;
}

TypeExpression FunctionTypes::produced_by(const Value* source) {
  const std::string name = class_of(source);
  if (name.empty() || depth_ >= kDeepestSource)
    return unknown_type(why_unknown(source), interpreter_.place());
  const auto row = calls_.connectors.find(name);
  if (row != calls_.connectors.end() && !row->second.produces.empty())
    return extracted_type(class_type(row->second.produces), interpreter_.place());
  ++depth_;
  TypeExpression type;
  if (interpreter_.classes().is_own(name)) {
    type = produced_by_class(source, name);
  } else if (const auto* object = source->as<ObjectValue>()) {
    type = produced_by_arguments(object->constructor.arguments, row != calls_.connectors.end());
  } else if (const auto* call = source->as<CallValue>()) {
    type = produced_by_arguments(call->arguments, calls_.connectors.contains(call->owner));
    if (!is_known(type) && call->receiver != nullptr)
      type = produced_by(call->receiver);
  }
  --depth_;
  if (!is_known(type) && type.reason.empty())
    return unknown_type("library-internal(" + name + ".getProducedType)", interpreter_.place());
  return type;
}

TypeExpression FunctionTypes::produced_by_class(const Value* source, const std::string& class_name) {
  ClassPool& classes = interpreter_.classes();
  if (classes.is_subtype(class_name, kResultTypeQueryable) ||
      classes.find_method(class_name, "getProducedType", "()Lorg/apache/flink/api/common/typeinfo/TypeInformation;"))
    return types_.type_of(interpreter_.invoke_virtual(source, "getProducedType", "", {}));
  for (const JobFunction* row : rows_of(class_name)) {
    const auto index = row->parameter("output");
    const auto type = index ? type_argument(shapes_.lookup(), class_name, row->class_name, *index) : std::nullopt;
    if (type && !has_type_variable(*type))
      return extracted_type(*type, interpreter_.place());
  }
  for (const std::string& ancestor : classes.library_ancestors(class_name))
    if (const auto row = calls_.connectors.find(ancestor);
        row != calls_.connectors.end() && !row->second.produces.empty())
      return extracted_type(class_type(row->second.produces), interpreter_.place());
  return unknown_type("generic-erased: " + class_name + " does not say what it gives", interpreter_.place());
}

TypeExpression FunctionTypes::produced_by_arguments(const std::vector<const Value*>& arguments,
                                                    bool classes_are_types) {
  for (const Value* argument : arguments) {
    if (argument == nullptr || (argument->is<ClassValue>() && !classes_are_types))
      continue;
    if (TypeExpression type = types_.type_of(argument); is_known(type))
      return type;
    const std::string name = class_of(argument);
    if (calls_.connectors.contains(name) || !rows_of(name).empty())
      if (TypeExpression type = produced_by(argument); is_known(type))
        return type;
  }
  return {};
}

TypeExpression FunctionTypes::type_of_elements(const std::vector<const Value*>& arguments) {
  for (const Value* argument : arguments) {
    if (argument != nullptr && argument->is<ClassValue>())
      return types_.type_of(argument);
    const auto elements = interpreter_.elements(argument);
    if (!elements || elements->empty())
      continue;
    if (const std::string name = class_of_element(elements->front()); !name.empty())
      return extracted_type(class_type(name), interpreter_.place());
    return unknown_type(why_unknown(elements->front()), interpreter_.place());
  }
  return unknown_type("the elements were not followed", interpreter_.place());
}

TypeExpression FunctionTypes::field_of(const TypeExpression& type, const Value* field) {
  if (const auto* number = field == nullptr ? nullptr : field->as<IntegerValue>())
    return named_field(type, std::to_string(number->value));
  const auto* text = field == nullptr ? nullptr : field->as<TextValue>();
  if (text == nullptr)
    return unknown_type(why_unknown(field), interpreter_.place());
  TypeExpression at = type;
  std::string_view path = text->text;
  while (!path.empty()) {
    const std::string_view name = path.substr(0, path.find('.'));
    at = named_field(at, name);
    path.remove_prefix(std::min(path.size(), name.size() + 1));
  }
  return at;
}

TypeExpression FunctionTypes::named_field(const TypeExpression& type, std::string_view name) {
  const CodePlace place = interpreter_.place();
  const auto position = tuple_position(name);
  if (type.form == TypeExpression::Form::type_information && position && *position < type.arguments.size())
    return type.arguments[*position];
  GenericType of = type.type;
  if (type.form == TypeExpression::Form::type_information && !type.texts.empty())
    of = class_type(type.texts.front());
  else if (type.form != TypeExpression::Form::extracted)
    return unknown_type(is_known(type) ? "the fields of " + type.made_class : type.reason, place);
  if (is_tuple(of) && position && *position < std::min(kTupleFields, of.arguments.size()) &&
      !of.arguments[*position].type.empty())
    return extracted_type(of.arguments[*position].type.front(), place);
  const ShapeLookup shapes = shapes_.lookup();
  for (const ClassShape* shape = shapes(binary_name(of.name)); shape != nullptr; shape = shapes(binary_name(of.name))) {
    const TypeBindings bindings = bindings_of(*shape, of);
    for (const ShapeField& field : shape->fields)
      if (field.name == name)
        return extracted_type(substitute(field.type, bindings), place);
    of = substitute(shape->generic.super_class, bindings);
  }
  return unknown_type("no field " + std::string(name) + " was found in " + binary_name(of.name), place);
}

}  // namespace preflight
