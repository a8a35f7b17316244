#pragma once

#include <string>
#include <string_view>

namespace preflight {

/// "(Time,String[],int)" for the parameters of a method descriptor, by simple names;
/// "(a.b.Time,java.lang.String[],int)" where `qualified`. Empty for the descriptor of a field.
std::string parameters_text(std::string_view descriptor, bool qualified = false);

/// "a.b.C.m(Time)"; of a constructor "a.b.C(Time)"; of a field "a.b.C.NAME"; of a class, with an empty name, "a.b.C".
std::string symbol_text(std::string_view owner, std::string_view name, std::string_view descriptor,
                        bool qualified = false);

/// The type that a field or method descriptor ends in, by its simple name: what a method returns.
std::string result_text(std::string_view descriptor);

}  // namespace preflight
