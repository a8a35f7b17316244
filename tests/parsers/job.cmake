preflight_test(interpreter_test
  SOURCES job/interpreter_flow_test.cpp job/interpreter_object_test.cpp job/interpreter_robustness_test.cpp job/probe_model.cpp
  LIBRARIES parsers)
