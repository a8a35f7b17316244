preflight_test(sql_rules_test
  SOURCES
    sql/plan_corpus_test.cpp
    sql/plan_prediction_test.cpp
    sql/serializer_shape_test.cpp
  LIBRARIES upgrade_builder rapidjson)
