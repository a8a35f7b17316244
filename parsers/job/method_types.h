#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace preflight {

// The types in a method descriptor (JVMS 4.3.3).

/// Field descriptors of the parameters. As many as can be read where the descriptor is none.
std::vector<std::string> parameter_types(std::string_view method_descriptor);
/// Descriptor of the result, V for none; empty where the descriptor is none.
std::string result_type_of(std::string_view method_descriptor);
/// com.acme.Order of "Lcom/acme/Order;", of an array the class of its elements; empty for a primitive type.
std::string class_of_type(std::string_view field_descriptor);
/// As Java's source names the parameters, without packages: "String", "long", "MapStateDescriptor[]". Of a nested class
/// the last name.
std::vector<std::string> simple_parameter_names(std::string_view method_descriptor);

}  // namespace preflight
