preflight_test(archive_test SOURCES archive/jar_refused_test.cpp archive/jar_test.cpp archive/manifest_test.cpp LIBRARIES parsers)
