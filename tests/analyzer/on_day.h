#pragma once

#include <cstdlib>

namespace preflight::test {

/// Has the program take this moment, in seconds since 1970, for the present one, until the end of the scope.
class OnDay {
 public:
  explicit OnDay(const char* seconds) { ::setenv("SOURCE_DATE_EPOCH", seconds, 1); }
  ~OnDay() { ::unsetenv("SOURCE_DATE_EPOCH"); }
  OnDay(const OnDay&) = delete;
  OnDay& operator=(const OnDay&) = delete;
};

}  // namespace preflight::test
