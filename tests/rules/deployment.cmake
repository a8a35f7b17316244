preflight_test(deployment_rules_test
  SOURCES
    configuration_keys_test.cpp
    configuration_rules_test.cpp
    deployment_restore_rules_test.cpp
    deployment_rules_test.cpp
    property_rules_test.cpp
    rollback_test.cpp
  LIBRARIES upgrade_builder)
