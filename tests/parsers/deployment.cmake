preflight_test(deployment_test
  SOURCES deployment/deployment_file_test.cpp deployment/deployment_damage_test.cpp deployment/flink_run_test.cpp
          deployment/hcl_test.cpp deployment/secrets_test.cpp deployment/shown_deployment.cpp
  LIBRARIES parsers)
