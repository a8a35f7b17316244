preflight_test(api_test SOURCES api/api_index_test.cpp LIBRARIES parsers)
