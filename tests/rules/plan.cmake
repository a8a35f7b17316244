preflight_test(plan_rules_test
  SOURCES
    plan/upgrade_plan_test.cpp
  LIBRARIES rules rapidjson)
