preflight_test(restore_test
  SOURCES
    restore/automatic_ids_test.cpp
  LIBRARIES rules)

preflight_test(job_model_test
  SOURCES
    restore/job_calls_table_test.cpp
    restore/job_model_test.cpp
  LIBRARIES rules rapidjson)
