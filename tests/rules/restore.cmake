preflight_test(restore_test
  SOURCES
    restore/automatic_ids_test.cpp
    restore/restore_prediction_test.cpp
  LIBRARIES upgrade_builder)

preflight_test(job_model_test
  SOURCES
    restore/job_calls_table_test.cpp
    restore/job_model_test.cpp
  LIBRARIES upgrade_builder rapidjson)

# By itself: it reads some 1,000 jobs.
preflight_test(upgrade_verdicts_test
  SOURCES restore/upgrade_verdicts_test.cpp
  LIBRARIES upgrade_builder rapidjson)
