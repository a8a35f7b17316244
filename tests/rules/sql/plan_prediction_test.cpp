#include "sql/plan_prediction.h"

#include <catch2/catch.hpp>
