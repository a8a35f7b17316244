#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>
#include <cstdlib>

/// Tests see no local Maven repository but those that they name, whoever runs them.
int main(int argc, char** argv) {
  ::setenv("HOME", "/nonexistent", 1);
  return Catch::Session().run(argc, argv);
}
