preflight_test(classfile_test
  SOURCES classfile/attributes_test.cpp classfile/bytecode_test.cpp classfile/class_file_test.cpp
          classfile/constant_pool_test.cpp classfile/language_levels_test.cpp classfile/names_test.cpp
          classfile/signature_test.cpp
  LIBRARIES parsers)
