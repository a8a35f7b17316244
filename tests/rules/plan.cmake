preflight_test(plan_rules_test
  SOURCES
    plan/upgrade_plan_test.cpp
  LIBRARIES upgrade_builder rapidjson)
