# A program without shared libraries, for `FROM scratch` and for machines of which nothing is known (preset static). The
# libraries that Debian has as shared ones alone come from scripts/static-libraries.
option(FLINK_PREFLIGHT_STATIC "Link every library into the program, the C library too" OFF)
if(FLINK_PREFLIGHT_STATIC)
  list(PREPEND CMAKE_PREFIX_PATH ${PROJECT_SOURCE_DIR}/build/static-libraries)
  set(CMAKE_FIND_LIBRARY_SUFFIXES .a)
  set(Boost_USE_STATIC_LIBS ON)
  set(OPENSSL_USE_STATIC_LIBS ON)
  # What no function of the program leads to stays out.
  add_compile_options(-ffunction-sections -fdata-sections)
  add_link_options(-static -Wl,--gc-sections -s)
endif()

# use_archive(LIBRARY): for a library whose own description knows the shared form alone.
function(use_archive library)
  find_library(${library}_archive ${library} REQUIRED)
  get_target_property(configurations ${library} IMPORTED_CONFIGURATIONS)
  foreach(configuration IN LISTS configurations)
    set_target_properties(${library} PROPERTIES IMPORTED_LOCATION_${configuration} ${${library}_archive})
  endforeach()
endfunction()
