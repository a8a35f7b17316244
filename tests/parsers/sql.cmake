preflight_test(sql_plan_test SOURCES sql/compiled_plan_test.cpp sql/table_options_test.cpp LIBRARIES parsers)
target_compile_definitions(sql_plan_test PRIVATE FUZZ_SEEDS="${PROJECT_SOURCE_DIR}/tests/fuzz/seeds")
