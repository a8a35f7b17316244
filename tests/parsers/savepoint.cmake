preflight_test(savepoint_test
  SOURCES savepoint/changelog_files_test.cpp savepoint/corpus_test.cpp savepoint/damage_test.cpp
          savepoint/fixture_checkpoints_test.cpp savepoint/fixture_savepoints_test.cpp
          savepoint/java_stream_test.cpp savepoint/legacy_snapshot_test.cpp savepoint/metadata_test.cpp
          savepoint/operator_id_test.cpp savepoint/savepoint_test.cpp savepoint/serializer_snapshot_test.cpp
          savepoint/shared_folders_test.cpp savepoint/snapshot_reader_test.cpp savepoint/state_files_test.cpp
          savepoint/stream_header_test.cpp
  LIBRARIES parsers)
target_link_libraries(savepoint_test PRIVATE rapidjson)
# Replaces operator new, so it is a program of its own.
preflight_test(savepoint_memory_test
  SOURCES savepoint/counted_memory.cpp savepoint/hostile_savepoints.cpp savepoint/memory_test.cpp
  LIBRARIES parsers)
often_run_sources(savepoint/hostile_savepoints.cpp savepoint/memory_test.cpp)
