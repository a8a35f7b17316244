preflight_test(serialization_test
  SOURCES
    serialization/expected_states_test.cpp
    serialization/extracted_types_test.cpp
    serialization/jobs_against_savepoints_test.cpp
  LIBRARIES upgrade_builder rapidjson)

preflight_test(schema_compatibility_test
  SOURCES
    serialization/schema_compatibility_test.cpp
    serialization/schema_rules_test.cpp
    serialization/upgrade_worlds.cpp
  LIBRARIES upgrade_builder rapidjson)
