preflight_test(build_test SOURCES build/build_reader_test.cpp LIBRARIES parsers)
