preflight_test(classfile_test
  SOURCES classfile/bytecode_test.cpp classfile/class_file_test.cpp classfile/constant_pool_test.cpp classfile/names_test.cpp
  LIBRARIES parsers)
preflight_test(application_test
  SOURCES application/application_fixtures_test.cpp application/application_jar_test.cpp application/java_properties_test.cpp
          application/uid_calls_test.cpp
  LIBRARIES parsers)
