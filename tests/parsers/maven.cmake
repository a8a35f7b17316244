preflight_test(maven_test
  SOURCES maven/pom_test.cpp maven/pom_cases.cpp maven/management_cases.cpp maven/pom_errors_test.cpp
          maven/pom_damage_test.cpp maven/xml_text_test.cpp maven/fixture_poms_test.cpp maven/maven_models_test.cpp
          maven/local_repository_test.cpp
  LIBRARIES parsers)
target_link_libraries(maven_test PRIVATE rapidjson)
