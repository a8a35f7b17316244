preflight_test(classfile_test
  SOURCES classfile/bytecode_test.cpp classfile/class_file_test.cpp classfile/constant_pool_test.cpp classfile/names_test.cpp
  LIBRARIES parsers)
