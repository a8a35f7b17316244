# The language and the warnings that every target of the project is built with.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

# Compiles every public header by itself (target all_verify_interface_header_sets).
set(CMAKE_VERIFY_INTERFACE_HEADER_SETS ON)

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # Without this laxity ccache takes nothing that is built with precompiled headers.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
endif()

# Left out: -Wmissing-field-initializers (a designated initializer gives the members that it leaves out their default,
# which is what is meant here) and -Wrestrict (GCC 12 sees an overlap in "text" + std::string, GCC bug 105651).
add_library(dialect INTERFACE)
target_compile_options(dialect INTERFACE
  $<$<COMPILE_LANGUAGE:CXX>:-Wall;-Wextra;-Wpedantic;-Wshadow;-Wconversion;-Wsign-conversion;-Wnon-virtual-dtor;-Wold-style-cast;-Wno-missing-field-initializers;$<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>;-Werror>)

if(NOT CMAKE_DISABLE_PRECOMPILE_HEADERS)
  # From precompiled headers GCC 12 shows what it otherwise keeps to itself as of a system's header: false alarms in the
  # code of "text" + std::string (GCC bugs 105329, 105651). Builds without precompiled headers have these warnings.
  target_compile_options(dialect INTERFACE
    $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wno-array-bounds;-Wno-stringop-overflow;-Wno-stringop-overread>)
endif()

if(FLINK_PREFLIGHT_SANITIZE)
  # GCC takes the sanitizers' own checks for uses of uninitialized values.
  target_compile_options(dialect INTERFACE
    $<$<COMPILE_LANGUAGE:CXX>:-fsanitize=address,undefined;-fno-sanitize-recover=all;-fno-omit-frame-pointer>
    $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wno-maybe-uninitialized>
    $<$<COMPILE_LANG_AND_ID:CXX,Clang>:-fsanitize-ignorelist=${CMAKE_CURRENT_LIST_DIR}/sanitizers.ignore>)
  target_link_options(dialect INTERFACE -fsanitize=address,undefined)
endif()

if(FLINK_PREFLIGHT_FUZZ)
  target_compile_options(dialect INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-fsanitize=fuzzer-no-link>)
endif()

# What most sources include is parsed once: a third of the time to build. Presets that only few use leave it out
# (CMAKE_DISABLE_PRECOMPILE_HEADERS), and so find a source that lacks an include of its own.
set(precompiled_headers
  <algorithm> <array> <cstddef> <cstdint> <filesystem> <functional> <map> <memory> <optional> <set> <span> <string>
  <string_view> <utility> <vector> <fmt/format.h>)
add_library(precompiled OBJECT ${CMAKE_CURRENT_LIST_DIR}/precompiled.cpp)
target_link_libraries(precompiled PRIVATE dialect fmt::fmt)
target_precompile_headers(precompiled PRIVATE ${precompiled_headers})

# preflight_library(NAME SOURCES ... HEADERS ... [PUBLIC ...] [PRIVATE ...])
# A folder of the house: its include root is the folder itself; PUBLIC names the one folder below it,
# PRIVATE the third-party libraries, none of whose types appears in a public header.
function(preflight_library name)
  cmake_parse_arguments(arg "" "" "SOURCES;HEADERS;PUBLIC;PRIVATE" ${ARGN})
  add_library(${name} STATIC)
  target_sources(${name}
    PRIVATE ${arg_SOURCES}
    PUBLIC FILE_SET HEADERS BASE_DIRS ${CMAKE_CURRENT_SOURCE_DIR} FILES ${arg_HEADERS})
  target_link_libraries(${name} PUBLIC ${arg_PUBLIC} PRIVATE dialect ${arg_PRIVATE})
  target_precompile_headers(${name} REUSE_FROM precompiled)
endfunction()
