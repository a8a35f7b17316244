preflight_test(application_test
  SOURCES application/application_fixtures_test.cpp application/application_jar_test.cpp application/java_properties_test.cpp
          application/linked_class_test.cpp application/python_application_test.cpp application/symbol_uses_test.cpp application/uid_calls_test.cpp
  LIBRARIES parsers)
