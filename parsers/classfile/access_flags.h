#pragma once

#include <cstdint>

namespace preflight {

// Access flags (JVMS tables 4.1-B, 4.5-A, 4.6-A, 4.7.6-A). Some bits mean one thing of a class, another of a field and
// another of a method.
constexpr std::uint16_t kAccPublic = 0x0001;
constexpr std::uint16_t kAccPrivate = 0x0002;
constexpr std::uint16_t kAccProtected = 0x0004;
constexpr std::uint16_t kAccStatic = 0x0008;
constexpr std::uint16_t kAccFinal = 0x0010;
constexpr std::uint16_t kAccSuper = 0x0020;         ///< Of a class.
constexpr std::uint16_t kAccSynchronized = 0x0020;  ///< Of a method.
constexpr std::uint16_t kAccVolatile = 0x0040;      ///< Of a field.
constexpr std::uint16_t kAccBridge = 0x0040;        ///< Of a method.
constexpr std::uint16_t kAccTransient = 0x0080;     ///< Of a field.
constexpr std::uint16_t kAccVarargs = 0x0080;       ///< Of a method.
constexpr std::uint16_t kAccNative = 0x0100;
constexpr std::uint16_t kAccInterface = 0x0200;
constexpr std::uint16_t kAccAbstract = 0x0400;
constexpr std::uint16_t kAccStrict = 0x0800;
constexpr std::uint16_t kAccSynthetic = 0x1000;
constexpr std::uint16_t kAccAnnotation = 0x2000;
constexpr std::uint16_t kAccEnum = 0x4000;
constexpr std::uint16_t kAccModule = 0x8000;

}  // namespace preflight
