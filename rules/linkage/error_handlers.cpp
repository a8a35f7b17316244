#include "linkage/error_handlers.h"

#include <algorithm>
#include <array>

namespace preflight {
namespace {

constexpr std::string_view kIncompatibleClassChange = "java.lang.IncompatibleClassChangeError";
constexpr std::string_view kLinkageError = "java.lang.LinkageError";

constexpr std::array<std::string_view, 8> kErrors = {
    "java.lang.AbstractMethodError",
    "java.lang.IllegalAccessError",
    kIncompatibleClassChange,
    "java.lang.InstantiationError",
    kLinkageError,
    "java.lang.NoClassDefFoundError",
    "java.lang.NoSuchFieldError",
    "java.lang.NoSuchMethodError",
};

}  // namespace

std::string_view error_of(LinkageFault fault) {
  switch (fault) {
    case LinkageFault::class_gone:
    case LinkageFault::class_not_packed:
      return "java.lang.NoClassDefFoundError";
    case LinkageFault::field_gone:
      return "java.lang.NoSuchFieldError";
    case LinkageFault::method_gone:
      return "java.lang.NoSuchMethodError";
    case LinkageFault::not_accessible:
      return "java.lang.IllegalAccessError";
    case LinkageFault::became_abstract:
      return "java.lang.InstantiationError";
    case LinkageFault::method_not_implemented:
      return "java.lang.AbstractMethodError";
    case LinkageFault::override_never_called:
      return "";
    case LinkageFault::became_static:
    case LinkageFault::became_instance:
    case LinkageFault::became_interface:
    case LinkageFault::became_class:
    case LinkageFault::extends_final_class:
    case LinkageFault::overrides_final_method:
      return kIncompatibleClassChange;
  }
  return "";
}

ErrorHandlers::ErrorHandlers(const LinkedClass& of) {
  for (const SymbolUse& use : of.uses)
    if (use.kind == SymbolUse::Kind::class_reference && std::ranges::find(kErrors, use.owner) != kErrors.end())
      caught_.emplace(use.method, use.owner);
}

bool ErrorHandlers::expect(std::string_view method, LinkageFault fault) const {
  if (caught_.empty() || method.empty())
    return false;
  const std::string_view error = error_of(fault);
  const bool is_missing_class = error == "java.lang.NoClassDefFoundError";
  return caught_.contains({method, error}) || caught_.contains({method, kLinkageError}) ||
         (!is_missing_class && caught_.contains({method, kIncompatibleClassChange}));
}

}  // namespace preflight
