preflight_test(restore_test
  SOURCES
    restore/automatic_ids_test.cpp
  LIBRARIES rules)
