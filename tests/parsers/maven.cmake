preflight_test(maven_test SOURCES maven/pom_test.cpp LIBRARIES parsers)
