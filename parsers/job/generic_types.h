#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "classfile/signature.h"
#include "job/class_shape.h"

namespace preflight {

// What type variables stand for (JLS 4.5, 8.1.4), followed through the hierarchy of the classes at hand, as Flink's
// TypeExtractor follows it by reflection. Class names are binary names, names within a GenericType internal names.

/// The shape of a class by its binary name; nullptr for a class that is not at hand (the JDK's, Flink's own). What it
/// hands out must stay where it is.
using ShapeLookup = std::function<const ClassShape*(std::string_view class_name)>;

/// Types by the names of the variables that they stand for.
using TypeBindings = std::map<std::string, GenericType, std::less<>>;

/// A class as a type without arguments: GenericType of "com.acme.Order".
GenericType class_type(std::string_view class_name);

/// `type` with its variables replaced, wherever they stand; those without a binding stay.
GenericType substitute(const GenericType& type, const TypeBindings& bindings);

/// What the parameters of `shape` are bound to in `use`, a type of that class: nothing where `use` is raw.
TypeBindings bindings_of(const ClassShape& shape, const GenericType& use);

/// True where a type variable stands anywhere in it.
bool has_type_variable(const GenericType& type);

/// The erased type (JLS 4.6): variables become the first bound that `parameters` gives them, or java.lang.Object.
GenericType erasure(const GenericType& type, const std::vector<TypeParameter>& parameters);

/// The super class or interface `base` of `type`, with the type arguments that it has there: of class Doubler
/// implements MapFunction<Long, Long> the type MapFunction<Long, Long>. Variables that nothing binds stay. Nothing
/// where `base` is not reached: the way to it leads through a class that `shapes` does not have. So of a class that
/// extends a class of Flink's, `base` must be that class, not what it extends in turn.
std::optional<GenericType> super_type(const ShapeLookup& shapes, const GenericType& type, std::string_view base);

/// The type argument number `index` of that super type: what OUT of MapFunction<IN, OUT> is for a class. Nothing where
/// the super type is not reached, or is raw, or has a wildcard there.
std::optional<GenericType> type_argument(const ShapeLookup& shapes, std::string_view class_name, std::string_view base,
                                         std::size_t index);
std::optional<GenericType> type_argument(const ShapeLookup& shapes, const GenericType& type, std::string_view base,
                                         std::size_t index);

/// What TypeExtractor takes for the result of a lambda or a method reference: the generic result type of the method
/// that has its body, `name` and `descriptor` of `class_name`; of a constructor the class. Nothing where the class has
/// no such method. A class with type parameters and without arguments is a type that Flink refuses.
std::optional<GenericType> result_type(const ShapeLookup& shapes, std::string_view class_name, std::string_view name,
                                       std::string_view descriptor);

/// The same for a lambda that hands its results to a Collector: the type argument of the parameter that stands
/// `from_end` places before the last one (0: the last). Nothing where that parameter is raw, as javac writes it for a
/// lambda.
std::optional<GenericType> parameter_argument(const ShapeLookup& shapes, std::string_view class_name,
                                              std::string_view name, std::string_view descriptor, std::size_t from_end);

}  // namespace preflight
