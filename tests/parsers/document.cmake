preflight_test(document_test SOURCES document/document_test.cpp LIBRARIES parsers)
