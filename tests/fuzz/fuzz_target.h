#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "input/input_error.h"

/// The entry point that libFuzzer and replay_main.cpp call.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace preflight::fuzz {

/// Runs a parser over bytes. Refusing them with InputError is the parser's right; anything else is a bug.
template <typename Parse>
int run(const std::uint8_t* data, std::size_t size, const Parse& parse) {
  try {
    parse(std::as_bytes(std::span(data, size)));
  } catch (const InputError&) {  // NOLINT(bugprone-empty-catch): the expected answer to damaged bytes
  }
  return 0;
}

inline const InputPlace kPlace{"fuzzed"};

}  // namespace preflight::fuzz
