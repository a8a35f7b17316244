preflight_test(api_test
  SOURCES
    api/api_builder_test.cpp
    api/api_damage_test.cpp
    api/api_index_test.cpp
    api/api_overlay_test.cpp
    api/api_round_trip_test.cpp
    api/version_order_test.cpp
  LIBRARIES parsers)
